package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// TestGradientStrip points at layers with the mouse and with the keyboard: the words tell of them,
// and weaker gradients are paler.
func TestGradientStrip(t *testing.T) {
	test.NewTempApp(t)
	s := NewGradientStrip()
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(300, 60))
	if got, want := s.Words(), "Gradient by layer: appears while it trains"; got != want {
		t.Errorf("an empty strip says %q, want %q", got, want)
	}
	s.Set([]GradientRow{
		{"D", D, []GradientCell{{"linear 64", 0.5}, {"linear 1", 2}}},
		{"G", G, []GradientCell{{"linear 64", 3e-7}, {"bn", 1e-4}, {"linear 2", 0.25}}},
	})
	for _, c := range []struct {
		x, y float32
		want string
	}{
		{20, 2, "D, linear 64: 0.5"},
		{280, gradientRow + 2, "G, linear 2: 0.25"},
		{20, gradientRow + 2, "G, linear 64: 3e-07"},
		{5, 2, "Gradient by layer, first to last: pale 10⁻⁸, full 10"},
		{20, 59, "Gradient by layer, first to last: pale 10⁻⁸, full 10"},
	} {
		pos := fyne.NewPos(c.x, c.y)
		s.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: pos}})
		if got := s.Words(); got != c.want {
			t.Errorf("at %v it says %q, want %q", pos, got, c.want)
		}
	}
	w.Canvas().Focus(s)
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight} {
		s.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if got, want := s.Words(), "G, linear 2: 0.25"; got != want {
		t.Errorf("by the keyboard it says %q, want %q", got, want)
	}
	s.Set([]GradientRow{{"D", D, nil}})
	if got, want := s.Words(), "Gradient by layer: appears while it trains"; got != want {
		t.Errorf("without layers it says %q, want %q", got, want)
	}
	distance := func(norm float64) int {
		style := currentStyle(s)
		c, far := mix(style.background, style.role(G), strength(norm)), style.background
		return abs(c, far)
	}
	if weak, strong := distance(1e-5), distance(1); distance(1e-10) != 0 || weak >= strong {
		t.Errorf("a weak gradient is drawn %d from the ground, a strong one %d", weak, strong)
	}
}

func abs(a, b color.NRGBA) int {
	d := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return d(a.R, b.R) + d(a.G, b.G) + d(a.B, b.B)
}
