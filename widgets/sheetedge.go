package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// sheetEdges are lines around and between the pictures of a sheet that would blend into the page.
type sheetEdges struct {
	widget.BaseWidget
	sheet *ContactSheet
	lines *fyne.Container
}

func newSheetEdges(s *ContactSheet) *sheetEdges {
	e := &sheetEdges{sheet: s, lines: &fyne.Container{}}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer is part of fyne.Widget.
func (e *sheetEdges) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(e.lines) }

// update brings the lines to the sheet's place and content.
func (e *sheetEdges) update() {
	s := e.sheet
	img := s.picture.image.Load()
	style := currentStyle(s)
	cells := make([]image.Rectangle, s.columns*s.rows)
	for i := range cells {
		cells[i] = s.cellRect(i)
	}
	if img == nil || !blendsIn(img, cells, style.background) {
		e.lines.Hide()
		return
	}
	for len(e.lines.Objects) < s.columns+s.rows+2 {
		e.lines.Add(canvas.NewRectangle(color.Transparent))
	}
	at, size := s.picture.Position(), s.picture.Size()
	pixel := 1 / pixelScale(s)
	unit := size.Width / float32(img.Rect.Dx())
	place := func(n, count, cell int, length float32) float32 {
		switch n {
		case 0:
			return -pixel
		case count:
			return length
		}
		return (float32(n*(cell+s.Spacing))-float32(s.Spacing)/2)*unit - pixel/2
	}
	for i, o := range e.lines.Objects {
		line := o.(*canvas.Rectangle)
		line.Hidden = i >= s.columns+s.rows+2
		line.FillColor = style.border()
		if i <= s.columns {
			line.Move(at.AddXY(place(i, s.columns, cells[0].Dx(), size.Width), -pixel))
			line.Resize(fyne.NewSize(pixel, size.Height+2*pixel))
			continue
		}
		line.Move(at.AddXY(-pixel, place(i-s.columns-1, s.rows, cells[0].Dy(), size.Height)))
		line.Resize(fyne.NewSize(size.Width+2*pixel, pixel))
	}
	e.lines.Show()
	canvas.Refresh(e)
}
