package widgets

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A BoardPoint is a point on a DrawBoard: its place from −1 (left, bottom) to 1, and its class.
type BoardPoint struct {
	X, Y  float32
	Class int
}

// A BoardTool is what drawing on a DrawBoard does.
type BoardTool int

// The tools: points along a line, points scattered around it, and points taken away.
const (
	Brush BoardTool = iota
	Spray
	Eraser
)

// BoardClasses is how many classes of points are told apart by their colours.
const BoardClasses = 6

// A DrawBoard is a square on which points are drawn with the mouse, or with the arrow keys and
// Space.
type DrawBoard struct {
	widget.BaseWidget
	Tool    BoardTool
	Class   int
	Reach   float32 // how far from the mouse the tool works, in half sides of the square
	Most    int     // points that there can be; 0: any number
	OnDrawn func()  // after each stroke that changed something

	random  *rand.Rand
	easel   easel[boardContent, *image.RGBA]
	points  []BoardPoint // appended to, or replaced: what the easel has is never written
	last    [2]float32   // where the stroke is
	drawing bool
	changed bool
	focused bool
	ring    *canvas.Circle // shows how far the tool reaches
}

// boardInterval is the shortest time between two drawings: somebody looks at what the hand does.
const boardInterval = gridInterval

// NewDrawBoard returns an empty board; random scatters the points.
func NewDrawBoard(random *rand.Rand) *DrawBoard {
	b := &DrawBoard{Reach: 0.12, random: random, ring: canvas.NewCircle(color.Transparent)}
	b.easel.draw = drawBoard
	b.easel.imageOf = func(img *image.RGBA) *image.RGBA { return img }
	b.easel.drawer.interval, b.easel.drawer.share = boardInterval, 0.5
	b.easel.setUp(b, boardContent{})
	b.ExtendBaseWidget(b)
	return b
}

// Points returns what is drawn. It is not to be written.
func (b *DrawBoard) Points() []BoardPoint { return b.points }

// SetPoints replaces what is drawn, without calling OnDrawn; the slice is not written again by the
// caller.
func (b *DrawBoard) SetPoints(points []BoardPoint) {
	b.points = slices.Clip(points)
	b.show()
}

// Close ends the drawing goroutine and waits for its end.
func (b *DrawBoard) Close() { b.easel.close() }

func (b *DrawBoard) show() {
	points := b.points[:len(b.points):len(b.points)]
	b.easel.change(func(c *boardContent) { c.points = points })
}

// square returns where the board lies in the widget.
func (b *DrawBoard) square() (at fyne.Position, side float32) {
	size := b.Size()
	side = max(1, min(size.Width, size.Height))
	return fyne.NewPos((size.Width-side)/2, (size.Height-side)/2), side
}

func (b *DrawBoard) placeOf(pos fyne.Position) [2]float32 {
	at, side := b.square()
	return [2]float32{2*(pos.X-at.X)/side - 1, 1 - 2*(pos.Y-at.Y)/side}
}

// begin starts a stroke at a place.
func (b *DrawBoard) begin(at [2]float32) {
	b.drawing, b.changed, b.last = true, false, at
	b.dab(at)
	b.show()
}

// strokeStep is how far apart a tool works along a stroke, in half sides of the square.
const strokeStep = 0.02

// stroke goes on to a place.
func (b *DrawBoard) stroke(to [2]float32) {
	dx, dy := to[0]-b.last[0], to[1]-b.last[1]
	length := float32(math.Hypot(float64(dx), float64(dy)))
	steps := int(length / strokeStep)
	for k := range steps {
		t := float32(k+1) * strokeStep / length
		b.dab([2]float32{b.last[0] + t*dx, b.last[1] + t*dy})
	}
	if steps > 0 {
		t := float32(steps) * strokeStep / length
		b.last = [2]float32{b.last[0] + t*dx, b.last[1] + t*dy}
		b.show()
	}
}

// end ends the stroke.
func (b *DrawBoard) end() {
	if b.drawing && b.changed && b.OnDrawn != nil {
		b.OnDrawn()
	}
	b.drawing = false
}

// sprayed is how many points the spray leaves at each of its steps.
const sprayed = 3

// dab lets the tool work at one place.
func (b *DrawBoard) dab(at [2]float32) {
	switch b.Tool {
	case Brush:
		b.add(at, b.Reach/5)
	case Spray:
		for range sprayed {
			b.add(at, b.Reach/2)
		}
	case Eraser:
		near := func(p BoardPoint) bool { return math.Hypot(float64(p.X-at[0]), float64(p.Y-at[1])) <= float64(b.Reach) }
		if slices.ContainsFunc(b.points, near) {
			b.points = slices.DeleteFunc(slices.Clone(b.points), near)
			b.changed = true
		}
	}
}

// add puts a point near a place, at a distance of a bell curve with the deviation spread, if it
// lies on the board.
func (b *DrawBoard) add(at [2]float32, spread float32) {
	p := BoardPoint{X: at[0] + spread*float32(b.random.NormFloat64()), Y: at[1] + spread*float32(b.random.NormFloat64()), Class: b.Class}
	if max(p.X, -p.X, p.Y, -p.Y) > 1 || b.Most > 0 && len(b.points) >= b.Most {
		return
	}
	b.points = append(b.points, p)
	b.changed = true
}

// MouseDown is part of desktop.Mouseable.
func (b *DrawBoard) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		b.begin(b.placeOf(e.Position))
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b)
	}
}

// MouseUp is part of desktop.Mouseable.
func (b *DrawBoard) MouseUp(*desktop.MouseEvent) { b.end() }

// Dragged is part of fyne.Draggable.
func (b *DrawBoard) Dragged(e *fyne.DragEvent) {
	at := b.placeOf(e.Position)
	b.point(e.Position)
	if !b.drawing {
		b.begin(at)
		return
	}
	b.stroke(at)
}

// DragEnd is part of fyne.Draggable.
func (b *DrawBoard) DragEnd() { b.end() }

// MouseIn is part of desktop.Hoverable.
func (b *DrawBoard) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (b *DrawBoard) MouseMoved(e *desktop.MouseEvent) {
	b.point(e.Position)
	if b.drawing {
		b.stroke(b.placeOf(e.Position))
	}
}

// MouseOut is part of desktop.Hoverable.
func (b *DrawBoard) MouseOut() {
	b.ring.Hide()
}

// point draws the ring that shows the tool's reach.
func (b *DrawBoard) point(at fyne.Position) {
	_, side := b.square()
	r := b.Reach * side / 2
	b.ring.StrokeColor, b.ring.StrokeWidth = theme.ColorForWidget(theme.ColorNamePlaceHolder, b), 1
	b.ring.Move(at.SubtractXY(r, r))
	b.ring.Resize(fyne.NewSquareSize(2 * r))
	b.ring.Show()
	canvas.Refresh(b.ring)
}

// Cursor is part of desktop.Cursorable.
func (b *DrawBoard) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// FocusGained is part of fyne.Focusable.
func (b *DrawBoard) FocusGained() {
	if !b.drawing { // a board that moved under the mouse would be drawn on elsewhere
		Reveal(b)
	}
	b.focused = true
	b.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (b *DrawBoard) FocusLost() {
	b.focused = false
	b.Refresh()
}

// TypedRune is part of fyne.Focusable.
func (b *DrawBoard) TypedRune(rune) {}

// TypedKey moves the tool with the arrow keys and lets it work with Space and Enter. All others go
// to the window.
func (b *DrawBoard) TypedKey(e *fyne.KeyEvent) {
	const step = 0.05
	switch e.Name {
	case fyne.KeyLeft:
		b.last[0] = max(-1, b.last[0]-step)
	case fyne.KeyRight:
		b.last[0] = min(1, b.last[0]+step)
	case fyne.KeyUp:
		b.last[1] = min(1, b.last[1]+step)
	case fyne.KeyDown:
		b.last[1] = max(-1, b.last[1]-step)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.begin(b.last)
		b.end()
	default:
		passKey(b, e)
		return
	}
	at, side := b.square()
	b.point(at.AddXY((b.last[0]+1)/2*side, (1-b.last[1])/2*side))
}

// MinSize is part of fyne.CanvasObject.
func (b *DrawBoard) MinSize() fyne.Size { return fyne.NewSize(200, 200) }

// CreateRenderer is part of fyne.Widget.
func (b *DrawBoard) CreateRenderer() fyne.WidgetRenderer {
	r := &boardRenderer{board: b, frame: newBox("", "")}
	b.ring.Hide()
	r.objects = []fyne.CanvasObject{b.easel.shown.Raster, r.frame, b.ring}
	r.Refresh()
	return r
}

type boardRenderer struct {
	board   *DrawBoard
	frame   *box
	objects []fyne.CanvasObject
}

func (r *boardRenderer) Layout(fyne.Size) {
	at, side := r.board.square()
	for _, o := range []fyne.CanvasObject{r.board.easel.shown.Raster, r.frame} {
		o.Move(at)
		o.Resize(fyne.NewSquareSize(side))
	}
}

func (r *boardRenderer) Refresh() {
	stroke, width := theme.ColorNameInputBorder, float32(1)
	if r.board.focused {
		stroke, width = theme.ColorNamePrimary, 2
	}
	r.frame.set("", stroke, width)
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *boardRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *boardRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *boardRenderer) Destroy()                     {}
