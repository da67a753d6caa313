package datapage

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/studio"
	"ganvas/widgets"
)

func TestDraw(t *testing.T) {
	r := newRig(t)
	test.Tap(r.choices.cards[studio.Drawn])
	if !r.points.drawing.box.Visible() || !strings.HasPrefix(r.S.Reason, "Draw some points") {
		t.Fatalf("the board shows: %v; %q", r.points.drawing.box.Visible(), r.S.Reason)
	}
	b := r.points.drawing.board
	b.Tool = widgets.Spray
	for i := range 5 {
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if got := len(b.Points()); got != 3*(i+1) || r.S.Data.Set.Len() != got {
			t.Fatalf("stroke %d: %d points on the board, %d to learn from", i, got, r.S.Data.Set.Len())
		}
	}
	if r.S.Reason != "" {
		t.Errorf("cannot be trained: %s", r.S.Reason)
	}
	text := r.S.Plan.Now().Drawn
	r.S.Plan.Undo()
	if got := len(b.Points()); got != 12 || r.S.Data.Set.Len() != 12 {
		t.Errorf("%d points after undo, want 12", got)
	}
	r.S.Plan.Redo()
	if r.S.Plan.Now().Drawn != text || len(b.Points()) != 15 {
		t.Error("redo gives other points")
	}
	r.S.Data.Choose("ring")
	r.Until("the ring is read", func() bool { return r.S.Plan.Now().Data == "ring" && r.S.Reason == "" })
	if r.S.Plan.Now().Drawn != "" {
		t.Error("the recipe of the ring has the drawing in it")
	}
	test.Tap(r.choices.cards[studio.Drawn])
	if r.S.Plan.Now().Drawn != text {
		t.Error("the drawing is lost")
	}
}
