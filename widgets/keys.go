package widgets

import (
	"maps"
	"slices"

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

// A KnobList is a list of knobs, of which only those in sight exist. Nothing in it can be chosen:
// the keys that do not scroll it go to the window.
type KnobList struct {
	widget.List
	rows map[int]fyne.CanvasObject // by what they were last brought to
}

// NewKnobList returns a list of length rows, each made by create and brought to row i by update.
func NewKnobList(length func() int, create func() fyne.CanvasObject, update func(i int, row fyne.CanvasObject)) *KnobList {
	l := &KnobList{rows: map[int]fyne.CanvasObject{}}
	l.Length, l.CreateItem, l.HideSeparators = length, create, true
	l.UpdateItem = func(i int, row fyne.CanvasObject) {
		maps.DeleteFunc(l.rows, func(at int, old fyne.CanvasObject) bool { return old == row || at >= length() })
		l.rows[i] = row
		update(i, row)
	}
	l.ExtendBaseWidget(l)
	return l
}

// held is part of holder.
func (l *KnobList) held() []fyne.CanvasObject { return slices.Collect(maps.Values(l.rows)) }

// Scrolled is part of fyne.Scrollable.
func (l *KnobList) Scrolled(e *fyne.ScrollEvent) {
	l.ScrollToOffset(l.GetScrollOffset() - e.Scrolled.DY)
}

// reveal scrolls the list until row is in sight, and besides it the rows before and behind: only
// what is in sight can get the keyboard next.
func (l *KnobList) reveal(row fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(row).Subtract(driver.AbsolutePositionForObject(l)).Y
	height := row.Size().Height
	if view := l.Size().Height; height < view {
		neighbour := min(height, (view-height)/2)
		at, height = at-neighbour, height+2*neighbour
	}
	if way := wayIntoSight(at, height, l.Size().Height); way != 0 {
		l.ScrollToOffset(max(0, l.GetScrollOffset()+way))
	}
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
