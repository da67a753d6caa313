package studio

import (
	"slices"
	"testing"

	"ganvas/engine/recipe"
)

func TestHistory(t *testing.T) {
	var h History[*recipe.Recipe]
	r := func(seed uint64) *recipe.Recipe {
		x := recipe.Default()
		x.Seed = seed
		return x
	}
	h.Reset(r(0))
	h.Push(r(1), "turn", true)
	h.Push(r(2), "turn", true) // joined with the one before
	h.Push(r(3), "add", false)
	h.Push(r(4), "add", false)
	var got []uint64
	for {
		got = append(got, h.Now.Seed)
		if _, ok := h.Back(); !ok {
			break
		}
	}
	if want := []uint64{4, 3, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("undone to %v, want %v", got, want)
	}
	if label, ok := h.Forward(); !ok || label != "turn" || h.Now.Seed != 2 {
		t.Errorf("redone %q to %d, want turn to 2", label, h.Now.Seed)
	}
	h.Push(r(9), "other", false)
	if _, ok := h.Forward(); ok {
		t.Error("redone past an edit")
	}
}
