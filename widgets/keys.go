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

// A slider is Fyne's, but leaves the keys that do not move it to the window.
type slider struct{ widget.Slider }

func newSlider(min, max, step float64) *slider {
	s := &slider{widget.Slider{Min: min, Max: max, Step: step}}
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey is part of fyne.Focusable.
func (s *slider) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		s.Slider.TypedKey(e)
	default:
		passKey(s, e)
	}
}

// A KnobList is a list of knobs, of which only those in sight exist. Nothing in it can be chosen:
// the keys that do not scroll it go to the window.
type KnobList struct{ widget.List }

// NewKnobList returns a list of length rows, each made by create and brought to row i by update.
func NewKnobList(length func() int, create func() fyne.CanvasObject, update func(i int, row fyne.CanvasObject)) *KnobList {
	l := &KnobList{widget.List{Length: length, CreateItem: create, UpdateItem: update, HideSeparators: true}}
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey is part of fyne.Focusable.
func (l *KnobList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp, fyne.KeyDown:
		l.List.TypedKey(e)
	default:
		passKey(l, e)
	}
}
