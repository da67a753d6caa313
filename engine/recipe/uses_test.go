package recipe

import "testing"

// TestUses holds that each preset says what it is for, in words that fit a card.
func TestUses(t *testing.T) {
	for _, p := range Presets() {
		if p.Group == "" || p.For == "" || len(p.For) > 64 {
			t.Errorf("%s: in group %q, for %q: say it in uses.go", p.Name, p.Group, p.For)
		}
	}
}
