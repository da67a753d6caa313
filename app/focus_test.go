package app

import (
	"os"
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// typed presses a key as the driver does: for what has the keyboard, or else for the window.
func (r *rig) typed(name fyne.KeyName) {
	c, e := r.desk.Win.Canvas(), &fyne.KeyEvent{Name: name}
	if f := c.Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	c.OnTypedKey()(e)
}

// TestSpaceTrainsWhereverTheMouseWas presses Space after a click on the picture, as people do, and
// in an entry, which keeps it.
func TestSpaceTrainsWhereverTheMouseWas(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	r.show(pageExplore)
	p := r.explore
	r.until("a picture shows", func() bool { return p.ready && p.pins.current != nil })
	r.train.set("steps", "100000")
	r.until("there are steps left", func() bool { return r.s.Status.Steps == 100000 })
	c := r.desk.Win.Canvas()
	c.Focus(p.seed)
	r.typed(fyne.KeySpace)
	if r.s.Status.Running {
		t.Error("a space typed into an entry trains")
	}
	pad := r.loop.AbsolutePositionForObject(p.pad)
	test.TapCanvas(c, pad.AddXY(p.pad.Size().Width/2, p.pad.Size().Height/2))
	if c.Focused() != fyne.Focusable(p.pad) {
		t.Fatal("a click on the picture does not give it the keyboard")
	}
	z := slices.Clone(p.place.z)
	r.typed(fyne.KeyRight)
	if slices.Equal(z, p.place.z) {
		t.Error("the arrow keys do not move the picture")
	}
	r.typed(fyne.KeyHome)
	if !slices.Equal(p.trail.Now.home, p.place.z) {
		t.Error("Home does not lead back while the picture has the keyboard")
	}
	r.typed(fyne.KeySpace)
	r.until("it trains", func() bool { return r.s.Status.Running && r.s.Status.Step > 6 })
	r.typed(fyne.KeySpace)
	r.until("it pauses", func() bool { return !r.s.Status.Running })
	r.show(pageData)
	if f := c.Focused(); f != nil {
		t.Errorf("%T of the page that was left keeps the keyboard", f)
	}
	c.Focus(r.rail[pageBuild])
	r.typed(fyne.KeyReturn)
	if r.page != pageBuild || c.Focused() != fyne.Focusable(r.rail[pageBuild]) {
		t.Error("the rail loses the keyboard with the page it leads to")
	}
}

// TestDataPageShowsLabelsOfProject opens a project that was trained without labels where nothing
// shows them, and then the page that does.
func TestDataPageShowsLabelsOfProject(t *testing.T) {
	example, err := os.ReadFile(apptest.Project(t, apptest.Digits))
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Options{Example: example})
	r.started()
	r.until("the example is open", func() bool { return r.s.Run != nil && r.explore.ready })
	if n := len(r.s.Data.Set.Info().Labels); n != 0 {
		t.Fatalf("the session reads %d labels, want none", n)
	}
	r.show(pageData)
	if r.s.Reason != "" {
		t.Errorf("cannot train while labels are read: %s", r.s.Reason)
	}
	r.until("the labels are read", func() bool { return len(r.s.Data.Set.Info().Labels) == 10 })
	if notes := r.data.notes.segment.Text; !strings.HasSuffix(notes, "labels: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9") || r.s.Differs {
		t.Errorf("the notes are %q, the plan is another run: %v", notes, r.s.Differs)
	}
	set := r.s.Data.Set
	r.show(pageTrain)
	r.show(pageData)
	if r.s.Work.Busy() || r.s.Data.Set != set {
		t.Error("reads the labels again")
	}
}

// TestPresetKeepsItsHeight guards the select beside a text of several lines.
func TestPresetKeepsItsHeight(t *testing.T) {
	r := newRig(t, Options{})
	r.show(pageBuild)
	r.build.reason.set("first line\nsecond line\nthird line\nfourth line")
	r.build.box.Refresh()
	if got, want := r.build.preset.Size().Height, r.build.preset.MinSize().Height; got > want+4 { // as high as the label beside it
		t.Errorf("the select is %g high, want about %g", got, want)
	}
}
