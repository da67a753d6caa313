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

// TestAskNewFolder: a name that is free is proposed, and one that is taken refused; nothing of what
// is there is offered to be replaced.
func TestAskNewFolder(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, NewText("page"))
	w.Resize(fyne.NewSize(1000, 700))
	dir := t.TempDir()
	store, err := settings.Open(filepath.Join(t.TempDir(), settings.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Flush()
	k := &Desk{Win: w, Prefs: settings.Preferences{Store: store}}
	k.Prefs.SetFolder("export", filepath.Join(dir, "x"))
	if err := os.Mkdir(filepath.Join(dir, "charts"), 0o755); err != nil {
		t.Fatal(err)
	}
	var chosen string
	k.AskNewFolder(Always, "Export as", "export", "charts", func(path string) { chosen = path })
	entry := w.Canvas().Focused().(*DialogEntry)
	if entry.Text != "charts 2" {
		t.Errorf("proposes %q, want %q", entry.Text, "charts 2")
	}
	entry.SetText("charts")
	entry.OnSubmitted("charts")
	said := ""
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if n, ok := o.(*Note); ok {
			said += n.Segment.Text
		}
	}
	if chosen != "" || !strings.Contains(said, "charts exists already: type another name") {
		t.Errorf("of a folder that is there: chose %q, says %q", chosen, said)
	}
	entry.SetText("charts 3")
	entry.OnSubmitted("charts 3")
	if want := filepath.Join(dir, "charts 3"); chosen != want || k.Overlay() != nil {
		t.Errorf("chose %q, want %q", chosen, want)
	}
}

// TestAskSaveOverFolder: a folder cannot be replaced by a file, so nothing is asked about it.
func TestAskSaveOverFolder(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, NewText("page"))
	w.Resize(fyne.NewSize(1000, 700))
	dir := t.TempDir()
	store, err := settings.Open(filepath.Join(t.TempDir(), settings.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Flush()
	k := &Desk{Win: w, Prefs: settings.Preferences{Store: store}}
	k.Prefs.SetFolder("export", filepath.Join(dir, "x"))
	if err := os.Mkdir(filepath.Join(dir, "a.png"), 0o755); err != nil {
		t.Fatal(err)
	}
	k.AskSave(Always, "Save as", "export", "", ".png", func(path string) { t.Errorf("chose %s", path) })
	asks := k.Overlay()
	entry := w.Canvas().Focused().(*DialogEntry)
	entry.SetText("a")
	entry.OnSubmitted("a")
	said := ""
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if n, ok := o.(*Note); ok {
			said += n.Segment.Text
		}
	}
	if want := "a.png is a folder: type another name"; k.Overlay() != asks || !strings.Contains(said, want) {
		t.Errorf("says %q, want %q and no question", said, want)
	}
}
