package titles

import (
	"regexp"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
)

func TestScreenText(t *testing.T) {
	for text, want := range map[string]string{
		"r1 = 0.1":                             "R1 penalty 0.1",
		"g.lr = 1e-4, d.beta1 = 0":             "Rate of G 1e-4, Beta 1 of D 0",
		"objective = hinge":                    "Objective Hinge",
		"several samples at once (pack), or":   "several samples at once (Packed items), or",
		"held_out above 0 keeps them":          "Held out above 0 keeps them",
		"set r1, r2, gp and clip to 0":         "set R1 penalty, R2 penalty, WGAN-GP and clip to 0",
		"layer 3 of d.layers, \"bn\", does":    "layer 3 of the discriminator's layers, \"bn\", does",
		"As ring-collapse, but two points":     "As “Ring: modes are lost”, but two points",
		"As digits, with wider networks":       "As “Digits”, with wider networks",
		"three critic updates, as steps go":    "three critic updates, as steps go",
		"with ring-pac and ring-wgan-gp":       "with “Ring: packs of two” and “Ring: WGAN-GP”",
		"readable digits soonest, in 60 steps": "readable digits soonest, in 60 steps",
	} {
		if got := OfEngine(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestPresetsSpeakOfTitles: no text of a preset names another by what the menu does not show.
func TestPresetsSpeakOfTitles(t *testing.T) {
	for _, p := range recipe.Presets() {
		text := OfEngine(p.Reason)
		for _, q := range recipe.Presets() {
			if strings.ContainsAny(q.Name, "-0123456789") && regexp.MustCompile(`\b`+q.Name+`\b`).MatchString(text) || strings.Contains(text, "s "+q.Name+",") {
				t.Errorf("%s: %q names %s", p.Name, text, q.Name)
			}
		}
	}
}

func TestRemediesSpeakOfTitles(t *testing.T) {
	got := Changes([]doctor.Change{{Key: "r1", Value: "0.1"}, {Key: "g.momentum", Value: "0"}, {Key: "objective", Value: "relativistic"}})
	if want := "R1 penalty 0.1, Momentum of G 0, Objective Relativistic"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestChangesOfDrawnPoints: a question tells how many points were drawn, not how they are written.
func TestChangesOfDrawnPoints(t *testing.T) {
	from, to := recipe.Default(), recipe.Default()
	to.Drawn = datasets.DrawnText(make([]datasets.DrawnPoint, 165))
	for _, c := range []struct {
		from, to *recipe.Recipe
		want     string
	}{
		{from, to, "Drawn points: 165 instead of none"},
		{to, from, "Drawn points: none instead of 165"},
	} {
		if got := Differences(c.from, c.to); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	for count, want := range map[string]string{"5be1f0c2d3a4 3 17-20": "5 items", "": "none", "5be1f0c2d3a4 0": "1 item"} {
		if got := LeftOut(count); got != want {
			t.Errorf("left out %q: %q, want %q", count, got, want)
		}
	}
}
