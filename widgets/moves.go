package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// padStep is how far one press of an arrow key moves, in widths of the pad; with Shift it is a
// quarter of that.
const padStep = 0.02

// Moves are what is told of moving on a pad, by dragging, by the wheel and by the arrow keys, and
// of the other mouse button. Its functions may be nil.
type Moves struct {
	OnDrag    func(dx, dy float32) // in widths and heights of what is shown, right and down positive
	OnDragEnd func()
	OnScroll  func(dy float32)       // the wheel, in Fyne's units, up positive
	OnMenu    func(at fyne.Position) // the other mouse button, at a place on the canvas

	dragged bool
}

// DragEnd is part of fyne.Draggable.
func (m *Moves) DragEnd() {
	if m.dragged {
		m.ended()
	}
	m.dragged = false
}

// Scrolled is part of fyne.Scrollable.
func (m *Moves) Scrolled(e *fyne.ScrollEvent) {
	if m.OnScroll != nil {
		m.OnScroll(e.Scrolled.DY)
	}
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (m *Moves) TappedSecondary(e *fyne.PointEvent) {
	if m.OnMenu != nil {
		m.OnMenu(e.AbsolutePosition)
	}
}

// dragBy moves with the mouse, on something of a size.
func (m *Moves) dragBy(by fyne.Delta, size fyne.Size) {
	m.dragged = true
	if size.Width > 0 && size.Height > 0 {
		m.move(by.DX/size.Width, by.DY/size.Height)
	}
}

func (m *Moves) move(dx, dy float32) {
	if m.OnDrag != nil {
		m.OnDrag(dx, dy)
	}
}

func (m *Moves) ended() {
	if m.OnDragEnd != nil {
		m.OnDragEnd()
	}
}

// typed moves with an arrow key, and tells whether it was one.
func (m *Moves) typed(key fyne.KeyName) bool {
	step := float32(padStep)
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		step /= 4
	}
	var dx, dy float32
	switch key {
	case fyne.KeyLeft:
		dx = -step
	case fyne.KeyRight:
		dx = step
	case fyne.KeyUp:
		dy = -step
	case fyne.KeyDown:
		dy = step
	default:
		return false
	}
	m.move(dx, dy)
	m.ended()
	return true
}

// takeKeyboard gives a pad that is pressed the keyboard.
func takeKeyboard(pad fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(pad.(fyne.CanvasObject)); c != nil {
		c.Focus(pad)
	}
}
