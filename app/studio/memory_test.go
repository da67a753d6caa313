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
		want string // what the refusal contains; "": it fits
		err  string
	}{
		{"it fits", r, free(1e9, nil), "", ""},
		{"a large batch", large, free(1e9, nil), "1.0 GB are free: with batch = 1024 it takes ", ""},
		{"no size", r, free(0, errors.New("GANVAS_MEMORY=x: write a size")), "", "GANVAS_MEMORY=x: write a size"},
	} {
		more, err := beyondMemory(test.r, 0, test.free)
		said, failed := "", ""
		if more != nil {
			said = more.Reason()
		}
		if err != nil {
			failed = err.Error()
		}
		if (said == "") != (test.want == "") || !strings.Contains(said, test.want) || failed != test.err {
			t.Errorf("%s: %q and error %q, want %q and %q", test.name, said, failed, test.want, test.err)
		}
	}
}
