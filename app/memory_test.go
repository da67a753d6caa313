package app

import (
	"errors"
	"strings"
	"testing"

	"ganvas/engine/recipe"
)

func TestBeyondMemory(t *testing.T) {
	free := func(n int64, err error) func() (int64, error) { return func() (int64, error) { return n, err } }
	r, err := recipe.Named("digits")
	if err != nil {
		t.Fatal(err)
	}
	large := r.Clone()
	large.Batch = 8192
	for _, test := range []struct {
		name string
		r    *recipe.Recipe
		free func() (int64, error)
		want string // that it begins with; "": it fits
		part string
	}{
		{"it fits", r, free(1e9, nil), "", ""},
		{"a large batch", large, free(1e9, nil), "Training needs about ", "1.0 GB are free: with batch = 1024 it takes "},
		{"no size", r, free(0, errors.New("GANVAS_MEMORY=x: write a size")), "GANVAS_MEMORY=x: write a size", ""},
	} {
		got := beyondMemory(test.r, 0, test.free)
		if (got == "") != (test.want == "") || !strings.HasPrefix(got, test.want) || !strings.Contains(got, test.part) {
			t.Errorf("%s: %q, want %q … %q", test.name, got, test.want, test.part)
		}
	}
}

// TestPlanBeyondMemory holds that a plan that does not fit cannot be started, says why, and can be
// once it fits; and that a run that is there already goes on.
func TestPlanBeyondMemory(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.chooseData("ring")
	r.until("the ring is read", func() bool { return r.plan.now.Data == "ring" && r.source.set != nil && !r.source.opening })
	bytes := int64(1 << 20)
	r.free = func() (int64, error) { return bytes, nil }
	r.refresh()
	if !strings.HasPrefix(r.reason, "Training needs about ") {
		t.Fatalf("the plan is said to fit into 1 MB: %q", r.reason)
	}
	r.trainPressed()
	if r.run != nil || r.activity.firm {
		t.Error("a plan that does not fit is begun")
	}
	if !r.note.Visible() {
		t.Error("nothing is said of why nothing begins")
	}
	bytes = 1 << 30
	r.refresh()
	if r.reason != "" {
		t.Errorf("with 1 GB free the plan still cannot be trained: %s", r.reason)
	}
}
