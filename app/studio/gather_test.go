package studio

import (
	"path/filepath"
	"testing"

	"ganvas/app/internal/apptest"
)

func TestOneSource(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.png"), filepath.Join(dir, "b.png")
	apptest.WritePicture(t, a, 8)
	apptest.WritePicture(t, b, 8)
	if got, ok := oneSource([]string{a, b}); !ok || got != dir {
		t.Errorf("two pictures of two are %q, want their folder", got)
	}
	apptest.WritePicture(t, filepath.Join(dir, "c.png"), 8)
	if got, ok := oneSource([]string{a, b}); ok {
		t.Errorf("two pictures of three are %q", got)
	}
	if got, ok := oneSource([]string{a, filepath.Join(dir, "sub", "b.png")}); ok {
		t.Errorf("pictures of two folders are %q", got)
	}
}

func TestCollect(t *testing.T) {
	from := t.TempDir()
	a, b, sub := filepath.Join(from, "a.png"), filepath.Join(from, "other", "a.png"), filepath.Join(from, "cats")
	for _, p := range []string{a, b, filepath.Join(sub, "1.png")} {
		apptest.WritePicture(t, p, 8)
	}
	to := filepath.Join(t.TempDir(), "data")
	if err := collect(t.Context(), to, []string{a, b, sub}, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.png", "a 2.png", "cats/1.png"} {
		if !Exists(filepath.Join(to, name)) {
			t.Errorf("%s is missing", name)
		}
	}
	bad := filepath.Join(t.TempDir(), "data")
	if err := collect(t.Context(), bad, []string{a, filepath.Join(from, "gone.png")}, func(int, int) {}); err == nil || Exists(bad) {
		t.Errorf("a file that is gone: %v; something is left: %v", err, Exists(bad))
	}
}
