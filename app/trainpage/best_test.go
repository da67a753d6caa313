package trainpage

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/engine/session"
)

// TestBestStep keeps the best step by a number that is chosen, and looks at it.
func TestBestStep(t *testing.T) {
	r := ready(t, apptest.Points)
	b := r.page.best
	if b.box.Visible() {
		t.Error("without a run a best step is chosen")
	}
	r.Train()
	r.Until("it is trained", func() bool { return !r.S.Status.Running && r.S.Status.Step > 0 })
	r.Until("there is a choice", func() bool { return b.box.Visible() && len(b.by.Options) > 2 })
	if b.by.Selected != noBest || b.look.Visible() {
		t.Errorf("%q is chosen, to be looked at: %v", b.by.Selected, b.look.Visible())
	}
	b.by.SetSelectedIndex(1)
	r.Until("it is chosen", func() bool { return r.S.Run.Session.BestBy() == r.S.Run.Session.BestMetrics()[0] })
	r.Until("the panel says so", func() bool { return strings.Contains(b.about.Segment.Text, "still to come") })
	r.S.Training.GoOn(func(x *session.Session) { x.TrainUntil(60) })
	r.Until("a best step is said", func() bool { return strings.Contains(b.about.Segment.Text, "at step") && b.look.Visible() })
	test.Tap(b.look)
	if r.S.TimeLine.At != b.step {
		t.Errorf("step %d is looked at, the best is %d", r.S.TimeLine.At, b.step)
	}
	b.by.SetSelected(noBest)
	r.Until("none is kept", func() bool { return r.S.Run.Session.BestBy() == "" })
	if got := uitest.Cut(r.page.Content()); len(got) > 0 {
		t.Errorf("%d parts are cut", len(got))
	}
}
