package widgets

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A ContactSheet shows one composed picture of many small ones, as large as fits, and tells which
// of them is tapped. With the keyboard, the arrow keys go from one to the next and Enter taps.
type ContactSheet struct {
	widget.BaseWidget
	OnTapped  func(cell int)         // cells count from the top left, row by row; nil: nothing can be tapped
	OnHovered func(cell int)         // −1 when the mouse is over none; may be nil
	OnMenu    func(at fyne.Position) // the other mouse button, at a place on the canvas; may be nil
	Spacing   int                    // the sheet's pixels between two cells, as given to Compose
	Empty     string                 // shown while there is no sheet

	picture       *picture
	edges         *sheetEdges // nil until the sheet is shown
	columns, rows int
	hovered       int // the cell below the mouse or under the keyboard; −1: none
	focused       bool
}

// NewContactSheet returns a sheet that shows nothing yet.
func NewContactSheet() *ContactSheet {
	s := &ContactSheet{picture: newPicture(canvas.ImageScalePixels), hovered: -1, Empty: "No pictures yet"}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows sheet, a picture of columns×rows equal cells that lie Spacing pixels apart. The sheet
// must not be written again by the caller. A nil sheet empties the widget. It belongs to the UI
// goroutine.
func (s *ContactSheet) Set(sheet *image.RGBA, columns, rows int) {
	old := s.picture.image.Load()
	s.picture.image.Store(nil)
	if sheet != nil {
		s.picture.image.Store(toRGBA(sheet))
	}
	relayout := s.columns != columns || s.rows != rows || (old == nil) != (sheet == nil) ||
		old != nil && sheet != nil && old.Rect.Size() != sheet.Rect.Size()
	s.columns, s.rows = columns, rows
	if s.hovered >= columns*rows {
		s.hovered = -1
	}
	if relayout {
		s.Refresh()
		return
	}
	if s.edges != nil {
		s.edges.update()
	}
	canvas.Refresh(s.picture.Raster)
}

// cellRect returns a cell's place in pixels of the sheet.
func (s *ContactSheet) cellRect(cell int) image.Rectangle {
	img := s.picture.image.Load()
	if img == nil || s.columns <= 0 || s.rows <= 0 || cell < 0 || cell >= s.columns*s.rows {
		return image.Rectangle{}
	}
	w := (img.Rect.Dx() - (s.columns-1)*s.Spacing) / s.columns
	h := (img.Rect.Dy() - (s.rows-1)*s.Spacing) / s.rows
	x, y := cell%s.columns*(w+s.Spacing), cell/s.columns*(h+s.Spacing)
	return image.Rect(x, y, x+w, y+h)
}

// cellAt returns the cell at a position in the widget, or −1.
func (s *ContactSheet) cellAt(pos fyne.Position) int {
	img := s.picture.image.Load()
	if img == nil || s.columns <= 0 || s.rows <= 0 {
		return -1
	}
	at, size := s.picture.Position(), s.picture.Size()
	x, y := pos.X-at.X, pos.Y-at.Y
	if x < 0 || y < 0 || x >= size.Width || y >= size.Height {
		return -1
	}
	px, py := int(x/size.Width*float32(img.Rect.Dx())), int(y/size.Height*float32(img.Rect.Dy()))
	first := s.cellRect(0)
	column := min(px/(first.Dx()+s.Spacing), s.columns-1)
	row := min(py/(first.Dy()+s.Spacing), s.rows-1)
	return row*s.columns + column
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (s *ContactSheet) TappedSecondary(e *fyne.PointEvent) {
	if s.OnMenu != nil {
		s.OnMenu(e.AbsolutePosition)
	}
}

// Tapped is part of fyne.Tappable.
func (s *ContactSheet) Tapped(e *fyne.PointEvent) {
	if cell := s.cellAt(e.Position); cell >= 0 && s.OnTapped != nil {
		s.OnTapped(cell)
	}
}

// MouseIn is part of desktop.Hoverable.
func (s *ContactSheet) MouseIn(e *desktop.MouseEvent) { s.hover(s.cellAt(e.Position)) }

// MouseMoved is part of desktop.Hoverable.
func (s *ContactSheet) MouseMoved(e *desktop.MouseEvent) { s.hover(s.cellAt(e.Position)) }

// MouseOut is part of desktop.Hoverable.
func (s *ContactSheet) MouseOut() { s.hover(-1) }

// FocusGained is part of fyne.Focusable.
func (s *ContactSheet) FocusGained() {
	Reveal(s)
	s.focused = true
	if s.hovered < 0 && s.columns*s.rows > 0 {
		s.hover(0)
	}
	s.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (s *ContactSheet) FocusLost() {
	s.focused = false
	s.hover(-1)
	s.Refresh()
}

// TypedRune is part of fyne.Focusable.
func (s *ContactSheet) TypedRune(rune) {}

// TypedKey is part of fyne.Focusable.
func (s *ContactSheet) TypedKey(e *fyne.KeyEvent) {
	if next, ok := stepCell(s.hovered, s.columns, s.columns*s.rows, e.Name); ok {
		s.hover(next)
		return
	}
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if s.hovered >= 0 && s.OnTapped != nil {
			s.OnTapped(s.hovered)
			return
		}
	}
	passKey(s, e)
}

// Cursor is part of desktop.Cursorable.
func (s *ContactSheet) Cursor() desktop.Cursor {
	if s.hovered >= 0 && s.OnTapped != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

func (s *ContactSheet) hover(cell int) {
	if cell == s.hovered {
		return
	}
	s.hovered = cell
	s.Refresh()
	if s.OnHovered != nil {
		s.OnHovered(cell)
	}
}

// CreateRenderer is part of fyne.Widget.
func (s *ContactSheet) CreateRenderer() fyne.WidgetRenderer {
	r := &sheetRenderer{sheet: s, ring: canvas.NewRectangle(color.Transparent), empty: newLine("", theme.SizeNameText, theme.ColorNamePlaceHolder)}
	r.empty.align = fyne.TextAlignCenter
	s.edges = newSheetEdges(s)
	r.objects = []fyne.CanvasObject{s.picture.Raster, s.edges, r.ring, r.empty}
	r.Refresh()
	return r
}

type sheetRenderer struct {
	sheet   *ContactSheet
	ring    *canvas.Rectangle
	empty   *line
	objects []fyne.CanvasObject
}

func (r *sheetRenderer) Layout(size fyne.Size) {
	s := r.sheet
	height := r.empty.MinSize().Height
	r.empty.Move(fyne.NewPos(0, (size.Height-height)/2))
	r.empty.Resize(fyne.NewSize(size.Width, height))
	img := s.picture.image.Load()
	if img == nil {
		return
	}
	scale := pixelScale(s)
	pos, fitted := fitPixels(img.Rect.Dx(), img.Rect.Dy(), size, scale)
	s.picture.ScaleMode = canvas.ImageScalePixels
	if fitted.Width*scale < float32(img.Rect.Dx()) {
		s.picture.ScaleMode = canvas.ImageScaleFastest // nearest pixels would drop whole lines of a shrunk sheet
	}
	s.picture.Move(pos)
	s.picture.Resize(fitted)
	s.edges.Resize(size)
	s.edges.update()
	cell := s.cellRect(s.hovered)
	unit := fitted.Width / float32(img.Rect.Dx())
	r.ring.Move(pos.AddXY(float32(cell.Min.X)*unit, float32(cell.Min.Y)*unit))
	r.ring.Resize(fyne.NewSize(float32(cell.Dx())*unit, float32(cell.Dy())*unit))
}

func (r *sheetRenderer) Refresh() {
	s := r.sheet
	show := s.picture.image.Load() != nil
	s.picture.Hidden = !show
	r.ring.Hidden = !show || s.hovered < 0
	r.ring.StrokeColor = theme.ColorForWidget(theme.ColorNamePrimary, s)
	r.ring.StrokeWidth = 2
	if s.focused {
		r.ring.StrokeWidth = 3
	}
	r.empty.Hidden = show
	r.empty.set(s.Empty)
	r.Layout(s.Size())
	canvas.Refresh(s)
	canvas.Refresh(s.picture.Raster)
	r.ring.Refresh()
	r.empty.Refresh()
}

func (r *sheetRenderer) MinSize() fyne.Size           { return fyne.NewSize(96, 96) }
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *sheetRenderer) Destroy()                     {}

// Compose puts items row by row into one picture with the given number of columns; every cell is as
// large as the largest item, items are centred in their cells, and neighbours lie spacing pixels of
// the background apart. Without items it returns an empty picture.
func Compose(items []image.Image, columns, spacing int, background color.Color) *image.RGBA {
	columns = max(1, min(columns, len(items)))
	var w, h int
	for _, item := range items {
		if item != nil {
			w, h = max(w, item.Bounds().Dx()), max(h, item.Bounds().Dy())
		}
	}
	if len(items) == 0 || w == 0 || h == 0 {
		return image.NewRGBA(image.Rectangle{})
	}
	rows := (len(items) + columns - 1) / columns
	dst := image.NewRGBA(image.Rect(0, 0, columns*(w+spacing)-spacing, rows*(h+spacing)-spacing))
	draw.Draw(dst, dst.Rect, image.NewUniform(background), image.Point{}, draw.Src)
	for i, item := range items {
		if item == nil {
			continue
		}
		b := item.Bounds()
		at := image.Pt(i%columns*(w+spacing)+(w-b.Dx())/2, i/columns*(h+spacing)+(h-b.Dy())/2)
		draw.Draw(dst, b.Sub(b.Min).Add(at), item, b.Min, draw.Over)
	}
	return dst
}
