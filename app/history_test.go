package app

import (
	"slices"
	"testing"

	"ganvas/engine/recipe"
)

func TestHistory(t *testing.T) {
	var h history[*recipe.Recipe]
	r := func(seed uint64) *recipe.Recipe {
		x := recipe.Default()
		x.Seed = seed
		return x
	}
	h.reset(r(0))
	h.push(r(1), "turn", true)
	h.push(r(2), "turn", true) // joined with the one before
	h.push(r(3), "add", false)
	h.push(r(4), "add", false)
	var got []uint64
	for {
		got = append(got, h.now.Seed)
		if _, ok := h.back(); !ok {
			break
		}
	}
	if want := []uint64{4, 3, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("undone to %v, want %v", got, want)
	}
	if label, ok := h.forward(); !ok || label != "turn" || h.now.Seed != 2 {
		t.Errorf("redone %q to %d, want turn to 2", label, h.now.Seed)
	}
	h.push(r(9), "other", false)
	if _, ok := h.forward(); ok {
		t.Error("redone past an edit")
	}
}
