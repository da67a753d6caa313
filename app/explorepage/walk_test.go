package explorepage

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/app/internal/apptest"
	"ganvas/widgets"
)

// TestExploreUndo: every move is taken back by one Ctrl+Z and done again by one Ctrl+Shift+Z, with
// the seed and the class of its place.
func TestExploreUndo(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	plan := r.S.Plan.Now()
	type seen struct {
		z            []float32
		origin, seed string
	}
	now := func() seen { return seen{p.place.z, p.trail.Now.origin, p.seed.Text} }
	places := []seen{now()}
	if got := now(); got.origin != "seed 1" || got.seed != "1" {
		t.Errorf("begins at %q with %q in the seed's box", got.origin, got.seed)
	}
	moves := 0
	p.OnMoved = func() { moves++ }
	knob := newKnobRow().(*widgets.KnobSlider)
	for _, move := range []struct {
		label string
		do    func()
		seed  bool // the picture is a seed's
	}{
		{"Random", p.random, true},
		{"Drag", func() { p.drag(0.1, 0); p.drag(0.1, 0.2); p.dragEnd() }, false},
		{"Drag", func() { p.drag(0.1, 0); p.dragEnd() }, false},
		{"Direction 2", func() {
			p.knobs.bindDirection(1, knob)
			knob.OnChanged(1)
			knob.OnChanged(2)
			knob.OnChangeEnded(2)
			p.knobs.bindDirection(1, knob)
		}, false},
		{"Direction 2", knob.Reset, false}, // as a double click on its name does
		{"Wheel", func() { p.moveAlong(2, 0.1); p.moveAlong(2, 0.1) }, false},
		{"Reset", p.reset, true},
		{"Seed 7", func() { p.seed.SetText("7"); p.seed.OnSubmitted("7") }, true},
		{"Picture 3 of the contact sheet", func() { p.GoTo(make([]float32, 8), -1, -1, "picture 3 of the contact sheet") }, false},
		{"Reset", func() { p.Key(&fyne.KeyEvent{Name: fyne.KeyHome}) }, true},
		{"Random", func() { p.Key(&fyne.KeyEvent{Name: fyne.KeyR}) }, true},
	} {
		before, told := now(), moves
		move.do()
		r.Until(move.label+" is done", func() bool { return moves > told })
		if undo, _ := p.EditLabels(); undo != move.label {
			t.Errorf("%s: undo says %q", move.label, undo)
		}
		if got := now(); slices.Equal(got.z, before.z) && (got.seed == "" || got.seed != before.seed) {
			t.Errorf("%s: stays where it is", move.label)
		}
		if got := now(); (got.seed != "") != move.seed || move.seed && got.origin != "seed "+got.seed {
			t.Errorf("%s: the seed's box says %q at %q", move.label, got.seed, got.origin)
		}
		places = append(places, now())
	}
	check := func(what string, want seen) {
		t.Helper()
		if got := now(); !slices.Equal(got.z, want.z) || got.origin != want.origin || got.seed != want.seed {
			t.Errorf("%s: at %q, seed %q; want %q, seed %q", what, got.origin, got.seed, want.origin, want.seed)
		}
	}
	for i := len(places) - 2; i >= 0; i-- {
		p.Undo()
		check("undone", places[i])
	}
	p.Undo() // there is nothing left
	for _, want := range places[1:] {
		p.Redo()
		check("done again", want)
	}
	if r.S.Plan.Now() != plan {
		t.Error("undo on Explore changes the plan")
	}
}

// TestExploreSeedRefuses: what is no seed is marked at the box; no dialog comes up.
func TestExploreSeedRefuses(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	for _, text := range []string{"x", "-1", "1.5"} {
		p.seed.SetText(text)
		p.seed.OnSubmitted(text)
		if p.trail.Now.origin != "seed 1" || p.seed.Text != text || r.Host.Dialog() != nil || len(r.Host.Asked) > 0 {
			t.Errorf("%q: at %q, the box shows %q, dialogs: %q", text, p.trail.Now.origin, p.seed.Text, r.Host.Asked)
		}
	}
}
