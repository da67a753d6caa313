package session

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ganvas/engine/recipe"
)

// A project and data that lie beside it, or below its folder, are moved together and open; those
// elsewhere stay where they are.
func TestDataMoveWithProject(t *testing.T) {
	for _, below := range []string{"pets", filepath.Join("data", "my pets")} {
		home := t.TempDir()
		old, fresh := filepath.Join(home, "old"), filepath.Join(home, "new")
		dots(t, filepath.Join(old, below), 0, 12)
		placed(t, filepath.Join(old, "a.ganvas"), filepath.Join(old, below))
		if err := os.Rename(old, fresh); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), filepath.Join(fresh, "a.ganvas"), Options{})
		if err != nil {
			t.Fatalf("%s: %v", below, err)
		}
		if got, want := s.Recipe().Data, filepath.Join(fresh, below); got != want {
			t.Errorf("data are in %s, want %s", got, want)
		}
		trainUntil(t, s, 4)

		// A copy elsewhere finds them where they are, and after the copy was made too.
		away := filepath.Join(t.TempDir(), "away.ganvas")
		if err := errors.Join(s.SaveAs(away), s.Close()); err != nil {
			t.Fatal(err)
		}
		if s, err = Open(t.Context(), away, Options{}); err != nil {
			t.Fatal(err)
		}
		if got, want := s.Recipe().Data, filepath.Join(fresh, below); got != want {
			t.Errorf("after Save as data are in %s, want %s", got, want)
		}
		s.Close()
	}
}

// placed makes a project of a folder at path, trained a little.
func placed(t *testing.T, path, data string) {
	t.Helper()
	r, err := recipe.Parse(fmt.Appendf(nil, dotRecipe, data, ""), "dots.toml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Create(t.Context(), r, nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestPlaceOf(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ data, want string }{
		{filepath.Join(dir, "pets"), "pets"},
		{filepath.Join(dir, "a", "b.zip"), "a/b.zip"},
		{filepath.Join(filepath.Dir(dir), "pets"), ""},
		{"digits", ""},
	} {
		if got := placeOf(filepath.Join(dir, "a.ganvas"), c.data); got != c.want {
			t.Errorf("place of %s is %q, want %q", c.data, got, c.want)
		}
	}
	// A way that leads out of the folder is not followed.
	outside := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(outside, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	way, err := filepath.Rel(dir, outside)
	if err != nil {
		t.Fatal(err)
	}
	r := dataRecord{Place: filepath.ToSlash(way)}
	if got := r.find(filepath.Join(dir, "a.ganvas"), "/recipe/says"); got != "/recipe/says" {
		t.Errorf("found %s", got)
	}
}
