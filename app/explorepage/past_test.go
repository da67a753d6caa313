package explorepage

import (
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/engine/provenance"
	"ganvas/engine/session"
)

// TestExploreLooksBack: at a step of the past Explore draws with the generator as it was then, says
// so, remembers the step in what is saved, and goes back with Now.
func TestExploreLooksBack(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	r.Until("there are moments", func() bool { return len(r.S.TimeLine.Moments) > 1 })
	z := slices.Clone(p.place.z)
	now := p.picture()
	r.S.TimeLine.Look(0)
	r.Until("the first generator draws", func() bool { return p.last.step == 0 })
	if got, want := p.caption.note.Segment.Text, "seed 1, step 0 of 6"; got != want {
		t.Errorf("below the picture stands %q, want %q", got, want)
	}
	if !slices.Equal(z, p.place.z) || p.picture() == now {
		t.Error("the latent has moved, or the picture has not changed")
	}
	shown, ok := p.Shown()
	if !ok || shown.Step != 0 {
		t.Fatalf("what is saved is of step %d", shown.Step)
	}
	record, err := shown.Record(r.S.Run)
	if err != nil {
		t.Fatal(err)
	}
	then, at, err := r.S.Run.Session.GeneratorNear(0, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, step := record.RunOf(0); step != 0 || at != 0 || record.Weights != provenance.Fingerprint(then.Net()) {
		t.Errorf("the picture says step %d, with the weights of then: %t", step, record.Weights == provenance.Fingerprint(then.Net()))
	}
	r.S.TimeLine.Now()
	r.Until("the newest draws", func() bool { return p.last.step == 6 })
	if got := p.caption.note.Segment.Text; got != "seed 1" {
		t.Errorf("now says %q", got)
	}
}

// TestExplorePastWhileTraining: a run that goes on does not bring its newest generator over one of
// the past, and a page that is shown later shows the step that is looked at.
func TestExplorePastWhileTraining(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	r.Until("there are moments", func() bool { return len(r.S.TimeLine.Moments) > 1 })
	p.SetVisible(false)
	r.S.TimeLine.Look(0)
	if err := r.S.Plan.SetLive("steps", "1000000", "Train on"); err != nil {
		t.Fatal(err)
	}
	r.Until("it may train on", func() bool { return r.S.Status.Steps == 1_000_000 && r.S.Reason == "" })
	r.S.Training.Start((*session.Session).Train)
	r.Until("it trains", func() bool { return r.S.Status.Running && r.S.Status.Step > 10 })
	p.SetVisible(true)
	r.Until("the first generator draws", func() bool { return p.last.step == 0 })
	before := r.S.Status.Step
	r.Until("it went on", func() bool { return r.S.Status.Step > before+5 })
	if p.last.step != 0 || !strings.Contains(p.caption.note.Segment.Text, "step 0 of ") {
		t.Errorf("shows step %d: %q", p.last.step, p.caption.note.Segment.Text)
	}
	r.S.TimeLine.Now()
	r.Until("a new one draws", func() bool { return p.last.step >= before })
	r.S.Training.Pause()
	r.Until("it is paused", func() bool { return !r.S.Status.Running })
}
