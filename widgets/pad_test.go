package widgets

import (
	"image"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestLatentPadDrag(t *testing.T) {
	p := NewLatentPad()
	var dx, dy float32
	ended := 0
	p.OnDrag = func(x, y float32) { dx, dy = dx+x, dy+y }
	p.OnDragEnd = func() { ended++ }
	w := inWindow(t, p, 300, 206)
	test.Drag(w.Canvas(), fyne.NewPos(150, 100), 50, 0)
	if dx != 0 || dy != 0 {
		t.Error("dragged without a picture")
	}
	p.SetPicture(plain(20, 20, red)) // shown at 200×200
	ended = 0
	test.Drag(w.Canvas(), fyne.NewPos(150, 100), 50, -20)
	if math.Abs(float64(dx)-0.25) > 1e-6 || math.Abs(float64(dy)+0.1) > 1e-6 {
		t.Errorf("dragged by %g, %g of the picture, want 0.25, −0.1", dx, dy)
	}
	if ended != 1 {
		t.Errorf("ended %d times, want once", ended)
	}
}

func TestLatentPadKeyboardAndWheel(t *testing.T) {
	p := NewLatentPad()
	var moves [][2]float32
	var wheel float32
	ended := 0
	p.OnDrag = func(x, y float32) { moves = append(moves, [2]float32{x, y}) }
	p.OnDragEnd = func() { ended++ }
	p.OnScroll = func(dy float32) { wheel += dy }
	w := inWindow(t, p, 300, 206)
	p.SetPicture(plain(20, 20, red))
	test.TapCanvas(w.Canvas(), fyne.NewPos(150, 100))
	if w.Canvas().Focused() != fyne.Focusable(p) {
		t.Fatal("a tap does not take the keyboard")
	}
	for _, key := range []fyne.KeyName{fyne.KeyRight, fyne.KeyLeft, fyne.KeyUp, fyne.KeyDown, fyne.KeyA} {
		p.TypedKey(&fyne.KeyEvent{Name: key})
	}
	want := [][2]float32{{padStep, 0}, {-padStep, 0}, {0, -padStep}, {0, padStep}}
	if len(moves) != len(want) {
		t.Fatalf("%d moves, want %d", len(moves), len(want))
	}
	for i := range want {
		if moves[i] != want[i] {
			t.Errorf("move %d is %v, want %v", i, moves[i], want[i])
		}
	}
	if ended != len(want) {
		t.Errorf("ended %d times, want %d: each key is a move of its own", ended, len(want))
	}
	test.Scroll(w.Canvas(), fyne.NewPos(150, 100), 0, 7)
	if wheel != 7 {
		t.Errorf("wheel moved by %g, want 7", wheel)
	}
}

func TestLatentPadShowsPictureAndFocus(t *testing.T) {
	p := NewLatentPad()
	w := inWindow(t, p, 300, 206)
	p.SetPicture(plain(20, 20, red))
	img := w.Canvas().Capture()
	if got := count(img, red); got != 200*200 {
		t.Errorf("%d pixels of the picture, want 200×200", got)
	}
	before := img
	p.FocusGained()
	after := w.Canvas().Capture()
	if same := equalPictures(before, after); same {
		t.Error("no focus ring")
	}
	if got := count(after, red); got != 200*200 {
		t.Errorf("the focus ring covers the picture: %d pixels left", got)
	}
	p.FocusLost()
	p.SetPicture(nil)
	if got := count(w.Canvas().Capture(), red); got != 0 {
		t.Errorf("%d pixels of a picture that was taken away", got)
	}
}

func equalPictures(a, b image.Image) bool {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}
