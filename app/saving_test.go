package app

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
	"ganvas/widgets"
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
	if !r.note.Visible() || !strings.Contains(r.note.Text.Text, "disk is full") || r.report.message() != "not saved" {
		t.Errorf("says %q, visible %t; at the end of the bar %q", r.note.Text.Text, r.note.Visible(), r.report.message())
	}
	r.note.Clear()
	say(failing)
	if r.note.Visible() {
		t.Error("the banner comes back after it was closed")
	}
	failing.Running = false
	say(failing)
	var titles []string
	for _, o := range r.noteButtons() {
		titles = append(titles, o.Text)
	}
	if got := strings.Join(titles, ", "); got != "Try again, Save as…" {
		t.Errorf("offers %s", got)
	}
	test.Tap(r.noteButtons()[0])
	r.until("it is saved", func() bool { return r.s.Status.SaveErr == nil })
	if r.note.Visible() || r.report.message() == "not saved" {
		t.Errorf("after saving the banner says %q", r.note.Text.Text)
	}
	say(failing)
	failing.SaveErr = nil
	say(failing)
	if r.note.Visible() {
		t.Error("the banner stays although saving works again")
	}
}

// news has the studio tell of a status.
func (r *rig) news(s session.Status) {
	r.s.Status = s
	r.s.News.Emit(studio.News{Snapshot: session.Snapshot{Status: s}})
}

// TestPauseNotSaved saves by the menu what a full disk refused at a pause: the banner says it and
// is silent after that.
func TestPauseNotSaved(t *testing.T) {
	r := finished(t)
	kept := filepath.Join(t.TempDir(), "kept.ganvas")
	r.s.Projects.SaveAs(r.s.Run, kept)
	r.until("it has a place", func() bool { return r.s.Run.Session.Path() == kept && !r.s.Work.Busy() })
	failing := r.s.Status
	failing.SaveErr, failing.Err = ckpt.ErrDiskFull, ckpt.ErrDiskFull
	r.news(failing)
	if !r.note.Visible() || r.report.message() != "not saved" {
		t.Errorf("the banner says %q, the bar %q", r.note.Text.Text, r.report.message())
	}
	r.ask.save()
	r.until("it is saved", func() bool { return r.s.Status.SaveErr == nil })
	if r.note.Visible() || r.report.message() != "finished" {
		t.Errorf("after saving the banner says %q, the bar %q", r.note.Text.Text, r.report.message())
	}
}

// noteButtons are the buttons of the banner that say something.
func (r *rig) noteButtons() []*widgets.TippedButton {
	return slices.DeleteFunc(uitest.FindAll[*widgets.TippedButton](r.note), func(b *widgets.TippedButton) bool { return b.Text == "" })
}
