package app

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/engine/session"
)

func TestTrainShowsSnapshots(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.show(pageBuild)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Run != nil && r.s.Status.Step == 40 && !r.s.Status.Running })
	r.until("its points are shown", func() bool { return r.train.shownPoints != nil && r.train.shownPoints.Step == 40 })
	if r.page != pageTrain {
		t.Errorf("shows page %d, want Train", r.page)
	}
	if !r.s.Run.Session.Draft() || !strings.Contains(r.desk.Win.Title(), "•") {
		t.Errorf("the title of a draft is %q", r.desk.Win.Title())
	}
	if len(r.s.Run.Session.History().Step) == 0 {
		t.Error("nothing for the charts")
	}
	r.train.set("g.lr", "0.001")
	r.until("the change has reached the run", func() bool {
		return slices.ContainsFunc(r.s.Run.Session.History().Events, func(e session.Event) bool { return strings.Contains(e.Text, "g.lr") })
	})
	if r.s.Plan.Now().G.LR != 0.001 || r.s.Differs {
		t.Errorf("the plan has a rate of %g and is another run: %v", r.s.Plan.Now().G.LR, r.s.Differs)
	}
}

func TestTrainOnAfterTheEnd(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	r.ask.train()
	test.Tap(r.button("Train"))
	r.until("it has gone on", func() bool { return r.s.Status.Step == 80 && !r.s.Status.Running })
}

func TestSingleSteps(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.transport.OnStepBoth()
	r.until("one step is done", func() bool { return r.s.Status.Step == 1 && !r.s.Status.Running })
	r.transport.OnStepD()
	r.until("it has run", func() bool { return r.s.Run != nil && !r.s.Status.Running && len(r.s.Run.Session.History().Step) > 1 })
}

func TestEditedRunStartsAnew(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	first := r.s.Run.Session
	r.build.set("batch", "8")
	if !r.s.Differs {
		t.Fatal("another batch is not another run")
	}
	r.ask.train()
	if !strings.Contains(r.dialogText(), "Batch: 8 instead of 16") {
		t.Errorf("asks %q", r.dialogText())
	}
	test.Tap(r.button("Start a new run"))
	r.until("the new run is trained", func() bool { return r.s.Run.Recipe.Batch == 8 && r.s.Status.Step == 40 && !r.s.Status.Running })
	if r.s.Run.Session != first || r.s.Differs {
		t.Error("the new run is not in the same project")
	}
	r.build.set("batch", "4")
	r.ask.train()
	test.Tap(r.button("Go on as it was"))
	if r.s.Plan.Now().Batch != 8 {
		t.Errorf("the plan has a batch of %d, want the run's 8", r.s.Plan.Now().Batch)
	}
}
