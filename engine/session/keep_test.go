package session

import (
	"slices"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// What a project keeps is said before, and is what it then keeps.
func TestKeeping(t *testing.T) {
	large := recipe.Default()
	large.G.Layers, large.D.Layers = []string{"linear 3000", "relu", "linear 3000", "relu", "linear 2"}, []string{"linear 8", "lrelu 0.2", "linear 1"}
	huge := large.Clone()
	huge.G.Layers = []string{"linear 6000", "relu", "linear 6000", "relu", "linear 2"}
	for _, c := range []struct {
		r            *recipe.Recipe
		views, withD int
		says         string
	}{
		{small(), 40, 40, "up to 40 views, "},
		{large, 5, 5, "up to 5 views, "},
		{huge, 0, 0, "no views, as one alone takes too much space"},
	} {
		k, err := KeepingOf(c.r, nn.Shape{2}, 0)
		if err != nil || k.Views != c.views || k.WithD != c.withD || k.ViewBytes > ckpt.ViewRoom || k.FullBytes <= 0 || !strings.HasPrefix(k.Text(), c.says) {
			t.Errorf("%q: %+v, error %v", k.Text(), k, err)
		}
	}
	s := create(t, small(), Options{})
	trainUntil(t, s, 40)
	k, err := KeepingFor(s.Recipe(), s.Data())
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Weight()
	if got := w.Runs[s.RunID()].Views; err != nil || got == 0 || got > k.ViewBytes {
		t.Errorf("views weigh %d bytes, %d were said, error %v", got, k.ViewBytes, err)
	}
}

// What waits for a saving takes bounded memory, however far away that is, and still lies so that
// each step has something near.
func TestKeeperIsBounded(t *testing.T) {
	s := create(t, small(), Options{})
	s.keeper.stateBytes = mostKept / 25 // as of larger networks
	const end = 500
	for step := int64(1); step <= end; step++ {
		s.trainer.Step = step
		if err := s.keep(); err != nil {
			t.Fatal(err)
		}
		if s.keeper.bytes > mostKept {
			t.Fatalf("%d bytes wait at step %d", s.keeper.bytes, step)
		}
	}
	steps := []int64{0}
	for _, e := range s.keeper.states {
		steps = append(steps, e.Step)
	}
	for i := range steps[1:] {
		if 10*(steps[i+1]-steps[i]) > end {
			t.Errorf("no full state between steps %d and %d", steps[i], steps[i+1])
		}
	}
	if s.keeper.wants || !slices.IsSorted(steps) {
		t.Errorf("steps %v, wants a saving: %v", steps, s.keeper.wants)
	}
	s.trainer.Step = 0 // as it is saved
	s.keeper.reset(0)
}
