package app

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

func TestNotSavedText(t *testing.T) {
	full := fmt.Errorf("save a.ganvas: %w: free some space", ckpt.ErrDiskFull)
	at := time.Date(2026, 1, 2, 14, 30, 5, 0, time.Local)
	for want, s := range map[string]session.Status{
		"": {},
		"The disk is full: free some space; nothing since it was opened is saved. Training goes on, and saving is tried again.": {SaveErr: full, Running: true},
		"The disk is full: free some space; what was learnt up to 14:30:05 is saved. Press Try again, or save it elsewhere.":    {SaveErr: full, LastSave: at},
		"Save b: broken; what was learnt up to 14:30:05 is saved. Training goes on, and saving is tried again.":                 {SaveErr: errors.New("save b: broken"), LastSave: at, Running: true},
	} {
		if got := notSavedText(s); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}

// TestSavingFails shows in the banner that saving fails while training goes on, until it works
// again.
func TestSavingFails(t *testing.T) {
	r := readyRig(t, strings.Replace(tinyRecipe, "steps = 40", "steps = 0", 1))
	r.trainPressed()
	r.until("it trains", func() bool { return r.status.Running && r.status.Step > 0 })
	r.pause()
	r.until("it pauses", func() bool { return !r.status.Running })
	failing := r.status
	failing.SaveErr, failing.Running = ckpt.ErrDiskFull, true
	say := func(s session.Status) { r.showSnapshot(session.Snapshot{Status: s}) }
	say(failing)
	if !r.note.Visible() || !strings.Contains(r.note.text.Text, "disk is full") || r.message() != "not saved" {
		t.Errorf("says %q, visible %t; at the end of the bar %q", r.note.text.Text, r.note.Visible(), r.message())
	}
	r.note.hide()
	say(failing)
	if r.note.Visible() {
		t.Error("the banner comes back after it was closed")
	}
	failing.Running = false
	say(failing)
	var titles []string
	for _, o := range r.note.buttons.Objects {
		titles = append(titles, o.(*widget.Button).Text)
	}
	if got := strings.Join(titles, ", "); got != "Try again, Save as…" {
		t.Errorf("offers %s", got)
	}
	test.Tap(r.note.buttons.Objects[0].(*widget.Button))
	r.until("it is saved", func() bool { return r.status.SaveErr == nil })
	if r.note.Visible() || r.message() == "not saved" {
		t.Errorf("after saving the banner says %q", r.note.text.Text)
	}
	say(failing)
	failing.SaveErr = nil
	say(failing)
	if r.note.Visible() {
		t.Error("the banner stays although saving works again")
	}
}

// TestPauseNotSaved saves by the menu what a full disk refused at a pause: the banner of the window
// says it, the Train page does not say it again, and both are silent after that.
func TestPauseNotSaved(t *testing.T) {
	r := finished(t)
	kept := filepath.Join(t.TempDir(), "kept.ganvas")
	r.saveTo(r.run, kept)
	r.until("it has a place", func() bool { return r.run.session.Path() == kept && !r.activity.busy() })
	failing := r.status
	failing.SaveErr, failing.Err = ckpt.ErrDiskFull, ckpt.ErrDiskFull
	r.showSnapshot(session.Snapshot{Status: failing})
	if !r.note.Visible() || r.train.stopped.Visible() || r.message() != "not saved" {
		t.Errorf("the banner says %q, the Train page %q, the bar %q", r.note.text.Text, r.train.stopped.text.Text, r.message())
	}
	r.save()
	r.until("it is saved", func() bool { return r.status.SaveErr == nil })
	if r.note.Visible() || r.train.stopped.Visible() || r.message() != "finished" {
		t.Errorf("after saving the banner says %q, the Train page %q, the bar %q", r.note.text.Text, r.train.stopped.text.Text, r.message())
	}
}
