package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// A cardGrip is what a card is dragged by. With the keyboard, the arrow keys move the card and
// Delete removes it.
type cardGrip struct {
	pressable
	card     *layerCard
	tip      tipTimer
	dragging bool
	start    float32 // where the stack was scrolled to when dragging began
	to       int
}

func newCardGrip(c *layerCard) *cardGrip {
	g := &cardGrip{card: c, tip: tipTimer{text: "Drag to move this layer; with the keyboard: the arrow keys and Delete"}}
	g.tapped = func() {
		if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
			c.Focus(g)
		}
	}
	g.ExtendBaseWidget(g)
	return g
}

// Dragged is part of fyne.Draggable.
func (g *cardGrip) Dragged(e *fyne.DragEvent) {
	if !g.dragging {
		g.dragging, g.start = true, g.card.stack.scroll.Offset.Y
		g.tip.leave()
		g.card.Refresh()
	}
	// the event's position counts from where the grip was on the screen when dragging began
	y := g.card.Position().Y + g.Position().Y + e.Position.Y + g.card.stack.scroll.Offset.Y - g.start
	g.to = g.card.stack.dragTo(g.card.index, y)
}

// DragEnd is part of fyne.Draggable.
func (g *cardGrip) DragEnd() {
	if !g.dragging {
		return
	}
	g.dragging = false
	g.card.stack.endDrag()
	g.card.Refresh()
	g.card.stack.move(g.card.index, g.to)
}

// TypedKey is part of fyne.Focusable.
func (g *cardGrip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		g.card.stack.move(g.card.index, g.card.index-1)
	case fyne.KeyDown:
		g.card.stack.move(g.card.index, g.card.index+1)
	case fyne.KeyDelete, fyne.KeyBackspace:
		g.card.call(g.card.stack.OnRemove)
	default:
		passKey(g, e)
	}
}

// MouseIn is part of desktop.Hoverable.
func (g *cardGrip) MouseIn(e *desktop.MouseEvent) {
	g.pressable.MouseIn(e)
	g.tip.enter(g, e)
}

// MouseMoved is part of desktop.Hoverable.
func (g *cardGrip) MouseMoved(e *desktop.MouseEvent) { g.tip.move(g, e) }

// MouseOut is part of desktop.Hoverable.
func (g *cardGrip) MouseOut() {
	g.pressable.MouseOut()
	g.tip.leave()
}

// Cursor is part of desktop.Cursorable.
func (g *cardGrip) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// CreateRenderer is part of fyne.Widget.
func (g *cardGrip) CreateRenderer() fyne.WidgetRenderer {
	r := &gripRenderer{grip: g, back: newBox("", theme.SizeNameSelectionRadius)}
	r.objects = append(r.objects, r.back)
	for range 6 {
		d := canvas.NewCircle(nil)
		r.dots = append(r.dots, d)
		r.objects = append(r.objects, d)
	}
	r.Refresh()
	return r
}

// A gripRenderer draws two columns of three dots.
type gripRenderer struct {
	grip    *cardGrip
	back    *box
	dots    []*canvas.Circle
	objects []fyne.CanvasObject
}

func (r *gripRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	const dot, pitch = 3, 5.5
	for i, d := range r.dots {
		d.Resize(fyne.NewSquareSize(dot))
		d.Move(fyne.NewPos(size.Width/2+(float32(i%2)-0.5)*pitch-dot/2.0, size.Height/2+(float32(i/2)-1)*pitch-dot/2.0))
	}
}

func (r *gripRenderer) Refresh() {
	name, fill := theme.ColorNamePlaceHolder, fyne.ThemeColorName("")
	switch {
	case r.grip.focused:
		name, fill = theme.ColorNamePrimary, theme.ColorNameFocus
	case r.grip.hovered || r.grip.dragging:
		name, fill = theme.ColorNameForeground, theme.ColorNameHover
	}
	r.back.set(fill, "", 0)
	for _, d := range r.dots {
		d.FillColor = theme.ColorForWidget(name, r.grip)
	}
	canvas.Refresh(r.grip)
}

func (r *gripRenderer) MinSize() fyne.Size           { return fyne.NewSize(cardGripW, 20) }
func (r *gripRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *gripRenderer) Destroy()                     {}
