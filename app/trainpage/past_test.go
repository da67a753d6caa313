package trainpage

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/engine/session"
)

// marked waits until the moments of the run are there with their pictures.
func (r *rig) marked(n int) {
	r.Until("the time line has its moments", func() bool {
		list := r.S.TimeLine.Moments
		return len(list) >= n && (list[len(list)-1].Thumb != nil || len(list[len(list)-1].Points) > 0)
	})
}

// drag drags the time line in the window to a share of its width.
func (r *rig) drag(share float32) {
	bar := r.page.time.bar.Bar().(fyne.CanvasObject)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(bar)
	size := bar.Size()
	test.Drag(r.Host.Window().Canvas(), at.AddXY(21+share*(size.Width-42), size.Height/2), 3, 0)
}

// TestLookBack drags the time line of a run of points to its beginning: plane, words, numbers and
// charts are of that step, and Now leads back to the newest.
func TestLookBack(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	r.marked(2)
	r.Until("the charts have the run", func() bool { return len(r.page.charts.shown.Step) > 0 })
	if uitest.Button(r.page.Content(), "Now").(fyne.Disableable).Disabled() != true {
		t.Error("at the newest step Now can be pressed")
	}
	r.drag(0)
	if r.S.TimeLine.At != 0 {
		t.Fatalf("looks at step %d, want 0", r.S.TimeLine.At)
	}
	r.Until("its points show", func() bool { return r.points().shown != nil && r.points().shown.Step == 0 })
	if got, want := r.page.status.title.Text, "The past: step 0 of 40"; got != want {
		t.Errorf("the numbers are called %q, want %q", got, want)
	}
	if got := r.page.picture.caption.Segment.Text; !strings.HasPrefix(got, "Step 0") {
		t.Errorf("below the points stands %q", got)
	}
	h := r.page.charts.shown
	if got, want := r.page.status.lines[0].Text, valueAt(h, "loss_d", 0); got != want || got == "–" {
		t.Errorf("the loss of D is %q, want %q", got, want)
	}
	if c := r.page.time.branch; c.Disabled() {
		t.Error("one cannot continue from a step of the past")
	}
	test.Tap(uitest.Button(r.page.Content(), "Now"))
	r.Until("the newest shows", func() bool { return r.points().shown.Step == 40 })
	if r.page.status.title.Text != "This run" || r.page.status.lines[0].Text != "40 of 40" || !r.page.time.branch.Disabled() {
		t.Errorf("now says %q: %q", r.page.status.title.Text, r.page.status.lines[0].Text)
	}
}

// TestLookBackWhileTraining: the news of a run that goes on do not cover what is looked at, and after
// Now the newest shows.
func TestLookBackWhileTraining(t *testing.T) {
	r := ready(t, strings.Replace(apptest.Digits, "steps = 6", "steps = 0", 1))
	r.S.Training.Start((*session.Session).Train)
	r.Until("it trains", func() bool { return r.S.Status.Running && r.S.Status.Step > 3 })
	r.marked(1)
	r.S.TimeLine.Look(0)
	r.Until("the first sheet shows", func() bool { return r.sheet().shown != nil && r.sheet().shown.Step == 0 })
	before := r.S.Status.Step
	r.Until("news have come", func() bool {
		return r.S.Status.Step > before+5 && r.page.live.Sheet != nil && r.page.live.Sheet.Step > before
	})
	if got := r.sheet().shown.Step; got != 0 || !r.S.Status.Running {
		t.Errorf("step %d shows, want 0; it trains: %t", got, r.S.Status.Running)
	}
	if got := r.page.status.title.Text; !strings.HasPrefix(got, "The past: step 0 of ") {
		t.Errorf("the numbers are called %q", got)
	}
	r.S.TimeLine.Now()
	if got := r.sheet().shown.Step; got <= before {
		t.Errorf("after Now step %d shows", got)
	}
	r.S.Training.Pause()
	r.Until("it is paused", func() bool { return !r.S.Status.Running })
}

// TestRunReplacedWhileDragging starts another run while the time line is dragged: it shows the new
// one, and nothing of the step that was looked at.
func TestRunReplacedWhileDragging(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	r.marked(2)
	turn := r.S.TimeLine.Turn
	r.S.TimeLine.Look(0)
	r.Ready(strings.Replace(apptest.Points, "batch = 16", "batch = 8", 1))
	r.S.Training.Replace((*session.Session).StepBoth)
	r.Until("the other run is there", func() bool { return r.S.Status.Step == 1 && !r.S.Work.Busy() && r.S.TimeLine.Turn > turn })
	r.Until("its points show", func() bool { return r.points().shown != nil && r.points().shown.Step == 1 })
	if r.S.TimeLine.Past() || r.page.status.title.Text != "This run" {
		t.Errorf("looks at step %d, says %q", r.S.TimeLine.At, r.page.status.title.Text)
	}
	r.marked(1)
	for _, m := range r.S.TimeLine.Moments {
		if m.Step > 1 {
			t.Errorf("the time line has step %d of the run before", m.Step)
		}
	}
}

// TestNoMoments: without a run the time line says what will be there, and cannot be dragged.
func TestNoMoments(t *testing.T) {
	r := ready(t, apptest.Points)
	r.drag(0)
	if r.S.TimeLine.Past() || !r.page.time.branch.Disabled() {
		t.Error("without a run there is a past")
	}
}

// TestRelatives: the course of the run that a branch comes from is on its charts.
func TestRelatives(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	r.marked(2)
	r.S.TimeLine.Plan(0, func(plan session.BranchPlan) { r.S.TimeLine.Branch(r.S.Run, plan) })
	r.Until("the branch is open", func() bool { return r.S.Run.Session.RunID() == 2 && !r.S.Work.Busy() })
	r.Until("its relatives are there", func() bool { return len(r.S.TimeLine.Relatives) == 1 })
	lines := with(r.S.TimeLine.Relatives, []string{"loss_d"})
	if len(lines) != 1 || lines[0].Name != "D, run 1" || !lines[0].Thin || lines[0].X[len(lines[0].X)-1] != 39 {
		t.Errorf("beside the branch are %+v, want the loss of D of run 1 up to step 39", lines)
	}
	if m := branchMarks(r.S.TimeLine.Relatives); len(m) != 1 || m[0].X != 0 || m[0].Text != "parts from run 1" {
		t.Errorf("marks %+v", m)
	}
	r.S.Projects.Open(studio.Opening{Path: r.S.Run.Session.Path(), Run: 1})
	r.Until("the first run is open", func() bool { return r.S.Run.Session.RunID() == 1 && !r.S.Work.Busy() })
	r.Until("the branch is its relative", func() bool { return len(r.S.TimeLine.Relatives) == 1 && r.S.TimeLine.Relatives[0].Run.ID == 2 })
}

func TestValueAt(t *testing.T) {
	nan := math.NaN()
	h := session.History{Columns: []string{"a"}, Step: []float64{0, 10, 20}, Min: [][]float64{{1, 2, nan}}, Max: [][]float64{{1, 2.5, nan}}}
	for _, c := range []struct {
		column string
		step   int64
		want   string
	}{{"a", 0, "1"}, {"a", 10, "2 to 2.5"}, {"a", 19, "2 to 2.5"}, {"a", 25, "–"}, {"b", 0, "–"}} {
		if got := valueAt(h, c.column, c.step); got != c.want {
			t.Errorf("%s at step %d: %q, want %q", c.column, c.step, got, c.want)
		}
	}
	if got := valueAt(session.History{}, "a", 3); got != "–" {
		t.Errorf("of no run %q", got)
	}
}
