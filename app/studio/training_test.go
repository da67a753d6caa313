package studio

import (
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/engine/session"
)

// start has a session do something and fails where it cannot.
func (r *rig) start(how How) {
	r.t.Helper()
	if got := r.Training.Start(how); got != Started {
		r.t.Fatalf("starting answers %d, %q", got, r.Reason)
	}
}

// TestTrainOnAfterTheEnd: a run that has done all of its steps goes on once the plan has more.
func TestTrainOnAfterTheEnd(t *testing.T) {
	r := trained(t)
	if got := r.Training.Start((*session.Session).Train); got != AllDone {
		t.Fatalf("after all steps: %d", got)
	}
	longer := r.Plan.Now().Clone()
	longer.Steps = 80
	r.Plan.Edit(longer, "Train on", false)
	if r.Differs {
		t.Error("more steps are another run")
	}
	r.until("the run has the steps", func() bool { return r.Status.Steps == 80 })
	r.start((*session.Session).Train)
	r.until("it has gone on", func() bool { return r.Status.Step == 80 && !r.Status.Running })
}

func TestSingleSteps(t *testing.T) {
	r := ready(t, apptest.Points)
	toldToWork := 0
	r.SetToWork.On(func(None) { toldToWork++ })
	r.start((*session.Session).StepBoth)
	r.until("one step is done", func() bool { return r.Status.Step == 1 && !r.Status.Running })
	if toldToWork != 1 {
		t.Errorf("told %d times that a run is set to work, want 1", toldToWork)
	}
	r.start((*session.Session).StepD)
	r.until("it has run", func() bool { return !r.Status.Running && len(r.Run.Session.History().Step) > 1 })
	if toldToWork != 2 {
		t.Errorf("told %d times that a run is set to work, want 2", toldToWork)
	}
}

// TestEditedRunStartsAnew trains a plan that the run cannot take as a new run of its project, and
// gives another one up.
func TestEditedRunStartsAnew(t *testing.T) {
	r := trained(t)
	first := r.Run.Session
	edit := func(batch int) {
		t.Helper()
		other := r.Plan.Now().Clone()
		other.Batch = batch
		r.Plan.Edit(other, "Change batch", true)
		if !r.Differs {
			t.Fatal("another batch is not another run")
		}
	}
	edit(8)
	if got := r.Training.Start((*session.Session).Train); got != Started {
		t.Fatalf("with another batch: %d", got)
	}
	r.until("the new run is trained", func() bool { return r.Run.Recipe.Batch == 8 && r.Status.Step == 40 && !r.Status.Running })
	if r.Run.Session != first || r.Differs {
		t.Error("the new run is not in the same project")
	}
	edit(4)
	r.Plan.Edit(r.Run.Recipe.Clone(), "Back to the run's recipe", false)
	if r.Plan.Now().Batch != 8 || r.Differs {
		t.Errorf("the plan has a batch of %d, want the run's 8", r.Plan.Now().Batch)
	}
	if got := r.Training.Start((*session.Session).Train); got != AllDone {
		t.Errorf("back at the run's recipe: %d, want all done", got)
	}
}

// TestGoingBackLosesNothing: training from a step that the run went back to asks first, and a branch
// keeps what came after. A different plan loses nothing, and is not asked about.
func TestGoingBackLosesNothing(t *testing.T) {
	r := trained(t)
	longer := r.Plan.Now().Clone()
	longer.Steps = 80
	r.Plan.Edit(longer, "Train on", false)
	r.until("the run has the steps", func() bool { return r.Status.Steps == 80 })
	r.Run.Command(func() {
		if err := r.Run.Session.Save(); err != nil {
			t.Error(err)
		}
	})
	r.start((*session.Session).Train)
	r.until("it has gone on", func() bool { return r.Status.Step == 80 && !r.Status.Running })
	r.Run.Command(func() {
		if err := r.Run.Session.GoTo(40); err != nil {
			t.Error(err)
		}
	})
	r.until("it went back", func() bool { return r.Status.Step == 40 && r.Status.Ahead == 80 })
	if got := r.Training.Start((*session.Session).Train); got != LosesSteps || !strings.Contains(r.Training.LossText(), "up to step 80") {
		t.Fatalf("from a step before others: %d, %q", got, r.Training.LossText())
	}
	r.Training.Branch((*session.Session).Train)
	r.until("the branch is trained", func() bool {
		return r.Run.Session.RunID() == 2 && r.Status.Step == 80 && !r.Status.Running && !r.Work.Busy()
	})
	list, err := r.Run.Session.File().Checkpoints(1)
	if err != nil || len(list) == 0 || list[len(list)-1].Step != 80 {
		t.Errorf("the run before has %+v, error %v", list, err)
	}
	if runs, err := r.Run.Session.Runs(); err != nil || len(runs) != 2 || runs[1].Parent != 1 || runs[1].FromStep != 40 {
		t.Errorf("runs %+v, error %v", runs, err)
	}
}
