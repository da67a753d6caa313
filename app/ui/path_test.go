package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/settings"
)

func TestTypedPath(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home) // of Windows
	base := filepath.Join(home, "pictures")
	for typed, want := range map[string]string{
		"a.zip":                        filepath.Join(base, "a.zip"),
		"../a.zip":                     filepath.Join(home, "a.zip"),
		"~":                            home,
		"~/a b":                        filepath.Join(home, "a b"),
		"~user":                        filepath.Join(base, "~user"),
		`"` + filepath.Join(home, "x"): filepath.Join(home, "x"),
	} {
		if got := typedPath(base, typed); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}

// TestPathInFileDialogs types paths into the dialogs that open files and folders.
func TestPathInFileDialogs(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, NewText("page"))
	w.Resize(fyne.NewSize(1000, 700))
	dir := t.TempDir()
	store, err := settings.Open(filepath.Join(dir, settings.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Flush()
	k := &Desk{Win: w, Prefs: settings.Preferences{Store: store}}
	file := filepath.Join(dir, "birds.zip")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var chosen string
	entry := func() *DialogEntry {
		t.Helper()
		var found *DialogEntry
		for _, o := range test.LaidOutObjects(contentOf(k.Overlay())) {
			if e, ok := o.(*DialogEntry); ok {
				found = e
			}
		}
		if found == nil {
			t.Fatal("the dialog has no field for a path")
		}
		return found
	}
	says := func() string {
		var all []string
		for _, o := range test.LaidOutObjects(contentOf(k.Overlay())) {
			if n, ok := o.(*Note); ok && n.Visible() {
				all = append(all, n.Segment.Text)
			}
		}
		return strings.Join(all, " ")
	}
	k.AskFile("Choose data", "data", []string{".zip", ".csv"}, func(path string) { chosen = path })
	for typed, want := range map[string]string{filepath.Join(dir, "none.zip"): "no such file", filepath.Join(dir, settings.FileName): "ends in none of"} {
		if strings.Contains(typed, settings.FileName) {
			store.SetBool("x", true)
			store.Flush()
		}
		entry().OnSubmitted(typed)
		if got := says(); !strings.Contains(strings.ToLower(got), want) || chosen != "" {
			t.Errorf("%s: says %q, chose %q", typed, got, chosen)
		}
	}
	entry().OnSubmitted(dir) // shows the folder, and goes on
	if k.Overlay() == nil {
		t.Fatal("a folder ends the dialog of files")
	}
	entry().OnSubmitted(file)
	if chosen != file || k.Overlay() != nil || k.Prefs.Folder("data") != dir {
		t.Errorf("chose %q, remembers %q, a dialog is open: %t", chosen, k.Prefs.Folder("data"), k.Overlay() != nil)
	}
	k.AskFolder("Choose a folder", "data", func(path string) { chosen = path })
	entry().OnSubmitted("birds.zip")
	if got := says(); !strings.Contains(got, "no folder") {
		t.Errorf("of a file it says %q", got)
	}
	entry().OnSubmitted(dir)
	if chosen != dir || k.Overlay() != nil {
		t.Errorf("chose %q", chosen)
	}
}
