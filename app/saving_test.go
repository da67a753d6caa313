package app

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// TestSavingFails shows in the banner that saving fails while training goes on, until it works
// again.
func TestSavingFails(t *testing.T) {
	r := readyRig(t, strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1))
	r.ask.train()
	r.until("it trains", func() bool { return r.s.Status.Running && r.s.Status.Step > 0 })
	r.s.Training.Pause()
	r.until("it pauses", func() bool { return !r.s.Status.Running })
	failing := r.s.Status
	failing.SaveErr, failing.Running = ckpt.ErrDiskFull, true
	say := func(s session.Status) { r.news(s) }
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
	r.until("it is saved", func() bool { return r.s.Status.SaveErr == nil })
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
	r.s.Projects.SaveAs(r.s.Run, kept)
	r.until("it has a place", func() bool { return r.s.Run.Session.Path() == kept && !r.s.Work.Busy() })
	failing := r.s.Status
	failing.SaveErr, failing.Err = ckpt.ErrDiskFull, ckpt.ErrDiskFull
	r.news(failing)
	if !r.note.Visible() || r.train.stopped.Visible() || r.message() != "not saved" {
		t.Errorf("the banner says %q, the Train page %q, the bar %q", r.note.text.Text, r.train.stopped.text.Text, r.message())
	}
	r.ask.save()
	r.until("it is saved", func() bool { return r.s.Status.SaveErr == nil })
	if r.note.Visible() || r.train.stopped.Visible() || r.message() != "finished" {
		t.Errorf("after saving the banner says %q, the Train page %q, the bar %q", r.note.text.Text, r.train.stopped.text.Text, r.message())
	}
}

// news has the studio tell of a status.
func (r *rig) news(s session.Status) {
	r.s.Status = s
	r.s.News.Emit(studio.News{Snapshot: session.Snapshot{Status: s}})
}
