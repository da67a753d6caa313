package judgepage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
)

// TestJudgeCourse measures every checkpoint once, shows how a number changed, and goes back to the
// best one.
func TestJudgeCourse(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	r.page.samples.SetSelected("500")
	c := r.page.course
	test.Tap(c.all)
	r.Until("the checkpoints are judged", func() bool { return !r.S.Work.Busy() && len(c.points) > 1 })
	if first, last := c.points[0], c.points[len(c.points)-1]; first.step != 0 || last.step != 40 || len(first.measures) == 0 {
		t.Fatalf("judged steps %d to %d", first.step, last.step)
	}
	c.metric.SetSelected(measureTitle("js"))
	if !strings.HasPrefix(c.best.Segment.Text, "Best of ") || c.goTo.Disabled() {
		t.Errorf("the page says %q", c.best.Segment.Text)
	}
	kept, err := r.S.Run.Session.Judgements()
	if err != nil || len(kept) != len(c.points) {
		t.Errorf("%d judgements are kept of %d, %v", len(kept), len(c.points), err)
	}
	c.bestStep = 0
	test.Tap(c.goTo)
	obeyed := false
	r.S.Run.Command(func() { r.S.Do(func() { obeyed = true }) }) // after what the answer might have asked for
	r.Until("the run has obeyed", func() bool { return obeyed })
	if want := []string{"Go back to step 0?"}; !slices.Equal(r.Host.Asked, want) || r.S.Status.Step != 40 {
		t.Fatalf("asks %q, want %q; is at step %d", r.Host.Asked, want, r.S.Status.Step)
	}
	r.Host.Yes = true
	test.Tap(c.goTo)
	r.Until("the run is back at its beginning", func() bool { return r.S.Status.Step == 0 })
	if again, err := r.S.Run.Session.Judgements(); err != nil || len(again) != len(kept) {
		t.Errorf("%d judgements after going back, %v; nothing is lost until training goes on", len(again), err)
	}
}

// TestOneCheckpoint states the number of the only checkpoint that was judged, which makes no line.
func TestOneCheckpoint(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	r.page.samples.SetSelected("500")
	c := r.page.course
	r.Until("it asks to judge", func() bool { return strings.HasPrefix(c.instead, "Press Judge the checkpoints") })
	test.Tap(r.page.start)
	r.Until("it is judged", func() bool { return r.page.report != nil })
	c.load()
	r.Until("its numbers are there", func() bool { return len(c.points) == 1 })
	c.metric.SetSelected(measureTitle("modes"))
	modes := r.page.report.Measures[0]
	want := fmt.Sprintf("Modes found: %.0f at step 40 (real data: %.0f).\nPress Judge the checkpoints to see how it changed.", modes.Value, modes.Perfect)
	if modes.Name != "modes" || c.instead != want {
		t.Errorf("of %+v the page says %q, want %q", modes, c.instead, want)
	}
}
