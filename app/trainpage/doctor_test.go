package trainpage

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/studio"
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
	if r.page.doctor.report == nil {
		return nil
	}
	i := slices.IndexFunc(r.page.doctor.report.Findings, func(f doctor.Finding) bool { return f.Kind == k })
	if i < 0 {
		return nil
	}
	return &r.page.doctor.report.Findings[i]
}

// TestFindingAndRemedy: a finding is shown by the light, in words and on a chart; its button
// changes the run, and undo takes that back.
func TestFindingAndRemedy(t *testing.T) {
	r := ready(t, slowRecipe)
	r.Train()
	r.Until("the doctor has spoken", func() bool { return r.finding(doctor.RateTooLow) != nil })
	if h, word := r.page.Diagnosis(); h != widgets.HealthWarning || word != doctor.RateTooLow.Title() {
		t.Errorf("the light is %d and says %q", h, word)
	}
	f := r.finding(doctor.RateTooLow)
	card := r.page.doctor.cards[f.Kind]
	if card == nil || card.sees.Text != f.Sees || !strings.Contains(card.evidence.Segment.Text, "Steps ") || len(card.buttons.Objects) != len(f.Remedies) {
		t.Fatalf("the card is %+v", card)
	}
	marks := r.page.doctor.marksOf(doctor.RateTooLow)
	if len(marks) != 1 || marks[0].To <= marks[0].X || marks[0].To > 700 {
		t.Errorf("marks are %+v, want a range of steps", marks)
	}
	r.page.side.ScrollToBottom()
	if r.page.side.Offset == (fyne.Position{}) {
		t.Fatal("the doctor's words cannot be scrolled away")
	}
	r.page.ShowDoctor()
	if got := r.page.side.Offset; got != (fyne.Position{}) {
		t.Errorf("the light leads to %v below the doctor's words", got)
	}
	test.Tap(card.buttons.Objects[0].(*widgets.Themed).Content.(*widgets.TippedButton))
	r.Until("the run has the change", func() bool {
		return slices.ContainsFunc(r.S.Run.Session.History().Events, func(e session.Event) bool {
			return e.Kind == "set" && strings.Contains(e.Text, "g.lr = 1e-06")
		})
	})
	if !strings.HasPrefix(r.Said.Text, "Changed: ") || len(r.Said.Choices) != 1 {
		t.Errorf("says %+v of the change", r.Said)
	}
	obeyed := false
	r.S.Run.Command(func() { r.S.Do(func() { obeyed = true }) }) // after those of the change
	r.Until("the page shows the change", func() bool { return obeyed })
	if r.finding(doctor.RateTooLow) == nil {
		t.Error("the doctor forgets what it has seen where a change is made")
	}
	if r.S.Plan.Now().G.LR != 1e-6 || r.S.Run.Recipe.D.LR != 1e-6 || r.S.Differs {
		t.Errorf("rates are %g and %g, another run %v", r.S.Plan.Now().G.LR, r.S.Run.Recipe.D.LR, r.S.Differs)
	}
	r.S.Plan.Undo()
	r.Until("it is taken back", func() bool { return r.S.Run.Session.Recipe().G.LR == 1e-7 })
}

// TestRemedyInANewRun: what a run cannot take while it goes on starts another, and says that the one
// before is kept.
func TestRemedyInANewRun(t *testing.T) {
	r := ready(t, slowRecipe)
	if got := r.S.Training.Start((*session.Session).Train); got != studio.Started {
		t.Fatalf("starting answers %d", got)
	}
	r.Until("it trains", func() bool { return r.S.Status.Step > 0 })
	m := doctor.Remedy{Title: "Leaky units", Changes: []doctor.Change{{Key: "g.layers", Value: "linear 16, lrelu 0.2, linear 2"}}}
	first := r.S.Run.Session
	r.page.doctor.apply(m)
	r.Until("the new run is trained", func() bool {
		return r.S.Run != nil && slices.Contains(r.S.Run.Recipe.G.Layers, "lrelu 0.2") && r.S.Status.Step == 700 && !r.S.Status.Running
	})
	if r.S.Run.Session != first {
		t.Error("the new run is not in the same project")
	}
	if len(r.Host.Texts) > 0 || !strings.Contains(r.Said.Text, "Leaky ReLU 0.2 instead of ReLU") || !strings.Contains(r.Said.Text, "is kept") {
		t.Errorf("asks %q and says %q", r.Host.Texts, r.Said.Text)
	}
}
