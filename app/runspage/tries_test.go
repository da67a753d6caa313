package runspage

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui/uitest"
	"ganvas/engine/session"
	"ganvas/engine/trials"
)

// newTriesRig shows the page with a plan of points that is ready to be trained.
func newTriesRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{uitest.Start(t, nil), t, nil}
	r.page = New(r.S, r.Host)
	r.Show(r.page)
	r.Ready(apptest.Points)
	return r
}

// choose fills the form.
func (r *rig) choose(key, values, steps string) {
	f := r.page.tries
	f.axes[0].key.SetSelected(titles.OfPlayer(key))
	f.axes[0].values.SetText(values)
	f.steps.SetText(steps)
}

// TestTryValues tries two values beside a run that is open and trains: the table fills, the best is
// marked, and the run that is open stays so.
func TestTryValues(t *testing.T) {
	r := newTriesRig(t)
	r.Train()
	r.Until("it is trained", func() bool { return r.S.Status.Step == 40 && !r.S.Status.Running })
	r.choose("r1", "0, 0.5", "30")
	if got := r.page.tries.about.Segment.Text; !strings.HasPrefix(got, "2 runs of 30 steps each: about ") {
		t.Errorf("the form says %q", got)
	}
	test.Tap(r.page.tries.start)
	r.Until("all is tried", func() bool { return !r.S.Trials.Running && r.S.Trials.Done() == 2 })
	if got := r.page.tries.status.Text; got != "All 2 runs are done" || !r.page.tries.pause.Disabled() {
		t.Errorf("says %q", got)
	}
	best := 0
	for _, cells := range r.page.tries.table.cells {
		if cells[len(cells)-1].Text == "★ best" {
			best++
		}
	}
	if best != 1 {
		t.Errorf("%d runs are marked as the best", best)
	}
	r.Until("the list has them", func() bool { return len(r.page.table.lines) == 3 })
	if r.S.Run.Session.RunID() != 1 || r.S.Plan.Now().R1 != r.S.Run.Recipe.R1 {
		t.Error("another run is open")
	}
	test.Tap(r.page.tries.stop)
	if r.S.Trials.Plan != nil || !r.page.tries.table.empty.Visible() {
		t.Error("what was tried is not forgotten")
	}
}

// TestTryStopped ends what is tried while it runs: the run that was begun stays.
func TestTryStopped(t *testing.T) {
	r := newTriesRig(t)
	r.choose("r1", "0, 0.5", "100000")
	test.Tap(r.page.tries.start)
	r.Until("the first is trained", func() bool { return len(r.S.Trials.Results) == 2 && r.S.Trials.Results[0].Step > 0 })
	if got := r.page.tries.stop.Text; got != "Stop" {
		t.Errorf("the button says %q", got)
	}
	test.Tap(r.page.tries.stop)
	r.Until("nothing is tried any more", func() bool { return !r.S.Trials.Running && r.S.Trials.Plan == nil })
	r.Until("the list has the run", func() bool { return len(r.page.table.lines) >= 1 })
}

// TestTriedDeleted deletes a run that was tried: the table says it no more, until it is back.
func TestTriedDeleted(t *testing.T) {
	r := newTriesRig(t)
	r.Train()
	r.Until("it is trained", func() bool { return r.S.Status.Step == 40 && !r.S.Status.Running })
	r.choose("r1", "0, 0.5", "30")
	test.Tap(r.page.tries.start)
	r.Until("all is tried", func() bool { return !r.S.Trials.Running && r.S.Trials.Done() == 2 })
	gone := r.S.Trials.Results[0].Run
	r.S.Runs.Delete([]int64{gone}, func([]int64) {})
	r.Until("the table has it no more", func() bool { return r.S.Trials.Results[0].Run == 0 })
	if got := r.page.tries.status.Text; got != "Paused: 1 of 2 runs are done" || r.page.tries.pause.Text != "Continue" {
		t.Errorf("says %q, and the button %q", got, r.page.tries.pause.Text)
	}
	r.S.Runs.Restore([]int64{gone})
	r.Until("the table has it again", func() bool { return r.S.Trials.Results[0].Run == gone && r.S.Trials.Done() == 2 })
}

// TestTryRefused says in the form what is wrong, before anything is trained.
func TestTryRefused(t *testing.T) {
	r := newTriesRig(t)
	for _, c := range []struct{ values, steps, part string }{
		{"fast", "30", "must be a number"},
		{"0.1, 0.1", "30", "stands there twice"},
		{"-1, 1", "30", "R1 penalty"},
		{"0.1, 1", "none", "Steps: type a whole number above 0"},
	} {
		r.choose("r1", c.values, c.steps)
		if got := r.page.tries.about.Segment.Text; !strings.Contains(got, c.part) || !r.page.tries.start.Disabled() {
			t.Errorf("%s, %s: the form says %q, want %q", c.values, c.steps, got, c.part)
		}
	}
}

// TestTryPaused pauses, closes the project, and goes on in it after opening it again.
func TestTryPaused(t *testing.T) {
	r := newTriesRig(t)
	r.choose("r1", "0, 0.5", "100000")
	test.Tap(r.page.tries.start) // nothing is open: a draft is made
	r.Until("the first is trained", func() bool { return len(r.S.Trials.Results) == 2 && r.S.Trials.Results[0].Step > 0 })
	run := r.S.Trials.Results[0].Run
	r.S.Projects.Open(openingOf(r, run))
	r.Until("that it cannot be opened is said", func() bool { return len(r.Host.Failed) == 1 })
	if got := r.Host.Failed[0].Error(); !strings.Contains(got, "is being trained beside this one") {
		t.Errorf("says %q", got)
	}
	r.Host.Failed = nil
	test.Tap(r.page.tries.pause)
	r.Until("it pauses", func() bool { return !r.S.Trials.Running })
	at := r.S.Trials.Results[0].Step
	if got := r.page.tries.pause.Text; at == 0 || got != "Continue" || r.S.Trials.Results[0].State != trials.Waiting {
		t.Errorf("paused at step %d, and the button says %q", at, got)
	}
	test.Tap(r.page.tries.pause)
	r.Until("it goes on", func() bool { return r.S.Trials.Running && r.S.Trials.Results != nil && r.S.Trials.Results[0].Step > at })
	path := r.S.Run.Session.Path()
	r.S.Projects.New(nil) // while it trains
	r.Until("the project is closed", func() bool { return r.S.Run == nil && !r.S.Work.Busy() })
	s, err := session.Open(t.Context(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	results, err := trials.Results(s.File(), mustKept(t, s), s.Data().Info().Kind)
	if err != nil || results[0].Step <= at || results[1].Run != 0 {
		t.Errorf("kept are %+v, error %v", results, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// mustKept returns what is tried in a project.
func mustKept(t *testing.T, s *session.Session) *trials.Plan {
	t.Helper()
	p, err := trials.Kept(s.File())
	if err != nil || p == nil {
		t.Fatalf("nothing is kept, error %v", err)
	}
	return p
}

// openingOf is the opening of a run of the project that is open.
func openingOf(r *rig, run int64) studio.Opening {
	return studio.Opening{Path: r.S.Run.Session.Path(), Run: run}
}
