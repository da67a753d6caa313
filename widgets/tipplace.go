package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// tipColumn is how wide a column may be that a tip goes beside. Beside a wider one it would be far
// from what it is about.
const tipColumn = 400

// tipGap is the room between a column and the tip beside it.
const tipGap = 6

// An area is where an object is on its canvas.
type area struct {
	fyne.Position
	fyne.Size
}

func areaOf(o fyne.CanvasObject) area {
	return area{fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()}
}

func (a area) contains(p fyne.Position) bool {
	return p.X >= a.X && p.Y >= a.Y && p.X < a.X+a.Width && p.Y < a.Y+a.Height
}

// beside returns where something of width goes beside the area, on the side with more room, and
// whether there is room. The position counts from left on the canvas, where a room as wide as given
// begins.
func (a area) beside(width, room, left float32) (x float32, ok bool) {
	before, behind := a.X-left, left+room-a.X-a.Width
	if before > behind {
		return before - tipGap - width, before >= width+tipGap
	}
	return a.X - left + a.Width + tipGap, behind >= width+tipGap
}

// columnsAround returns the areas of the columns that o lies in, from the innermost on: what
// scrolls, and containers in which something lies below o. A tip below o would cover their next
// rows.
func columnsAround(o fyne.CanvasObject) []area {
	var columns []area
	inner := o
	for _, holder := range slices.Backward(pathTo(o)) {
		switch h := holder.(type) {
		case *container.Scroll, *KnobList:
			columns = append(columns, areaOf(h))
		case *fyne.Container:
			if hasBelow(h, inner) {
				columns = append(columns, areaOf(h))
			}
		}
		inner = holder
	}
	return slices.DeleteFunc(columns, func(a area) bool { return a.Width > tipColumn })
}

// hasBelow says whether another object of c lies below inner, which is one of them.
func hasBelow(c *fyne.Container, inner fyne.CanvasObject) bool {
	from, to, bottom := inner.Position().X, inner.Position().X+inner.Size().Width, inner.Position().Y+inner.Size().Height
	return slices.ContainsFunc(c.Objects, func(o fyne.CanvasObject) bool {
		return o.Visible() && o != inner && o.Position().Y >= bottom && o.Position().X < to && o.Position().X+o.Size().Width > from
	})
}
