package session

import (
	"slices"
	"testing"
)

// TestGoTo: going back to a checkpoint and training on gives the same bits, what was judged of
// earlier steps stays, and what was judged of later ones goes with them.
func TestGoTo(t *testing.T) {
	s := create(t, small(), Options{})
	trainUntil(t, s, 10)
	want := s.State().SHA256()
	here := slices.Clone(render(s, t, -1))
	later := trainUntil(t, s, 20)
	for _, step := range []int64{10, 20} {
		if err := s.PutJudgement(step, "key", "text"); err != nil {
			t.Fatal(err)
		}
	}
	if got := render(s, t, 10); !slices.Equal(got, here) {
		t.Error("the generator of step 10 makes other points than it did at step 10")
	}
	if _, err := s.GeneratorAt(15, true); err == nil {
		t.Error("there is a generator of a step without checkpoint")
	}
	if err := s.GoTo(10); err != nil {
		t.Fatal(err)
	}
	if got := s.State().SHA256(); got != want || s.Status().Step != 10 {
		t.Errorf("back at step %d with another state", s.Status().Step)
	}
	if list, err := s.Judgements(); err != nil || len(list) != 2 {
		t.Errorf("judgements %+v, %v; nothing is lost before training goes on", list, err)
	}
	if got := trainUntil(t, s, 20); got != later {
		t.Error("step 20 has another state the second time")
	}
	if err := s.GoTo(15); err == nil {
		t.Error("went to a step without checkpoint")
	}
}

// render returns what the generator of a checkpoint makes, or that of now if step is negative.
func render(s *Session, t *testing.T, step int64) []float32 {
	t.Helper()
	g := s.Generator(true)
	if step >= 0 {
		var err error
		if g, err = s.GeneratorAt(step, true); err != nil {
			t.Fatal(err)
		}
	}
	return g.Render(g.Noise(1, 16), 16)
}
