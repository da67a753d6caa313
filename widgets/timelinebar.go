package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A timelineBar is what of a Timeline is dragged.
type timelineBar struct {
	widget.BaseWidget
	look  func(step int64)
	plain bool // never with pictures

	state    TimelineState
	span     int64 // the step at the right end
	dragging bool  // the scale stands still, also where the run goes on
	ended    bool  // the run that was dragged is gone: the rest of the drag means nothing
	focused  bool
	tip      tipTimer
	thumbs   map[image.Image]*image.RGBA // pictures as they are shown
}

func newTimelineBar(plain bool, look func(step int64)) *timelineBar {
	b := &timelineBar{look: look, plain: plain, thumbs: make(map[image.Image]*image.RGBA)}
	b.ExtendBaseWidget(b)
	return b
}

// set shows s.
func (b *timelineBar) set(s TimelineState) {
	if s.Run != b.state.Run || s.Last < b.state.Last {
		b.ended = b.dragging
		b.dragging = false
	}
	b.state = s
	if !b.dragging {
		b.span = max(1, s.Last)
	}
	b.Refresh()
}

// empty tells whether there is nothing to drag to.
func (b *timelineBar) empty() bool { return len(b.state.Marks) == 0 }

// ends are the ends of the bar. Beyond them half a picture has room.
func (b *timelineBar) ends() (left, right float32) {
	return thumbSide/2 + ringWidth, max(thumbSide, b.Size().Width-thumbSide/2-ringWidth)
}

// x returns where a step lies.
func (b *timelineBar) x(step int64) float32 {
	left, right := b.ends()
	return left + (right-left)*float32(min(1, float64(step)/float64(max(1, b.span))))
}

// stepAt returns the step that is looked at where x is pressed. What lies behind the last mark of a
// drag is the newest step.
func (b *timelineBar) stepAt(x float32) int64 {
	left, right := b.ends()
	step := float64(x-left) / float64(right-left) * float64(max(1, b.span))
	if step >= float64(b.span) {
		return b.state.Last
	}
	return b.state.nearest(step)
}

// MouseDown is part of desktop.Mouseable: the bar follows before the button is let go.
func (b *timelineBar) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		b.press(e.Position)
	}
}

// MouseUp is part of desktop.Mouseable.
func (b *timelineBar) MouseUp(*desktop.MouseEvent) {}

// Tapped looks at what was pressed, and takes the keyboard.
func (b *timelineBar) Tapped(e *fyne.PointEvent) {
	b.press(e.Position)
	takeKeyboard(b)
}

func (b *timelineBar) press(at fyne.Position) {
	b.ended = false
	b.tip.leave()
	if !b.empty() {
		b.look(b.stepAt(at.X))
	}
}

// Dragged is part of fyne.Draggable.
func (b *timelineBar) Dragged(e *fyne.DragEvent) {
	if b.ended || b.empty() {
		return
	}
	b.tip.leave()
	b.dragging = true
	b.look(b.stepAt(e.Position.X))
}

// DragEnd is part of fyne.Draggable.
func (b *timelineBar) DragEnd() {
	b.dragging, b.ended = false, false
	b.set(b.state)
}

// Scrolled goes to the next step that is kept, or to the one before.
func (b *timelineBar) Scrolled(e *fyne.ScrollEvent) {
	switch {
	case e.Scrolled.DY > 0:
		b.move(1)
	case e.Scrolled.DY < 0:
		b.move(-1)
	}
}

// move goes on by so many of the steps that are kept.
func (b *timelineBar) move(by int) {
	if b.empty() {
		return
	}
	steps, at := b.state.steps(), b.state.at()
	i := 0
	for i < len(steps)-1 && steps[i] < at {
		i++
	}
	if steps[i] > at && by > 0 { // what is looked at is not kept any more
		i--
	}
	b.look(steps[max(0, min(len(steps)-1, i+by))])
}

// pages is how many presses of a page key lead through the whole run.
const pages = 10

// TypedKey moves with the arrow keys, Home, End and the page keys. All others go to the window.
func (b *timelineBar) TypedKey(e *fyne.KeyEvent) {
	if b.empty() {
		passKey(b, e)
		return
	}
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		b.move(-1)
	case fyne.KeyRight, fyne.KeyUp:
		b.move(1)
	case fyne.KeyHome:
		b.look(b.state.steps()[0])
	case fyne.KeyEnd:
		b.look(b.state.Last)
	case fyne.KeyPageUp:
		b.page(-1)
	case fyne.KeyPageDown:
		b.page(1)
	default:
		passKey(b, e)
	}
}

// page goes on by a tenth of the run, or to the next step that is kept where that is further.
func (b *timelineBar) page(by int) {
	before := b.state.at()
	to := b.state.nearest(float64(before) + float64(by)*float64(b.span)/pages)
	if to == before || (to > before) != (by > 0) {
		b.move(by)
		return
	}
	b.look(to)
}

// TypedRune is part of fyne.Focusable.
func (b *timelineBar) TypedRune(rune) {}

// FocusGained is part of fyne.Focusable.
func (b *timelineBar) FocusGained() {
	Reveal(b)
	b.focused = true
	b.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (b *timelineBar) FocusLost() {
	b.focused = false
	b.Refresh()
}

// Cursor is part of desktop.Cursorable.
func (b *timelineBar) Cursor() desktop.Cursor {
	if b.empty() {
		return desktop.DefaultCursor
	}
	return desktop.HResizeCursor
}

// MouseIn is part of desktop.Hoverable.
func (b *timelineBar) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved has the tip say what is below the mouse.
func (b *timelineBar) MouseMoved(e *desktop.MouseEvent) {
	text := b.tipAt(e.Position.X)
	switch shown := b.tip.layer != nil; {
	case text == b.tip.text:
		b.tip.move(b, e)
	case shown:
		b.tip.leave()
		b.tip.text, b.tip.at = text, e.AbsolutePosition
		b.tip.showNow(b)
	default:
		b.tip.text = text
		b.tip.enter(b, e)
	}
}

// MouseOut is part of desktop.Hoverable.
func (b *timelineBar) MouseOut() { b.tip.leave() }

// tipAt says what a press at x would look at.
func (b *timelineBar) tipAt(x float32) string {
	if b.empty() {
		return ""
	}
	step := b.stepAt(x)
	text := "Step " + formatCount(step)
	if step == b.state.Last {
		text += ": now"
	}
	m := b.state.mark(step)
	if m == nil {
		return text
	}
	if m.Best {
		text += ", the best of this run"
	}
	if m.Full {
		text += ". All of it is kept: a branch begins here at once"
	}
	if m.Text != "" {
		text += ". " + m.Text
	}
	return text
}
