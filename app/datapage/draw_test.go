package datapage

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/studio"
	"ganvas/datasets"
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

// The board stays where it is, and as large, while one draws: a stroke would go elsewhere than one
// points.
func TestBoardStays(t *testing.T) {
	r := newRig(t)
	test.Tap(r.choices.cards[studio.Drawn])
	b := r.points.drawing.board
	place := func() (fyne.Position, fyne.Size) {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(b), b.Size()
	}
	at, size := place()
	stays := func(when string) {
		t.Helper()
		if nowAt, nowSize := place(); nowAt != at || nowSize != size {
			t.Errorf("%s the board is at %v, %v large; it was at %v, %v large", when, nowAt, nowSize, at, size)
		}
	}
	b.Tool = widgets.Spray
	for range 3 {
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		stays("after a stroke")
	}
	if r.findings.notes.Segment.Text == "" {
		t.Fatal("nothing is said of the points")
	}
	for i := range 3 {
		r.S.Plan.Undo()
		stays("after an undo")
		if i == 2 && len(b.Points()) > 0 {
			t.Fatal("the first stroke is not taken back")
		}
	}
	full := make([]widgets.BoardPoint, datasets.MostDrawn)
	b.SetPoints(full)
	b.OnDrawn()
	stays("full")
	if !strings.HasPrefix(r.Said.Text, "The board is full") || r.Said.Warning {
		t.Errorf("of a full board is said %+v, want a message that takes no room of the page", r.Said)
	}
}
