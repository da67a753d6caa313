package titles

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"ganvas/app/words"
	"ganvas/engine/recipe"
)

// untold are the keys that say nothing of how a run learns.
var untold = []string{"version", "name"}

// Brief says in one line what differs from one recipe to another, as far as it matters to how a run
// learns: "Learning rate of D 1e-4 instead of 2e-4, R1 penalty off". Of more than most differences
// the rest is counted. It is empty where there are none.
func Brief(from, to *recipe.Recipe, most int) string {
	var parts []string
	for _, c := range recipe.Diff(from, to) {
		if slices.Contains(untold, c.Key) {
			continue
		}
		part := briefly(from, to, c)
		if len(parts) > 0 {
			part = lowerFirst(part)
		}
		parts = append(parts, part)
	}
	if n := len(parts); n > most {
		parts = append(parts[:most], fmt.Sprintf("%d more", n-most))
	}
	return strings.Join(parts, ", ")
}

// briefly says one difference.
func briefly(from, to *recipe.Recipe, c recipe.Change) string {
	name := OfPlayer(c.Key)
	switch {
	case c.Key == "g.layers":
		return layersText("Generator", from.G.Layers, to.G.Layers)
	case c.Key == "d.layers":
		return layersText("Discriminator", from.D.Layers, to.D.Layers)
	case c.To == "false" || recipe.Off(c.Key, c.To):
		return name + " off"
	case c.To == "true":
		return name + " on"
	case recipe.Off(c.Key, c.From):
		return name + " " + ValueOf(c.Key, c.To)
	}
	return fmt.Sprintf("%s %s instead of %s", name, ValueOf(c.Key, c.To), ValueOf(c.Key, c.From))
}

// OfPlayer is what a key is called where nothing around it tells whose it is: "Learning rate of D".
func OfPlayer(key string) string {
	if player, name, ok := strings.Cut(key, "."); ok {
		return words.Sentence(Key(name)) + " of " + strings.ToUpper(player)
	}
	return words.Sentence(Key(key))
}

// ValueOf is what the window calls a value of a key, in one line.
func ValueOf(key, value string) string {
	switch {
	case key == "data":
		return Data(value)
	case key == "drawn":
		return Drawn(value)
	case key == "leave_out":
		return LeftOut(value)
	case recipe.Off(key, value):
		return "off"
	}
	return Value(value)
}

// lowerFirst writes a text as it stands within a sentence; names such as R1 stay as they are.
func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && unicode.IsUpper(r[0]) && unicode.IsLower(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}
