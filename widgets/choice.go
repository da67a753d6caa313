package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A Select is Fyne's, but comes into sight when it gets the keyboard.
type Select struct{ widget.Select }

// NewSelect returns a choice among options; changed may be nil.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{widget.Select{Options: options, OnChanged: changed, PlaceHolder: "(Select one)"}}
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained is part of fyne.Focusable.
func (s *Select) FocusGained() {
	Reveal(s)
	s.Select.FocusGained()
}

// TypedKey is part of fyne.Focusable: Escape, for which it has no use, is the window's.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		passKey(s, e)
		return
	}
	s.Select.TypedKey(e)
}

// A Check is Fyne's, but comes into sight when it gets the keyboard, and may have a tip that
// changes.
type Check struct {
	widget.Check
	tip tipTimer
}

// NewCheck returns a box to tick with a text beside it; changed may be nil.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{Check: widget.Check{Text: text, OnChanged: changed}}
	c.ExtendBaseWidget(c)
	return c
}

// SetTip changes the text that shows when the mouse rests on the box. An empty text shows nothing.
func (c *Check) SetTip(text string) { c.tip.text = text }

// setTip is part of selfTipped.
func (c *Check) setTip(text string) { c.SetTip(text) }

// timer is part of selfTipped.
func (c *Check) timer() *tipTimer { return &c.tip }

// Tapped ticks the box. It does not take the keyboard: the space bar goes on being the window's.
func (c *Check) Tapped(e *fyne.PointEvent) {
	of := fyne.CurrentApp().Driver().CanvasForObject(c)
	had := of != nil && of.Focused() == fyne.Focusable(c)
	c.Check.Tapped(e)
	if of != nil && !had && of.Focused() == fyne.Focusable(c) {
		of.Unfocus()
	}
}

// FocusGained is part of fyne.Focusable.
func (c *Check) FocusGained() {
	Reveal(c)
	c.Check.FocusGained()
}

// TypedKey is part of fyne.Focusable: Escape, for which it has no use, is the window's.
func (c *Check) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		passKey(c, e)
	}
}

// MouseIn is part of desktop.Hoverable.
func (c *Check) MouseIn(e *desktop.MouseEvent) {
	c.Check.MouseIn(e)
	c.tip.enter(c, e)
}

// MouseMoved is part of desktop.Hoverable.
func (c *Check) MouseMoved(e *desktop.MouseEvent) {
	c.Check.MouseMoved(e)
	c.tip.move(c, e)
}

// MouseOut is part of desktop.Hoverable.
func (c *Check) MouseOut() {
	c.Check.MouseOut()
	c.tip.leave()
}
