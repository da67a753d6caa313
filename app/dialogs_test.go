package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// TestDialogsByKeyboard closes every kind of dialog by Escape, and answers it by Enter, wherever
// the keyboard is at first.
func TestDialogsByKeyboard(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	answered, saved := 0, ""
	for _, c := range []struct {
		name  string
		open  func()
		enter func() bool // whether Enter has done what it should
	}{
		{"error", func() { r.desk.Fail(errors.New("open x: it is broken: choose another")) }, func() bool { return true }},
		{"about", r.about, func() bool { return true }},
		{"keys", r.showKeys, func() bool { return true }},
		{"confirm", func() {
			r.desk.Confirm(Always, "Delete?", "Delete", "Really?", func(ok bool) {
				if answered++; ok {
					t.Error("Enter or Escape deletes")
				}
			})
		}, func() bool { return answered == 2 }},
		{"save", func() {
			r.prefs.SetString("folder.test", t.TempDir())
			r.desk.AskSave(Always, "Save as", "test", "name", ".png", func(path string) { saved = filepath.Base(path) })
		}, func() bool { return saved == "name.png" }},
		{"more steps", r.ask.askMore, func() bool { return r.s.Plan.Now().Steps > 6 }},
	} {
		c.open()
		for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn} {
			if key == fyne.KeyReturn {
				c.open()
			}
			if r.desk.Win.Canvas().Overlays().Top() == nil {
				t.Fatalf("%s: no dialog", c.name)
			}
			r.typed(key)
			if r.desk.Win.Canvas().Overlays().Top() != nil {
				t.Fatalf("%s: %s does not close it", c.name, key)
			}
		}
		if !c.enter() {
			t.Errorf("%s: Enter does not answer it", c.name)
		}
	}
	r.until("it trains on", func() bool { return r.s.Status.Step > 6 })
	r.s.Training.Pause()
	r.until("it pauses", func() bool { return !r.s.Status.Running })
}

// TestDropsThatCannotBeRead drops what is no data: the message names the file, and what was open
// stays.
func TestDropsThatCannotBeRead(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	dir := t.TempDir()
	before := r.s.Data.Set
	for name, content := range map[string]string{"notes.txt": "These are no numbers.\n", "picture.png": "no picture", "old.ganvas": "no project", "recipe.toml": "batsch = 3\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		r.dropped([]fyne.URI{uri(path)})
		r.until("a message about "+name, func() bool { return r.desk.Win.Canvas().Overlays().Top() != nil })
		if got := r.dialogText(); !strings.Contains(got, name) {
			t.Errorf("the message does not name %s: %q", name, got)
		}
		r.typed(fyne.KeyReturn)
		r.until("it is idle", func() bool { return !r.s.Work.Busy() })
		if r.s.Data.Set != before || r.s.Reason != "" {
			t.Errorf("after %s the data that were open are gone: %s", name, r.s.Reason)
		}
	}
}

// TestDialogTitle sees a title that is in line with what is below it, and not on it.
func TestDialogTitle(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.askSettings()
	places := map[string]fyne.Position{}
	for _, l := range findAll[*widget.Label](r.desk.Win.Canvas().Overlays().Top()) {
		places[l.Text] = r.loop.AbsolutePositionForObject(l)
	}
	title, below := places["Preferences"], places["Window"]
	if title.X != below.X || title.Y+20 > below.Y {
		t.Errorf("the title is at %v, what is below it at %v", title, below)
	}
}

// TestAsk keeps asking while the answer cannot be taken, and says why.
func TestAsk(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	taken := ""
	r.desk.Ask(Question{About: Always, Title: "Name", Label: "Name", Text: "old", Action: "Rename", Take: func(text string) error {
		if text == "" {
			return errors.New("type a name")
		}
		taken = text
		return nil
	}})
	entry := findAll[*DialogEntry](r.desk.Win.Canvas().Overlays().Top())[0]
	entry.SetText(" ")
	r.typed(fyne.KeyReturn)
	if r.desk.Win.Canvas().Overlays().Top() == nil || taken != "" {
		t.Fatalf("%q is taken for a name", taken)
	}
	entry.SetText(" new ")
	r.typed(fyne.KeyReturn)
	if r.desk.Win.Canvas().Overlays().Top() != nil || taken != "new" {
		t.Errorf("%q is taken, want new", taken)
	}
}

// TestAskReplaces: what is typed takes the place of what the entry holds.
func TestAskReplaces(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.desk.Ask(Question{About: Always, Title: "Name", Label: "Name", Text: "old", Action: "Rename", Take: func(string) error { return nil }})
	entry := findAll[*DialogEntry](r.desk.Win.Canvas().Overlays().Top())[0]
	entry.TypedRune('n')
	if entry.Text != "n" {
		t.Errorf("after a letter the entry holds %q, want only it", entry.Text)
	}
}
