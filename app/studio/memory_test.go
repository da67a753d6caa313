package studio

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
