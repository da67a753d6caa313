package otherways

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// A sheet lays the planes out side by side, or two by two where that is too narrow, and the table
// below them. Heights follow from the width, which the frame around it sets before anything is
// measured.
type sheet struct {
	columns []*column
	heads   []*head
	titles  []fyne.CanvasObject // of columns, with their tips
	judged  []fyne.CanvasObject // verdicts, with their tip
	width   float32
}

// A head is the title of a row, with what it asks.
type head struct {
	title fyne.CanvasObject
	about *ui.Note
}

func newSheet(columns []*column) *fyne.Container {
	s := &sheet{columns: columns}
	box := container.New(s)
	for _, c := range columns {
		title, verdict := widgets.TipFunc(c.title, c.tip), widgets.Tip(c.verdict, verdictTip)
		s.titles, s.judged = append(s.titles, title), append(s.judged, verdict)
		box.Objects = append(box.Objects, title, c.plane, verdict)
	}
	for i, r := range rows {
		h := &head{title: ui.NewSection(r.title), about: ui.NewNote(r.about)}
		s.heads = append(s.heads, h)
		box.Objects = append(box.Objects, h.title, h.about)
		for _, c := range columns {
			box.Objects = append(box.Objects, c.tips[i])
		}
	}
	return box
}

// Of the sheet, in Fyne's units: planes are as large as there is room for, but no larger than
// largestPlane, and stand side by side if they are no smaller than smallestPlane.
const (
	smallestPlane = 180
	largestPlane  = 290
	largestOfTwo  = 210 // two by two: the table below shall begin in sight
	headWidth     = 130
	gap           = 12
)

// MinSize is part of fyne.Layout.
func (s *sheet) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(4*120, s.place(max(s.width, 4*120), false))
}

// Layout is part of fyne.Layout.
func (s *sheet) Layout(_ []fyne.CanvasObject, size fyne.Size) { s.place(size.Width, true) }

// place gives everything its width, and returns the height that all take; move places it too.
func (s *sheet) place(width float32, move bool) float32 {
	put := func(o fyne.CanvasObject, x, y, w float32) float32 {
		o.Resize(fyne.NewSize(w, o.Size().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		if move {
			o.Move(fyne.NewPos(x, y))
		}
		return h
	}
	y, across, largest := float32(0), 4, float32(largestPlane)
	if (width-3*gap)/4 < smallestPlane {
		across, largest = 2, largestOfTwo
	}
	w := (width - float32(across-1)*gap) / float32(across)
	for first := 0; first < len(s.columns); first += across {
		var high float32
		for i := range across {
			at, c := first+i, s.columns[first+i]
			x, top := float32(i)*(w+gap), y
			top += put(s.titles[at], x, top, w)
			inset := theme.InnerPadding() // where texts begin
			side := min(w-2*inset, largest)
			c.plane.Resize(fyne.NewSquareSize(side))
			if move {
				c.plane.Move(fyne.NewPos(x+inset, top))
			}
			top += side
			top += put(s.judged[at], x, top, w)
			high = max(high, top-y)
		}
		y += high
	}
	cell := (width - 3*gap) / 4
	for i, h := range s.heads {
		title := put(h.title, 0, y, headWidth)
		about := put(h.about, headWidth, y, width-headWidth)
		y += max(title, about) - theme.Padding()
		var high float32
		for k, c := range s.columns {
			high = max(high, put(c.tips[i], float32(k)*(cell+gap), y, cell))
		}
		y += high
	}
	return y
}

// A frame gives a sheet in a scroll its width before it is measured.
type frame struct{ sheet *sheet }

// Layout is part of fyne.Layout.
func (f *frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.sheet.width = size.Width
	for _, o := range objects {
		o.Resize(size)
	}
}

// MinSize is part of fyne.Layout.
func (f *frame) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
