package ui_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
)

// A rig is a window with its dialogs.
type rig struct {
	*uitest.Rig
	desk *ui.Desk
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{Rig: uitest.Start(t, nil)}
	r.desk = &ui.Desk{Win: r.Host.Window(), Prefs: r.Prefs()}
	r.desk.Win.Resize(fyne.NewSize(1280, 800))
	r.desk.Win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { // as the window does
		if e.Name == fyne.KeyEscape {
			r.desk.Dismiss()
		}
	})
	return r
}

// entry returns the first entry of the topmost dialog.
func (r *rig) entry() *ui.DialogEntry { return uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0] }

// ask opens a question about a name.
func (r *rig) ask(take func(text string) error) {
	r.desk.Ask(ui.Question{About: ui.Always, Title: "Name", Label: "Name", Text: "old", Action: "Rename", Take: take})
}

// TestDialogsByKeyboard closes every kind of dialog by Escape, and answers it by Enter, wherever
// the keyboard is at first.
func TestDialogsByKeyboard(t *testing.T) {
	r := newRig(t)
	r.Prefs().SetString("folder.test", t.TempDir())
	var answers []string
	answer := func(s string) { answers = append(answers, s) }
	for _, c := range []struct {
		name string
		open func()
		want []string // of Escape, then of Enter
	}{
		{"error", func() { r.desk.Fail(errors.New("open x: it is broken: choose another")) }, nil},
		{"to be read", func() { r.desk.Inform("Keys", widget.NewLabel("what they do")) }, nil},
		{"confirm", func() {
			r.desk.Confirm(ui.Always, "Delete?", "Delete", "Really?", func(ok bool) { answer(fmt.Sprint(ok)) })
		}, []string{"false", "false"}},
		{"save", func() {
			r.desk.AskSave(ui.Always, "Save as", "test", "name", ".png", func(path string) { answer(filepath.Base(path)) })
		}, []string{"name.png"}},
		{"question", func() {
			r.ask(func(text string) error { answer(text); return nil })
		}, []string{"old"}},
	} {
		answers = nil
		for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn} {
			c.open()
			if r.Host.Dialog() == nil || !r.desk.Modal() {
				t.Fatalf("%s: no dialog", c.name)
			}
			r.Type(key)
			if r.Host.Dialog() != nil || r.desk.Modal() {
				t.Fatalf("%s: %s does not close it", c.name, key)
			}
		}
		if !slices.Equal(answers, c.want) {
			t.Errorf("%s: answers %q, want %q", c.name, answers, c.want)
		}
	}
}

// TestDialogTitle sees a title that is in line with what is below it, and not on it.
func TestDialogTitle(t *testing.T) {
	r := newRig(t)
	box := container.NewVBox(ui.NewSection("Window"), ui.NewNote("What is set here is remembered."))
	r.desk.Present(ui.NewDialog("Preferences", ui.WithWidth(520, box), r.desk.Win), ui.Always)
	places := map[string]fyne.Position{}
	for _, l := range uitest.FindAll[*widget.Label](r.Host.Dialog()) {
		places[l.Text] = fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	}
	title, below := places["Preferences"], places["Window"]
	if len(places) < 2 || title.X != below.X || title.Y+20 > below.Y {
		t.Errorf("the title is at %v, what is below it at %v", title, below)
	}
}

// TestAsk keeps asking while the answer cannot be taken, and says why.
func TestAsk(t *testing.T) {
	r := newRig(t)
	taken := ""
	r.ask(func(text string) error {
		if text == "" {
			return errors.New("type a name")
		}
		taken = text
		return nil
	})
	entry := r.entry()
	entry.SetText(" ")
	r.Type(fyne.KeyReturn)
	if r.Host.Dialog() == nil || taken != "" {
		t.Fatalf("%q is taken for a name", taken)
	}
	if !r.Says("Type a name") {
		t.Error("it is not said why an empty name is not taken")
	}
	entry.SetText(" new ")
	r.Type(fyne.KeyReturn)
	if r.Host.Dialog() != nil || taken != "new" {
		t.Errorf("%q is taken, want new", taken)
	}
}

// TestAskReplaces: what is typed takes the place of what the entry holds.
func TestAskReplaces(t *testing.T) {
	r := newRig(t)
	r.ask(func(string) error { return nil })
	entry := r.entry()
	entry.TypedRune('n')
	if entry.Text != "n" {
		t.Errorf("after a letter the entry holds %q, want only it", entry.Text)
	}
	r.desk.AskSave(ui.Always, "Save as", "test", "name", ".png", func(string) {})
	name := r.entry()
	name.TypedRune('n')
	if name.Text != "n" {
		t.Errorf("after a letter the name is %q, want only it", name.Text)
	}
}

// TestFailSays: an error is a sentence.
func TestFailSays(t *testing.T) {
	r := newRig(t)
	r.desk.Fail(errors.New("open x: it is broken: choose another"))
	if got, want := r.Host.DialogText(), "Open x: it is broken: choose another"; !strings.Contains(got, want) {
		t.Errorf("says %q, want %q", got, want)
	}
}

// TestSaveRefuses: without a name or a folder the dialog stays and says what is missing.
func TestSaveRefuses(t *testing.T) {
	r := newRig(t)
	dir := t.TempDir()
	r.Prefs().SetString("folder.test", dir)
	saved := ""
	r.desk.AskSave(ui.Always, "Save as", "test", "name", ".png", func(path string) { saved = path })
	entry := r.entry()
	for typed, want := range map[string]string{
		" ":        "Type a name first",
		"gone/pic": fmt.Sprintf("There is no folder %s: choose another", filepath.Join(dir, "gone")),
	} {
		entry.SetText(typed)
		test.Tap(r.Button("Save"))
		if r.Host.Dialog() == nil || saved != "" || !r.Says(want) {
			t.Errorf("%q: saved as %q; the dialog does not say %q", typed, saved, want)
		}
	}
	entry.SetText("pic")
	test.Tap(r.Button("Save"))
	if want := filepath.Join(dir, "pic.png"); r.Host.Dialog() != nil || saved != want {
		t.Errorf("saved as %q, want %q", saved, want)
	}
	if _, err := os.Stat(saved); err == nil {
		t.Error("asking for a place makes a file")
	}
}

// TestSaveAsksToReplace: a file that exists is handed over only after a question, and is not
// touched by either.
func TestSaveAsksToReplace(t *testing.T) {
	r := newRig(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "taken.png")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	saved := ""
	r.desk.AskSave(ui.Always, "Save as", "test", "", ".png", func(path string) { saved = path })
	r.entry().SetText(path)
	test.Tap(r.Button("Save"))
	if got := r.Host.DialogText(); !strings.Contains(got, "taken.png exists already") || saved != "" {
		t.Fatalf("says %q; saved as %q", got, saved)
	}
	test.Tap(r.Button("Cancel"))
	if r.Host.Dialog() == nil || saved != "" {
		t.Fatalf("after a no: saved as %q", saved)
	}
	test.Tap(r.Button("Save"))
	test.Tap(r.Button("Replace"))
	if r.desk.Modal() || saved != path || r.Prefs().Folder("test") != dir {
		t.Errorf("after a yes: a dialog is open: %t; saved as %q; the folder is %q", r.desk.Modal(), saved, r.Prefs().Folder("test"))
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "old" {
		t.Errorf("the file holds %q: %v", content, err)
	}
}
