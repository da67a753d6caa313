package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A CropView shows a picture and which part of it is used: the rest is dimmed. Where the part can
// be moved, it is by dragging on the picture and by the arrow keys.
type CropView struct {
	widget.BaseWidget
	OnMove    func(dx, dy float32) // in widths and heights of the picture, right and down positive
	OnMoveEnd func()
	Empty     string // shown while there is no picture; call Refresh after changing it

	picture *picture
	longest float32    // at which the picture's longer side is drawn; 0: as large as fits
	part    [4]float32 // left, top, right, bottom, in widths and heights of the picture
	movable bool
	focused bool
	dragged bool
}

// NewCropView returns a view that shows nothing yet.
func NewCropView() *CropView {
	c := &CropView{picture: newPicture(canvas.ImageScalePixels), part: [4]float32{0, 0, 1, 1}}
	c.ExtendBaseWidget(c)
	return c
}

// SetPicture shows img, which must not be written again by the caller; nil empties the view. It
// belongs to the UI goroutine.
func (c *CropView) SetPicture(img image.Image) {
	var next *image.RGBA
	if img != nil {
		next = toRGBA(img)
	}
	c.picture.image.Store(next)
	c.Refresh()
}

// SetPart says what is used, from 0 to 1 of the picture's width and height, and whether it can be
// moved.
func (c *CropView) SetPart(left, top, right, bottom float32, movable bool) {
	part := [4]float32{left, top, right, bottom}
	if c.part == part && c.movable == movable {
		return
	}
	c.part, c.movable = part, movable
	c.Refresh()
}

// SetLongest says how long the longer side of the picture is drawn, in Fyne's units, where there is
// room for that: so that views beside each other show theirs at one size. 0: as large as fits.
func (c *CropView) SetLongest(longest float32) {
	if c.longest != longest {
		c.longest = longest
		c.Refresh()
	}
}

// Drawn returns the size at which the picture is drawn; nothing while there is none.
func (c *CropView) Drawn() fyne.Size {
	if c.picture.image.Load() == nil {
		return fyne.Size{}
	}
	return c.picture.Size()
}

// fit returns where in an area the picture goes.
func (c *CropView) fit(w, h int, area fyne.Size) (fyne.Position, fyne.Size) {
	scale := pixelScale(c)
	size := fyne.NewSize(float32(w), float32(h))
	factor := c.longest / max(size.Width, size.Height)
	size = fyne.NewSize(size.Width*factor, size.Height*factor)
	if c.longest <= 0 || size.Width > area.Width || size.Height > area.Height {
		return fitPixels(w, h, area, scale)
	}
	middle := func(room, length float32) float32 { return float32(int((room-length)/2*scale)) / scale }
	return fyne.NewPos(middle(area.Width, size.Width), middle(area.Height, size.Height)), size
}

// Part returns what SetPart has set.
func (c *CropView) Part() (left, top, right, bottom float32, movable bool) {
	return c.part[0], c.part[1], c.part[2], c.part[3], c.movable
}

// Dragged is part of fyne.Draggable.
func (c *CropView) Dragged(e *fyne.DragEvent) {
	size := c.picture.Size()
	if !c.movable || size.Width <= 0 || size.Height <= 0 {
		return
	}
	c.dragged = true
	c.move(e.Dragged.DX/size.Width, e.Dragged.DY/size.Height)
}

// DragEnd is part of fyne.Draggable.
func (c *CropView) DragEnd() {
	if c.dragged && c.OnMoveEnd != nil {
		c.OnMoveEnd()
	}
	c.dragged = false
}

// Tapped takes the keyboard.
func (c *CropView) Tapped(*fyne.PointEvent) {
	if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
		on.Focus(c)
	}
}

// FocusGained is part of fyne.Focusable.
func (c *CropView) FocusGained() {
	Reveal(c)
	c.focused = true
	c.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (c *CropView) FocusLost() {
	c.focused = false
	c.Refresh()
}

// TypedRune is part of fyne.Focusable.
func (c *CropView) TypedRune(rune) {}

// TypedKey moves the part with the arrow keys. All others go to the window.
func (c *CropView) TypedKey(e *fyne.KeyEvent) {
	steps := map[fyne.KeyName][2]float32{
		fyne.KeyLeft: {-padStep, 0}, fyne.KeyRight: {padStep, 0}, fyne.KeyUp: {0, -padStep}, fyne.KeyDown: {0, padStep},
	}
	step, ok := steps[e.Name]
	if !ok || !c.movable {
		passKey(c, e)
		return
	}
	c.move(step[0], step[1])
	if c.OnMoveEnd != nil {
		c.OnMoveEnd()
	}
}

func (c *CropView) move(dx, dy float32) {
	if c.OnMove != nil {
		c.OnMove(dx, dy)
	}
}

// Cursor is part of desktop.Cursorable.
func (c *CropView) Cursor() desktop.Cursor {
	if c.movable {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is part of fyne.Widget.
func (c *CropView) CreateRenderer() fyne.WidgetRenderer {
	r := &cropRenderer{view: c, back: newBox(theme.ColorNameInputBackground, ""), empty: newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder)}
	r.empty.align = fyne.TextAlignCenter
	r.objects = []fyne.CanvasObject{r.back, c.picture.Raster}
	for i := range r.dim {
		r.dim[i] = canvas.NewRectangle(nil)
		r.objects = append(r.objects, r.dim[i])
	}
	r.frame = newBox("", "")
	r.objects = append(r.objects, r.frame, r.empty)
	r.Refresh()
	return r
}

type cropRenderer struct {
	view    *CropView
	back    *box
	dim     [4]*canvas.Rectangle // above, below, left and right of the part
	frame   *box
	empty   *line
	objects []fyne.CanvasObject
}

func (r *cropRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	height := r.empty.MinSize().Height
	r.empty.Move(fyne.NewPos(0, (size.Height-height)/2))
	r.empty.Resize(fyne.NewSize(size.Width, height))
	img := r.view.picture.image.Load()
	if img == nil {
		return
	}
	scale := pixelScale(r.view)
	pos, fitted := r.view.fit(img.Rect.Dx(), img.Rect.Dy(), size)
	r.view.picture.ScaleMode = canvas.ImageScalePixels
	if fitted.Width*scale < float32(img.Rect.Dx()) {
		r.view.picture.ScaleMode = canvas.ImageScaleFastest
	}
	r.view.picture.Move(pos)
	r.view.picture.Resize(fitted)
	p := r.view.part
	left, top, right, bottom := p[0]*fitted.Width, p[1]*fitted.Height, p[2]*fitted.Width, p[3]*fitted.Height
	place := func(o fyne.CanvasObject, x0, y0, x1, y1 float32) {
		o.Move(pos.AddXY(x0, y0))
		o.Resize(fyne.NewSize(max(0, x1-x0), max(0, y1-y0)))
	}
	place(r.dim[0], 0, 0, fitted.Width, top)
	place(r.dim[1], 0, bottom, fitted.Width, fitted.Height)
	place(r.dim[2], 0, top, left, bottom)
	place(r.dim[3], right, top, fitted.Width, bottom)
	place(r.frame, left, top, right, bottom)
}

func (r *cropRenderer) Refresh() {
	c := r.view
	show := c.picture.image.Load() != nil
	c.picture.Hidden = !show
	r.frame.Hidden = !show
	r.empty.Hidden = show
	r.empty.set(c.Empty)
	shade := currentStyle(c).background
	shade.A = 0xb8
	for _, d := range r.dim {
		d.Hidden = !show
		d.FillColor = shade
	}
	width := float32(1.5)
	if c.focused {
		width = 3
	}
	r.frame.set("", theme.ColorNamePrimary, width)
	r.Layout(c.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *cropRenderer) MinSize() fyne.Size           { return fyne.NewSize(96, 52) }
func (r *cropRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *cropRenderer) Destroy()                     {}
