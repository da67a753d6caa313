package widgets

import (
	"math"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// A chartReading is a vertical line through a chart, and a bubble with the values there.
type chartReading struct {
	chart  *Chart
	line   *canvas.Line
	bubble *box
	lines  []*line
}

// A chartHover is the reading below the mouse.
type chartHover struct {
	chartReading
	inside atomic.Bool // read when a drawing is finished
	at     fyne.Position
}

func (r *chartReading) setUp(c *Chart) {
	r.chart = c
	r.line = canvas.NewLine(nil)
	r.bubble = newBox(theme.ColorNameOverlayBackground, theme.SizeNameInputRadius)
	r.bubble.stroke, r.bubble.strokeWidth = theme.ColorNameSeparator, 1
}

// objects returns others with those of the reading in front of them.
func (r *chartReading) objects(others []fyne.CanvasObject) []fyne.CanvasObject {
	others = append(others, r.line, r.bubble)
	for _, l := range r.lines {
		others = append(others, l)
	}
	return others
}

// SetCursor draws a line at a position of the horizontal axis, with the values there, that moves
// without the chart being drawn anew; NaN takes it away. It belongs to the UI goroutine.
func (c *Chart) SetCursor(x float64) {
	c.look.Store(math.Float64bits(x))
	if c.cursor.line != nil {
		p, _ := c.easel.last()
		c.read(p)
	}
}

// reads tells whether values are to be read at the mouse or at the cursor.
func (c *Chart) reads() bool {
	return c.hover.inside.Load() || !math.IsNaN(math.Float64frombits(c.look.Load()))
}

// read shows the values of p at the mouse and at the cursor, or nothing where they are not over p's
// lines. Below the mouse the cursor's values give way.
func (c *Chart) read(p *chartPicture) {
	if c.hover.line == nil {
		return
	}
	var hovered, marked []string
	var hoverX, markX float32
	if p != nil && c.hover.inside.Load() {
		hovered, hoverX = p.valuesAt(c.hover.at)
	}
	if p != nil {
		marked, markX = p.valuesOf(math.Float64frombits(c.look.Load()))
	}
	c.hover.show(p, hovered, hoverX, func(height float32) float32 { return c.hover.at.Y - height/2 })
	c.cursor.show(p, marked, markX, func(float32) float32 { return p.top }) // the legend stays in sight
	if len(hovered) > 0 {
		c.cursor.hideValues()
	}
	canvas.Refresh(c)
}

func (r *chartReading) hideValues() {
	r.bubble.Hidden = true
	for _, l := range r.lines {
		l.Hidden = true
	}
}

// show shows texts beside a line at x; none: nothing. Where a bubble of a height begins topOf says.
func (r *chartReading) show(p *chartPicture, texts []string, x float32, topOf func(height float32) float32) {
	r.line.Hidden, r.bubble.Hidden = len(texts) == 0, len(texts) == 0
	for len(r.lines) < len(texts) {
		r.lines = append(r.lines, newLine("", theme.SizeNameCaptionText, theme.ColorNameForeground))
	}
	for i, l := range r.lines {
		l.Hidden = i >= len(texts)
	}
	if len(texts) == 0 {
		return
	}
	r.line.Position1, r.line.Position2 = fyne.NewPos(x, p.top), fyne.NewPos(x, p.bottom)
	r.line.StrokeWidth = 1
	const pad = 6
	var wide, high float32
	for i, text := range texts {
		r.lines[i].set(text)
		size := r.lines[i].MinSize()
		wide, high = max(wide, size.Width), high+size.Height
	}
	size := r.chart.Size()
	left := x + 10
	if left+wide+2*pad > size.Width {
		left = max(0, x-10-wide-2*pad)
	}
	high += 2 * pad
	top := max(0, min(topOf(high), size.Height-high))
	r.bubble.Move(fyne.NewPos(left, top))
	r.bubble.Resize(fyne.NewSize(wide+2*pad, high))
	y := top + pad
	for _, l := range r.lines[:len(texts)] {
		l.Move(fyne.NewPos(left+pad, y))
		l.Resize(fyne.NewSize(wide, l.MinSize().Height))
		y += l.MinSize().Height
	}
}
