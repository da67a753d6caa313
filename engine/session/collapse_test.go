package session

import (
	"slices"
	"testing"

	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
)

// TestCollapse: of the preset that is to show it the doctor says so within 3,000 steps, and of a
// cure that differs in nothing else he does not.
func TestCollapse(t *testing.T) {
	for name, want := range map[string]bool{"ring-collapse": true, "ring-wgan-gp": false} {
		r, err := recipe.Named(name)
		if err != nil {
			t.Fatal(err)
		}
		s := create(t, r, Options{})
		said := false
		for step := int64(500); step <= 3000 && !(said && want); step += 500 {
			trainUntil(t, s, step)
			said = said || slices.ContainsFunc(s.Doctor().Findings, func(f doctor.Finding) bool { return f.Kind == doctor.ModeCollapse })
		}
		if said != want {
			t.Errorf("%s: the doctor speaks of mode collapse %v, want %v", name, said, want)
		}
	}
}
