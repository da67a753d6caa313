package widgets

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A KnobList is a list of knobs, of which only those in sight exist. Nothing in it can be chosen:
// the keys that do not scroll it go to the window.
type KnobList struct {
	widget.List
	rows map[int]fyne.CanvasObject // by what they were last brought to
	ring *box                      // around the list while it has the keyboard
}

// NewKnobList returns a list of length rows, each made by create and brought to row i by update.
func NewKnobList(length func() int, create func() fyne.CanvasObject, update func(i int, row fyne.CanvasObject)) *KnobList {
	l := &KnobList{rows: map[int]fyne.CanvasObject{}, ring: newBox("", theme.SizeNameInputRadius)}
	l.ring.stroke, l.ring.strokeWidth = theme.ColorNamePrimary, 2
	l.ring.Hide()
	l.Length, l.CreateItem, l.HideSeparators = length, create, true
	l.UpdateItem = func(i int, row fyne.CanvasObject) {
		if k, ok := row.(*KnobSlider); ok && l.rows[i] != row {
			k.leave()
		}
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

// FocusGained is part of fyne.Focusable.
func (l *KnobList) FocusGained() {
	Reveal(l)
	l.ring.Show()
	l.List.FocusGained()
}

// FocusLost is part of fyne.Focusable.
func (l *KnobList) FocusLost() {
	l.ring.Hide()
	l.List.FocusLost()
}

// CreateRenderer is part of fyne.Widget.
func (l *KnobList) CreateRenderer() fyne.WidgetRenderer {
	return &knobListRenderer{l.List.CreateRenderer(), l.ring}
}

// A knobListRenderer draws Fyne's list with a ring: the row that Fyne marks can hardly be seen.
type knobListRenderer struct {
	fyne.WidgetRenderer
	ring *box
}

func (r *knobListRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
}

func (r *knobListRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clone(r.WidgetRenderer.Objects()), r.ring)
}
