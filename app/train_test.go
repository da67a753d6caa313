package app

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/engine/session"
)

func TestTrainShowsSnapshots(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.show(pageBuild)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.run != nil && r.status.Step == 40 && !r.status.Running })
	r.until("its points are shown", func() bool { return r.train.shownPoints != nil && r.train.shownPoints.Step == 40 })
	if r.page != pageTrain {
		t.Errorf("shows page %d, want Train", r.page)
	}
	if !r.run.session.Draft() || !strings.Contains(r.window.Title(), "•") {
		t.Errorf("the title of a draft is %q", r.window.Title())
	}
	if len(r.run.session.History().Step) == 0 {
		t.Error("nothing for the charts")
	}
	r.train.set("g.lr", "0.001")
	r.until("the change has reached the run", func() bool {
		return slices.ContainsFunc(r.run.session.History().Events, func(e session.Event) bool { return strings.Contains(e.Text, "g.lr") })
	})
	if r.plan.now.G.LR != 0.001 || r.planned {
		t.Errorf("the plan has a rate of %g and is another run: %v", r.plan.now.G.LR, r.planned)
	}
}

func TestTrainOnAfterTheEnd(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
	r.trainPressed()
	test.Tap(r.button("Train"))
	r.until("it has gone on", func() bool { return r.status.Step == 80 && !r.status.Running })
}

func TestSingleSteps(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.transport.OnStepBoth()
	r.until("one step is done", func() bool { return r.status.Step == 1 && !r.status.Running })
	r.transport.OnStepD()
	r.until("it has run", func() bool { return r.run != nil && !r.status.Running && len(r.run.session.History().Step) > 1 })
}

func TestEditedRunStartsAnew(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
	first := r.run.session
	r.build.set("batch", "8")
	if !r.planned {
		t.Fatal("another batch is not another run")
	}
	r.trainPressed()
	if !strings.Contains(r.dialogText(), "Batch: 8 instead of 16") {
		t.Errorf("asks %q", r.dialogText())
	}
	test.Tap(r.button("Start a new run"))
	r.until("the new run is trained", func() bool { return r.run.recipe.Batch == 8 && r.status.Step == 40 && !r.status.Running })
	if r.run.session != first || r.planned {
		t.Error("the new run is not in the same project")
	}
	r.build.set("batch", "4")
	r.trainPressed()
	test.Tap(r.button("Go on as it was"))
	if r.plan.now.Batch != 8 {
		t.Errorf("the plan has a batch of %d, want the run's 8", r.plan.now.Batch)
	}
}
