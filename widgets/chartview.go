package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
)

// chartLook is what of a chart somebody wants to see.
type chartLook struct {
	hidden   []string // names of series; never changed in place
	from, to float64  // the stretch of the horizontal axis; from == to: all of it
}

func (l chartLook) zoomed() bool { return l.from < l.to }

// shows tells whether a position on the horizontal axis is in the stretch that is looked at.
func (l chartLook) shows(x float64) bool { return !l.zoomed() || x >= l.from && x <= l.to }

// visible returns the content without the points of the series that are hidden. The series stay, as
// colours and the legend go by them.
func (c chartContent) visible() chartContent {
	if len(c.look.hidden) == 0 {
		return c
	}
	c.series = slices.Clone(c.series)
	for i, s := range c.series {
		if slices.Contains(c.look.hidden, s.Name) {
			c.series[i] = Series{Name: s.Name, Role: s.Role}
		}
	}
	return c
}

// wholeSpan returns the ends of the horizontal axis of the whole run.
func (c chartContent) wholeSpan() span {
	c.look.from, c.look.to = 0, 0
	axes, _ := axesOf(c)
	return span{axes.xMin, axes.xMax}
}

// A legendEntry is where the name of a series stands, in Fyne's units.
type legendEntry struct {
	name string
	area area
}

// Tapped hides or shows the series whose name in the legend is pressed.
func (c *Chart) Tapped(e *fyne.PointEvent) {
	p, ok := c.easel.last()
	if !ok {
		return
	}
	for _, entry := range p.legend {
		if entry.area.contains(e.Position) {
			c.toggle(entry.name)
		}
	}
}

// toggle hides a series, or shows it again.
func (c *Chart) toggle(name string) {
	c.easel.change(func(content *chartContent) {
		hidden := slices.Clone(content.look.hidden)
		if i := slices.Index(hidden, name); i >= 0 {
			hidden = slices.Delete(hidden, i, i+1)
		} else {
			hidden = append(hidden, name)
		}
		content.look.hidden = hidden
	})
}

func (c *Chart) lookAt(from, to float64) {
	c.easel.change(func(content *chartContent) { content.look.from, content.look.to = from, to })
}

const (
	zoomStep  = 0.8 // what is left of the stretch after a notch of the wheel
	zoomNotch = 10  // Fyne's units of a notch
	zoomLeast = 4   // steps, or other units of the axis, that a stretch has at least
)

// Scrolled looks closer with the wheel, at the place below the mouse, or at more.
func (c *Chart) Scrolled(e *fyne.ScrollEvent) {
	p, ok := c.easel.last()
	if !ok || p.right <= p.left || e.Scrolled.DY == 0 {
		return
	}
	factor := 1.0
	for range max(1, min(5, int(abs32(e.Scrolled.DY)/zoomNotch))) {
		if e.Scrolled.DY > 0 {
			factor *= zoomStep
		} else {
			factor /= zoomStep
		}
	}
	from, to := p.axes.xMin, p.axes.xMax
	at := from + (to-from)*float64(min(1, max(0, (e.Position.X-p.left)/(p.right-p.left))))
	length := (to - from) * factor
	least := float64(zoomLeast)
	if p.axes.xLeast == 0 {
		least = (p.whole.high - p.whole.low) / 1000
	}
	if length < least {
		return
	}
	share := (at - from) / (to - from)
	c.lookWithin(p, at-share*length, length)
}

// Dragged moves the stretch that is looked at.
func (c *Chart) Dragged(e *fyne.DragEvent) {
	p, ok := c.easel.last()
	if !ok || p.right <= p.left || !p.content.look.zoomed() {
		return
	}
	now := c.easel.current().look // which earlier moves have changed
	length := now.to - now.from
	c.lookWithin(p, now.from-float64(e.Dragged.DX/(p.right-p.left))*length, length)
}

// DragEnd is part of fyne.Draggable.
func (c *Chart) DragEnd() {}

// lookWithin looks at a stretch, moved so that it lies within the run; at all of it where the stretch
// is as long.
func (c *Chart) lookWithin(p *chartPicture, from, length float64) {
	if length >= p.whole.high-p.whole.low {
		c.lookAt(0, 0)
		return
	}
	from = max(p.whole.low, min(from, p.whole.high-length))
	c.lookAt(from, from+length)
}

func abs32(v float32) float32 { return max(v, -v) }

// ViewItems are the items of a menu that change how the chart is looked at.
func (c *Chart) ViewItems() []*fyne.MenuItem {
	content := c.easel.current()
	log := fyne.NewMenuItem("Logarithmic axis", func() { c.SetLogY(!content.logY) })
	log.Checked = content.logY
	whole := fyne.NewMenuItem("Whole run", func() { c.lookAt(0, 0) })
	whole.Disabled = !content.look.zoomed()
	items := []*fyne.MenuItem{log, whole}
	for _, s := range content.series {
		item := fyne.NewMenuItem("Show "+s.Name, func() { c.toggle(s.Name) })
		item.Checked = !slices.Contains(content.look.hidden, s.Name)
		items = append(items, item)
	}
	return items
}
