package app

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/engine/doctor"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// slowRecipe learns so slowly that the doctor says so.
const slowRecipe = `
name = "slow"
data = "moons"
batch = 16
steps = 700
latent = 2
[g]
layers = ["linear 16", "relu", "linear 2"]
init = "kaiming"
lr = 1e-7
[d]
layers = ["linear 16", "relu", "linear 1"]
init = "kaiming"
lr = 1e-7
`

func (r *rig) finding(k doctor.Kind) *doctor.Finding {
	if r.train.doctor.report == nil {
		return nil
	}
	i := slices.IndexFunc(r.train.doctor.report.Findings, func(f doctor.Finding) bool { return f.Kind == k })
	if i < 0 {
		return nil
	}
	return &r.train.doctor.report.Findings[i]
}

// TestDoctorInTheWindow: a finding is shown by the light, in words and on a chart; its button
// changes the run, and undo takes that back.
func TestDoctorInTheWindow(t *testing.T) {
	r := readyRig(t, slowRecipe)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 700 && !r.s.Status.Running })
	r.until("the doctor has spoken", func() bool { return r.finding(doctor.RateTooLow) != nil })
	if h, word := diagnosis(r.train.doctor.report); h != widgets.HealthWarning || word != doctor.RateTooLow.Title() {
		t.Errorf("the light is %d and says %q", h, word)
	}
	f := r.finding(doctor.RateTooLow)
	card := r.train.doctor.cards[f.Kind]
	if card == nil || card.sees.Text != f.Sees || !strings.Contains(card.evidence.segment.Text, "Steps ") || len(card.buttons.Objects) != len(f.Remedies) {
		t.Fatalf("the card is %+v", card)
	}
	marks := r.train.doctor.marksOf(doctor.RateTooLow)
	if len(marks) != 1 || marks[0].To <= marks[0].X || marks[0].To > 700 {
		t.Errorf("marks are %+v, want a range of steps", marks)
	}
	r.show(pageData)
	r.transport.OnHealth()
	if r.page != pageTrain {
		t.Error("the light does not lead to the Train page")
	}
	test.Tap(card.buttons.Objects[0].(*widgets.Themed).Content.(*widgets.TippedButton))
	r.until("the run has the change", func() bool {
		return slices.ContainsFunc(r.s.Run.Session.History().Events, func(e session.Event) bool { return e.Kind == "set" && strings.Contains(e.Text, "g.lr = 1e-06") })
	})
	obeyed := false
	r.s.Run.Command(func() { r.s.Do(func() { obeyed = true }) }) // after those of the change
	r.until("the window shows the change", func() bool { return obeyed })
	if r.finding(doctor.RateTooLow) == nil {
		t.Error("the doctor forgets what it has seen where a change is made")
	}
	if r.s.Plan.Now().G.LR != 1e-6 || r.s.Run.Recipe.D.LR != 1e-6 || r.s.Differs {
		t.Errorf("rates are %g and %g, another run %v", r.s.Plan.Now().G.LR, r.s.Run.Recipe.D.LR, r.s.Differs)
	}
	r.s.Plan.Undo()
	r.until("it is taken back", func() bool { return r.s.Run.Session.Recipe().G.LR == 1e-7 })
}

// TestRemedyInANewRun: what a run cannot take while it goes on asks first, and then starts another.
func TestRemedyInANewRun(t *testing.T) {
	r := readyRig(t, slowRecipe)
	r.ask.train()
	r.until("it trains", func() bool { return r.s.Status.Step > 0 })
	m := doctor.Remedy{Title: "Leaky units", Changes: []doctor.Change{{Key: "g.layers", Value: "linear 16, lrelu 0.2, linear 2"}}}
	r.train.doctor.apply(m)
	if text := r.dialogText(); !strings.Contains(text, "Generator, layer 2: Leaky ReLU 0.2 instead of ReLU") || !strings.Contains(text, "stays in the project") {
		t.Errorf("asks %q", text)
	}
	first := r.s.Run.Session
	test.Tap(r.button("Start a new run"))
	r.until("the new run is trained", func() bool {
		return r.s.Run != nil && slices.Contains(r.s.Run.Recipe.G.Layers, "lrelu 0.2") && r.s.Status.Step == 700 && !r.s.Status.Running
	})
	if r.s.Run.Session != first {
		t.Error("the new run is not in the same project")
	}
}
