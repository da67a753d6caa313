package studio

import (
	"path/filepath"
	"testing"

	"ganvas/engine/recipe"
)

func TestGivenName(t *testing.T) {
	preset, err := recipe.Named("emoji32")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ data, name, want string }{
		{"digits", "emoji32", "emoji32"},
		{filepath.Join("home", "garden birds"), "emoji32", "garden birds"},
		{filepath.Join("home", "v1.2"), "emoji32", "v1.2"},
		{filepath.Join("home", "Birds.ZIP"), "emoji32", "Birds"},
		{filepath.Join("home", "points.csv"), "", "points"},
		{filepath.Join("home", ".zip"), "emoji32", ".zip"},
		{filepath.Join("home", "garden"), "my birds", "my birds"},
	} {
		r := preset.Clone()
		r.Data, r.Name = c.data, c.name
		if got := GivenName(r); got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.name, c.data, got, c.want)
		}
	}
}
