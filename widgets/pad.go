package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A LatentPad shows one large picture that is moved by dragging on it, by the wheel and by the
// arrow keys.
type LatentPad struct {
	widget.BaseWidget
	Moves
	Empty string // shown while there is no picture

	picture *picture
	edge    *edge // nil until the pad is shown
	focused bool
}

// NewLatentPad returns a pad that shows nothing yet.
func NewLatentPad() *LatentPad {
	p := &LatentPad{picture: newPicture(canvas.ImageScalePixels), Empty: "No generator yet"}
	p.ExtendBaseWidget(p)
	return p
}

// SetPicture shows img, which must not be written again by the caller; nil empties the pad.
// It belongs to the UI goroutine.
func (p *LatentPad) SetPicture(img image.Image) {
	old := p.picture.image.Load()
	var next *image.RGBA
	if img != nil {
		next = toRGBA(img)
	}
	p.picture.image.Store(next)
	if old == nil || next == nil || old.Rect.Size() != next.Rect.Size() {
		p.Refresh()
		return
	}
	if p.edge != nil {
		p.edge.update(p, theme.ColorNameBackground)
	}
	canvas.Refresh(p.picture.Raster)
}

// Picture returns what the pad shows, nil for nothing.
func (p *LatentPad) Picture() image.Image {
	if img := p.picture.image.Load(); img != nil {
		return img
	}
	return nil
}

// Dragged is part of fyne.Draggable.
func (p *LatentPad) Dragged(e *fyne.DragEvent) {
	if p.picture.image.Load() != nil {
		p.dragBy(e.Dragged, p.picture.Size())
	}
}

// Tapped takes the keyboard.
func (p *LatentPad) Tapped(*fyne.PointEvent) { takeKeyboard(p) }

// FocusGained is part of fyne.Focusable.
func (p *LatentPad) FocusGained() {
	Reveal(p)
	p.focused = true
	p.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (p *LatentPad) FocusLost() {
	p.focused = false
	p.Refresh()
}

// TypedRune is part of fyne.Focusable.
func (p *LatentPad) TypedRune(rune) {}

// TypedKey moves the picture with the arrow keys. All others go to the window.
func (p *LatentPad) TypedKey(e *fyne.KeyEvent) {
	if !p.typed(e.Name) {
		passKey(p, e)
	}
}

// Cursor is part of desktop.Cursorable.
func (p *LatentPad) Cursor() desktop.Cursor {
	if p.picture.image.Load() != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is part of fyne.Widget.
func (p *LatentPad) CreateRenderer() fyne.WidgetRenderer {
	r := &padRenderer{
		pad: p, back: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent),
		empty: newLine("", theme.SizeNameText, theme.ColorNamePlaceHolder), edge: newEdge(p.picture),
	}
	p.edge = r.edge
	r.empty.align = fyne.TextAlignCenter
	r.objects = []fyne.CanvasObject{r.back, p.picture.Raster, r.edge.Rectangle, r.ring, r.empty}
	r.Refresh()
	return r
}

type padRenderer struct {
	pad        *LatentPad
	back, ring *canvas.Rectangle
	empty      *line
	edge       *edge
	objects    []fyne.CanvasObject
}

// ringWidth is the room around the picture that the focus ring takes.
const ringWidth = 3

func (r *padRenderer) Layout(size fyne.Size) {
	side := min(size.Width, size.Height) - 2*ringWidth
	inner := fyne.NewSquareSize(max(0, side))
	height := r.empty.MinSize().Height
	r.empty.Move(fyne.NewPos(0, (size.Height-height)/2))
	r.empty.Resize(fyne.NewSize(size.Width, height))
	w, h := 1, 1
	if img := r.pad.picture.image.Load(); img != nil {
		w, h = img.Rect.Dx(), img.Rect.Dy()
	}
	pos, fitted := fitPixels(w, h, inner, pixelScale(r.pad))
	pos = pos.AddXY((size.Width-inner.Width)/2, (size.Height-inner.Height)/2)
	r.pad.picture.Move(pos)
	r.pad.picture.Resize(fitted)
	r.edge.update(r.pad, theme.ColorNameBackground)
	for _, o := range []fyne.CanvasObject{r.back, r.ring} {
		o.Move(pos.SubtractXY(ringWidth, ringWidth))
		o.Resize(fitted.AddWidthHeight(2*ringWidth, 2*ringWidth))
	}
}

func (r *padRenderer) Refresh() {
	p := r.pad
	show := p.picture.image.Load() != nil
	p.picture.Hidden = !show
	r.back.Hidden = show
	r.back.FillColor = theme.ColorForWidget(theme.ColorNameInputBackground, p)
	r.empty.Hidden = show
	r.empty.set(p.Empty)
	r.ring.Hidden = !p.focused
	r.ring.StrokeColor = theme.ColorForWidget(theme.ColorNamePrimary, p)
	r.ring.StrokeWidth = ringWidth - 1
	r.Layout(p.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *padRenderer) MinSize() fyne.Size           { return fyne.NewSize(160, 160) }
func (r *padRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *padRenderer) Destroy()                     {}
