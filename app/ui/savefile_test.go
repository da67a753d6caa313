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

// exportDesk returns a desk, and the folder that it has exported to last.
func exportDesk(t *testing.T) (k *Desk, dir string) {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, NewText("page"))
	w.Resize(fyne.NewSize(1000, 700))
	store, err := settings.Open(filepath.Join(t.TempDir(), settings.FileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Flush() })
	k, dir = &Desk{Win: w, Prefs: settings.Preferences{Store: store}}, t.TempDir()
	k.Prefs.SetFolder("export", filepath.Join(dir, "x"))
	return k, dir
}

// notes is what the dialog in front says below what is typed.
func notes(k *Desk) (said string) {
	for _, o := range test.LaidOutObjects(k.Win.Canvas().Overlays().Top()) {
		if n, ok := o.(*Note); ok {
			said += n.Segment.Text
		}
	}
	return said
}

// TestAskNewFolder: a name that is free is proposed, and one that is taken refused; nothing of what
// is there is offered to be replaced.
func TestAskNewFolder(t *testing.T) {
	k, dir := exportDesk(t)
	if err := os.Mkdir(filepath.Join(dir, "charts"), 0o755); err != nil {
		t.Fatal(err)
	}
	var chosen string
	k.AskNewFolder(Always, "Export as", "export", "charts", func(path string) { chosen = path })
	entry := k.Win.Canvas().Focused().(*DialogEntry)
	if entry.Text != "charts 2" {
		t.Errorf("proposes %q, want %q", entry.Text, "charts 2")
	}
	entry.SetText("charts")
	entry.OnSubmitted("charts")
	said := notes(k)
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
	k, dir := exportDesk(t)
	if err := os.Mkdir(filepath.Join(dir, "a.png"), 0o755); err != nil {
		t.Fatal(err)
	}
	k.AskSave(Always, "Save as", "export", "", ".png", func(path string) { t.Errorf("chose %s", path) })
	asks := k.Overlay()
	entry := k.Win.Canvas().Focused().(*DialogEntry)
	entry.SetText("a")
	entry.OnSubmitted("a")
	said := notes(k)
	if want := "a.png is a folder: type another name"; k.Overlay() != asks || !strings.Contains(said, want) {
		t.Errorf("says %q, want %q and no question", said, want)
	}
}
