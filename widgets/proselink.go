package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A proseLink lies over a word of Prose that explains itself, or over an address.
type proseLink struct {
	widget.BaseWidget
	span    *ProseSpan
	tip     tipTimer
	focused bool
}

func newProseLink(s *ProseSpan) *proseLink {
	l := &proseLink{span: s, tip: tipTimer{text: s.Tip}}
	l.ExtendBaseWidget(l)
	return l
}

// setTip and timer are part of selfTipped.
func (l *proseLink) setTip(text string) { l.tip.text = text }
func (l *proseLink) timer() *tipTimer   { return &l.tip }

// MouseIn is part of desktop.Hoverable.
func (l *proseLink) MouseIn(e *desktop.MouseEvent) { l.tip.enter(l, e) }

// MouseMoved is part of desktop.Hoverable.
func (l *proseLink) MouseMoved(e *desktop.MouseEvent) { l.tip.move(l, e) }

// MouseOut is part of desktop.Hoverable.
func (l *proseLink) MouseOut() { l.tip.leave() }

// Cursor is part of desktop.Cursorable.
func (l *proseLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Tapped follows an address, and explains a word at once.
func (l *proseLink) Tapped(e *fyne.PointEvent) {
	l.tip.at = e.AbsolutePosition
	l.act()
}

func (l *proseLink) act() {
	if l.span.OnTapped != nil {
		l.tip.leave()
		l.span.OnTapped()
		return
	}
	l.tip.showNow(l)
}

// FocusGained is part of fyne.Focusable.
func (l *proseLink) FocusGained() {
	Reveal(l)
	l.focused = true
	l.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (l *proseLink) FocusLost() {
	l.tip.leave()
	l.focused = false
	l.Refresh()
}

// TypedRune is part of fyne.Focusable.
func (l *proseLink) TypedRune(rune) {}

// TypedKey explains the word with Enter; all other keys go to the window.
func (l *proseLink) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		at := areaOf(l)
		l.tip.at = fyne.NewPos(at.X, at.Y)
		l.act()
	default:
		passKey(l, e)
	}
}

// CreateRenderer is part of fyne.Widget.
func (l *proseLink) CreateRenderer() fyne.WidgetRenderer {
	ring := canvas.NewRectangle(nil)
	r := &proseLinkRenderer{widget.NewSimpleRenderer(ring), l, ring}
	r.Refresh()
	return r
}

type proseLinkRenderer struct {
	fyne.WidgetRenderer
	link *proseLink
	ring *canvas.Rectangle
}

func (r *proseLinkRenderer) Refresh() {
	r.ring.StrokeWidth, r.ring.StrokeColor = 0, nil
	if r.link.focused {
		r.ring.StrokeWidth, r.ring.StrokeColor = 2, theme.ColorForWidget(theme.ColorNameFocus, r.link)
	}
	r.ring.CornerRadius = 2
	r.ring.Refresh()
}
