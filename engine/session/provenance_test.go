package session

import (
	"path/filepath"
	"testing"

	"ganvas/engine/recipe"
)

// TestPublicRecipe: what goes to others names no folder, and not the person whose home folder it
// is.
func TestPublicRecipe(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)        // os.UserHomeDir's, but on Windows
	t.Setenv("USERPROFILE", home) // there
	for _, c := range []struct{ data, from, labels, wantData, wantFrom, wantLabels string }{
		{"digits", "", "folder", "digits", "", "folder"},
		{filepath.Join(home, "pets"), filepath.Join(home, "old.ganvas"), filepath.Join(home, "secret", "labels.csv"), "pets", "old.ganvas", "labels.csv"},
		{home, "", "none", "home", "", "none"},
		{home + string(filepath.Separator), "", "none", "home", "", "none"},
		{`C:\Users\anna\pets\`, `D:\x.ganvas`, `E:\y\l.csv`, "pets", "x.ganvas", "l.csv"},
	} {
		r := recipe.Default()
		r.Data, r.From, r.Labels = c.data, c.from, c.labels
		got := PublicRecipe(r)
		if got.Data != c.wantData || got.From != c.wantFrom || got.Labels != c.wantLabels {
			t.Errorf("%+v becomes %q, %q, %q", c, got.Data, got.From, got.Labels)
		}
		if want := c.data != "digits"; NamesFolders(r) != want || NamesFolders(got) {
			t.Errorf("%+v names folders: %t, and what it becomes: %t", c, NamesFolders(r), NamesFolders(got))
		}
		if r.Data != c.data {
			t.Errorf("the recipe itself is changed: %q", r.Data)
		}
	}
}
