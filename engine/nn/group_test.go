package nn

import "testing"

// TestGroups finds every group among the kinds, and a few kinds in the group where one looks for
// them.
func TestGroups(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds() {
		if k.Group() == "" {
			t.Errorf("%s stands in no group", k.Name)
		}
		seen[k.Group()] = true
	}
	if len(seen) != len(groups) {
		t.Errorf("%d groups are met, want %d", len(seen), len(groups))
	}
	for name, want := range map[string]string{
		"attention": "Layers that learn weights", "flatten": "Size and shape", "maxout": "Activations",
		"pixelnorm": "Normalisation", "noise": "Randomness", "minibatch-discrimination": "Comparing the items of a batch",
	} {
		if k, _ := KindOf(name); k.Group() != want {
			t.Errorf("%s stands in %q, want %q", name, k.Group(), want)
		}
	}
	if got := (Kind{Name: "none"}).Group(); got != "" {
		t.Errorf("what is no kind stands in %q", got)
	}
}
