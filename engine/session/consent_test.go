package session

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"ganvas/engine/recipe"
)

// setHome makes a folder the user's home.
func setHome(t *testing.T, dir string) {
	t.Helper()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
}

// foreign opens a project that is expected to ask before it reads data, and returns what it asks.
func foreign(t *testing.T, path string, o Options) *ForeignDataError {
	t.Helper()
	s, err := Open(context.Background(), path, o)
	if err == nil {
		s.Close()
	}
	var ask *ForeignDataError
	if !errors.As(err, &ask) {
		t.Fatalf("opened without a question: %v", err)
	}
	return ask
}

// A project whose data lie elsewhere is asked about by a user who has not read them, and by nobody
// else.
func TestForeignData(t *testing.T) {
	setHome(t, t.TempDir())
	t.Setenv("GANVAS_HOME", t.TempDir())
	dir := filepath.Join(t.TempDir(), "dots")
	dots(t, dir, 0, 12)
	path := trainedOn(t, dir, "", 2)
	want := stateOf(t, path, Options{}) // who made it has read its data

	t.Setenv("GANVAS_HOME", t.TempDir()) // another user
	if ask := foreign(t, path, Options{}); ask.Project != path || ask.Data != dir || ask.Whole {
		t.Errorf("asks %+v", ask)
	}
	copied := dir + " of mine"
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, path, Options{ReadData: true}); got != want {
		t.Error("other bits after the question")
	}
	stateOf(t, path, Options{}) // they have been read before

	t.Setenv("GANVAS_HOME", t.TempDir()) // a third one, who says where the data lie
	foreign(t, path, Options{})
	stateOf(t, path, Options{Data: copied})
}

// Data beside or below a project belong to it; links that lead away do not.
func TestBeside(t *testing.T) {
	home, dir, other := t.TempDir(), t.TempDir(), t.TempDir()
	setHome(t, home)
	t.Setenv("GANVAS_HOME", t.TempDir())
	for _, folder := range []string{filepath.Join(dir, "data"), filepath.Join(home, "data")} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(other, filepath.Join(dir, "away")); err != nil {
		t.Skip("no links here: ", err)
	}
	project := filepath.Join(dir, "a.ganvas")
	for _, test := range []struct {
		project, source string
		ask, whole      bool
	}{
		{project, "digits", false, false},
		{project, filepath.Join(dir, "data"), false, false},
		{project, filepath.Join(dir, "data", "deep", "er"), false, false},
		{project, dir, false, false},
		{project, filepath.Join(dir, "away"), true, false},
		{project, filepath.Join(dir, "away", "deeper"), true, false},
		{project, filepath.Join(dir, "data", "..", "..", "x"), true, false},
		{project, other, true, false},
		{project, string(filepath.Separator), true, true},
		{project, home, true, true},
		{project, filepath.Dir(home), true, true},
		{filepath.Join(home, "a.ganvas"), filepath.Join(home, "data"), true, false}, // a home holds everything
		{filepath.Join(home, "data", "a.ganvas"), filepath.Join(home, "data"), false, false},
	} {
		r := recipe.Default()
		r.Data = test.source
		err := MayRead(test.project, r)
		var ask *ForeignDataError
		if errors.As(err, &ask); (ask != nil) != test.ask || ask != nil && ask.Whole != test.whole {
			t.Errorf("%s of %s: %v", test.source, test.project, err)
		}
	}
	r := recipe.Default()
	r.Labels = filepath.Join(other, "labels.csv")
	if err := MayRead(project, r); err == nil {
		t.Error("a foreign table of labels is read")
	}
}

// A whole disk is not read by mistake, whoever names it.
func TestWholeDisk(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	r := small()
	r.Data = string(filepath.Separator)
	_, err := Create(t.Context(), r, nil, filepath.Join(t.TempDir(), "a.ganvas"), Options{})
	var ask *ForeignDataError
	if !errors.As(err, &ask) || !ask.Whole || ask.Project != "" {
		t.Errorf("created from a whole disk: %v", err)
	}
}
