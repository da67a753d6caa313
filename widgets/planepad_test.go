package widgets

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestPlanePad moves on a plane by dragging, by the arrow keys and by the wheel, with a ring around
// it while it has the keyboard.
func TestPlanePad(t *testing.T) {
	p := NewPlanePad()
	t.Cleanup(p.Plane.Close)
	w := inWindow(t, p, 206, 306)
	test.Drag(w.Canvas(), fyne.NewPos(100, 100), 50, 30) // nobody wants to know
	var dx, dy, wheel float32
	ended := 0
	p.OnDrag = func(x, y float32) { dx, dy = dx+x, dy+y }
	p.OnDragEnd = func() { ended++ }
	p.OnScroll = func(by float32) { wheel += by }
	test.Drag(w.Canvas(), fyne.NewPos(100, 100), 50, 30)
	if math.Abs(float64(dx)-0.25) > 1e-6 || math.Abs(float64(dy)-0.1) > 1e-6 || ended != 1 {
		t.Errorf("dragged by %g, %g and ended %d times, want 0.25, 0.1 and once", dx, dy, ended)
	}
	before := w.Canvas().Capture()
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 100))
	if w.Canvas().Focused() != fyne.Focusable(p) || equalPictures(before, w.Canvas().Capture()) {
		t.Error("a tap does not give it the keyboard, or no ring shows that")
	}
	dx, dy = 0, 0
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if dx != -padStep || dy != padStep || ended != 3 {
		t.Errorf("the arrow keys move by %g, %g and end %d times", dx, dy, ended-1)
	}
	if test.Scroll(w.Canvas(), fyne.NewPos(100, 100), 0, 7); wheel != 7 {
		t.Errorf("the wheel moves by %g, want 7", wheel)
	}
}
