package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
)

// TestTrainTurnsToItsPage trains on a page where nothing of it could be seen.
func TestTrainTurnsToItsPage(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.show(pageBuild)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	if r.page != pageTrain {
		t.Errorf("shows page %d, want Train", r.page)
	}
	if !r.s.Run.Session.Draft() || !strings.Contains(r.desk.Win.Title(), "•") {
		t.Errorf("the title of a draft is %q", r.desk.Win.Title())
	}
}

// TestAsksForMoreSteps: where all steps are done, training on asks for more of them.
func TestAsksForMoreSteps(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	r.ask.train()
	test.Tap(r.button("Train"))
	r.until("it has gone on", func() bool { return r.s.Status.Step == 80 && !r.s.Status.Running })
}

// TestSingleSteps steps by the buttons of the transport bar.
func TestSingleSteps(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.transport.OnStepBoth()
	r.until("one step is done", func() bool { return r.s.Status.Step == 1 && !r.s.Status.Running })
	r.transport.OnStepD()
	r.until("it has run", func() bool { return r.s.Run != nil && !r.s.Status.Running && len(r.s.Run.Session.History().Step) > 1 })
}

// TestStartsANewRun: a plan that the run cannot take is trained as a new one without a question, and
// the banner leads back.
func TestStartsANewRun(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	r.setBatch(8)
	r.ask.train()
	if r.desk.Modal() {
		t.Errorf("asks %q", r.dialogText())
	}
	r.until("the new run is trained", func() bool { return r.s.Run.Recipe.Batch == 8 && r.s.Status.Step == 40 && !r.s.Status.Running })
	if got := r.note.Text.Text; got != "This is a new run: batch 8 instead of 16. The run before, “tiny”, is kept in the project." {
		t.Errorf("the banner says %q", got)
	}
	test.Tap(uitest.Button(r.note, "Go back"))
	r.until("the run before is open", func() bool { return r.s.Run.Session.RunID() == 1 && r.s.Plan.Now().Batch == 16 && !r.s.Work.Busy() })
}

// TestAsksBeforeStepsAreLost: training from a step that the run went back to asks first.
func TestAsksBeforeStepsAreLost(t *testing.T) {
	r := finished(t)
	r.s.Run.Command(func() {
		if err := r.s.Run.Session.GoTo(0); err != nil {
			t.Error(err)
		}
	})
	r.until("it went back", func() bool { return r.s.Status.Ahead == 6 })
	r.ask.train()
	if !strings.Contains(r.dialogText(), "up to step 6") {
		t.Fatalf("asks %q", r.dialogText())
	}
	test.Tap(r.button("Make a branch"))
	r.until("the branch is trained", func() bool { return r.s.Run.Session.RunID() == 2 && r.s.Status.Step == 6 && !r.s.Status.Running })
}

// TestNotReadyIsSaid: where the plan cannot be trained, the banner says why.
func TestNotReadyIsSaid(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	broken := r.s.Plan.Now().Clone()
	broken.G.Layers = broken.G.Layers[:1]
	r.s.Plan.Edit(broken, "Remove layers", false)
	r.ask.train()
	if r.s.Status.Running || r.s.Run != nil || !r.note.Visible() || !strings.Contains(r.note.Text.Text, "The generator does not fit") {
		t.Errorf("the banner says %q", r.note.Text.Text)
	}
}

// TestLightLeadsToTheDoctor: the light at the end of the transport bar leads to the doctor's words.
func TestLightLeadsToTheDoctor(t *testing.T) {
	r := newRig(t, Options{})
	r.show(pageData)
	r.transport.OnHealth()
	if r.page != pageTrain {
		t.Error("the light does not lead to the Train page")
	}
}

// TestSheetLeadsToExplore: a picture of the contact sheet on the Train page is explored on the
// Explore page.
func TestSheetLeadsToExplore(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	r.show(pageTrain)
	const from = "picture 1 of the contact sheet"
	r.until("Explore has a generator", func() bool {
		r.train.OnExplore(make([]float32, 8), -1, -1, from)
		undo, _ := r.explore.EditLabels()
		return undo == "Picture 1 of the contact sheet"
	})
	if r.page != pageExplore {
		t.Errorf("shows page %d, want Explore", r.page)
	}
}
