package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// passKey gives a key that obj has the keyboard for but no use to the window's own handler, as if
// nothing had the keyboard.
func passKey(obj fyne.CanvasObject, e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(obj)
	if c == nil {
		return
	}
	if typed := c.OnTypedKey(); typed != nil {
		typed(e)
	}
}

// A slider is Fyne's, but the arrow keys move it as its owner says, and the other keys go to the
// window.
type slider struct {
	widget.Slider
	step func(up bool)
}

func newSlider(min, max, step float64) *slider {
	s := &slider{Slider: widget.Slider{Min: min, Max: max, Step: step}}
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained is part of fyne.Focusable.
func (s *slider) FocusGained() {
	Reveal(s)
	s.Slider.FocusGained()
}

// TypedKey is part of fyne.Focusable.
func (s *slider) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		if !s.Disabled() {
			s.step(e.Name == fyne.KeyRight)
		}
	default:
		passKey(s, e)
	}
}
