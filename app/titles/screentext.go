package titles

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"ganvas/app/words"
	"ganvas/engine/recipe"
)

// Texts of the engine call settings and presets by their names in recipes and on the command line.
// The window has titles for them.
// The patterns are made when the first text needs them: a command of the command line needs none.
var (
	ofSettings = sync.OnceValues(settingPatterns)
	ofPresets  = sync.OnceValues(presetPatterns)
)

// settingPatterns finds "r1 = 0.1", and the names of settings that are no words, such as held_out
// or d.layers, or stand in brackets.
func settingPatterns() (to, alone *regexp.Regexp) {
	var all, odd []string
	for _, k := range recipe.Keys() {
		name := regexp.QuoteMeta(k.Name)
		all = append(all, name)
		if strings.ContainsAny(k.Name, "._0123456789") || slices.Contains([]string{"gp", "topk", "ema"}, k.Name) {
			odd = append(odd, name)
		}
	}
	return regexp.MustCompile(`\b(` + longestFirst(all) + `) ?= ?("[^"]*"|[^\s,;]+)`), regexp.MustCompile(`\b(` + longestFirst(odd) + `)\b|\((` + longestFirst(all) + `)\)`)
}

// presetPatterns finds "As digits," and the names of presets that are no words, such as ring-pac.
func presetPatterns() (to, alone *regexp.Regexp) {
	var all, odd []string
	for _, p := range recipe.Presets() {
		name := regexp.QuoteMeta(p.Name)
		all = append(all, name)
		if strings.ContainsAny(p.Name, "-0123456789") {
			odd = append(odd, name)
		}
	}
	return regexp.MustCompile(`\b([Aa]s|of) (` + longestFirst(all) + `)\b([,:.]| with | at )`), regexp.MustCompile(`\b(` + longestFirst(odd) + `)\b`)
}

// longestFirst joins names so that none hides a longer one that begins with it.
func longestFirst(names []string) string {
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	return strings.Join(names, "|")
}

// OfEngine returns a text of the engine with the names that are on the screen.
func OfEngine(text string) string {
	settingsTo, settingNames := ofSettings()
	presetsTo, presetNames := ofPresets()
	text = presetsTo.ReplaceAllStringFunc(text, func(s string) string {
		m := presetsTo.FindStringSubmatch(s)
		return m[1] + " " + Preset(m[2]) + m[3]
	})
	text = presetNames.ReplaceAllStringFunc(text, Preset) // before settings: ring-wgan-gp has one in its name
	text = settingsTo.ReplaceAllStringFunc(text, func(s string) string {
		m := settingsTo.FindStringSubmatch(s)
		return Change(m[1], strings.Trim(m[2], `"`))
	})
	return settingNames.ReplaceAllStringFunc(text, func(s string) string {
		if name := strings.Trim(s, "()"); name != s {
			return "(" + Setting(name) + ")"
		}
		return Setting(s)
	})
}

// Setting is what the window calls a setting within a sentence.
func Setting(key string) string {
	switch key {
	case "g.layers":
		return "the generator's layers"
	case "d.layers":
		return "the discriminator's layers"
	}
	return Whose(key)
}

// Change says what a setting is set to: "R1 penalty 0.1".
func Change(key, value string) string {
	if strings.HasSuffix(key, ".layers") {
		return Setting(key) + ": " + words.Shortened(value)
	}
	return Whose(key) + " " + Value(value)
}

// Preset is the title of the preset of a name, in quotes; a name that is none's stays.
func Preset(name string) string {
	for _, p := range recipe.Presets() {
		if p.Name == name {
			return "“" + p.Title + "”"
		}
	}
	return name
}
