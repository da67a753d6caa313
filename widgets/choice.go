package widgets

import "fyne.io/fyne/v2/widget"

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

// A Check is Fyne's, but comes into sight when it gets the keyboard.
type Check struct{ widget.Check }

// NewCheck returns a box to tick with a text beside it; changed may be nil.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{widget.Check{Text: text, OnChanged: changed}}
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained is part of fyne.Focusable.
func (c *Check) FocusGained() {
	Reveal(c)
	c.Check.FocusGained()
}
