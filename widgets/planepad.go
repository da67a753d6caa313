package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A PlanePad is a plane of points on which one moves as on a LatentPad.
type PlanePad struct {
	widget.BaseWidget
	Moves
	Plane *DensityView

	focused bool
}

// NewPlanePad returns a pad with an empty plane.
func NewPlanePad() *PlanePad {
	p := &PlanePad{Plane: NewDensityView()}
	p.ExtendBaseWidget(p)
	return p
}

// Dragged is part of fyne.Draggable.
func (p *PlanePad) Dragged(e *fyne.DragEvent) { p.dragBy(e.Dragged, p.Plane.Size()) }

// Tapped takes the keyboard.
func (p *PlanePad) Tapped(*fyne.PointEvent) { takeKeyboard(p) }

// FocusGained is part of fyne.Focusable.
func (p *PlanePad) FocusGained() {
	Reveal(p)
	p.focused = true
	p.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (p *PlanePad) FocusLost() {
	p.focused = false
	p.Refresh()
}

// TypedRune is part of fyne.Focusable.
func (p *PlanePad) TypedRune(rune) {}

// TypedKey moves with the arrow keys. All others go to the window.
func (p *PlanePad) TypedKey(e *fyne.KeyEvent) {
	if !p.typed(e.Name) {
		passKey(p, e)
	}
}

// Cursor is part of desktop.Cursorable.
func (p *PlanePad) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is part of fyne.Widget.
func (p *PlanePad) CreateRenderer() fyne.WidgetRenderer {
	ring := canvas.NewRectangle(color.Transparent)
	r := &planePadRenderer{pad: p, ring: ring, objects: []fyne.CanvasObject{p.Plane, ring}}
	r.Refresh()
	return r
}

// A planePadRenderer draws a plane with room for a ring around it, which shows the keyboard.
type planePadRenderer struct {
	pad     *PlanePad
	ring    *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (r *planePadRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	r.pad.Plane.Move(fyne.NewPos(ringWidth, ringWidth))
	r.pad.Plane.Resize(size.SubtractWidthHeight(2*ringWidth, 2*ringWidth))
}

func (r *planePadRenderer) MinSize() fyne.Size {
	return r.pad.Plane.MinSize().AddWidthHeight(2*ringWidth, 2*ringWidth)
}

func (r *planePadRenderer) Refresh() {
	r.ring.Hidden = !r.pad.focused
	r.ring.StrokeColor = theme.ColorForWidget(theme.ColorNamePrimary, r.pad)
	r.ring.StrokeWidth = ringWidth - 1
	r.ring.Refresh()
	r.pad.Plane.Refresh()
}

func (r *planePadRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *planePadRenderer) Destroy()                     {}
