package widgets

import (
	"image"
	"math"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Series is one line of a chart: the whole run, X ascending; the chart thins it to what the
// screen can show. Values that are not finite leave gaps.
type Series struct {
	Name string
	Role Role // which gives it its colour
	X, Y []float64
	Thin bool // it stands behind the others: a fine line without a band, of another run for instance
	// Err is half the height of a band around the line, such as two standard errors; nil: no band.
	// A value that is not finite leaves a gap in the band.
	Err []float64
}

// A Mark is a dashed vertical line with a small label, such as a changed learning rate; with To
// above X it is a band from X to To.
type Mark struct {
	X    float64
	To   float64
	Text string
}

// A Chart shows lines that grow while one watches. It draws on its own goroutine, at most five
// times a second, and only while it is on the screen. Under the mouse it tells the values. Where a
// line has more points than the screen, it is drawn as the mean of every column, in a band from the
// smallest to the largest value. The wheel looks closer, dragging moves, and a press on a name in
// the legend hides that line.
type Chart struct {
	widget.BaseWidget
	easel easel[chartContent, *chartPicture]
	hover chartHover
	// cursor reads the values at a step that is looked at; the mouse reads in front of it.
	cursor chartReading
	look   atomic.Uint64 // bits of that step, NaN: none
	tip    chartTip
	more   *TippedButton // opens its menu; nil: it has none
	menu   func(at fyne.Position)
}

// chartContent is what a chart draws.
type chartContent struct {
	title, xLabel, yLabel, empty string
	series                       []Series
	marks                        []Mark
	levels                       []Level
	logY                         bool
	menu                         bool // there is a button in the corner
	look                         chartLook
}

// NewChart returns a chart without lines. Labels may be empty.
func NewChart(title, xLabel, yLabel string) *Chart {
	c := &Chart{}
	c.easel.draw = drawChart
	c.easel.imageOf = func(p *chartPicture) *image.RGBA { return p.image }
	c.easel.done = func(p *chartPicture) {
		if c.reads() {
			c.read(p)
		}
	}
	c.look.Store(math.Float64bits(math.NaN()))
	c.easel.setUp(c, chartContent{title: title, xLabel: xLabel, yLabel: yLabel, empty: "Nothing to show yet"})
	c.ExtendBaseWidget(c)
	return c
}

// Set shows series and marks. It may be called from any goroutine; the chart keeps the slices,
// whose elements up to their length must not be written again, though they may be appended to. It
// panics if X, Y and Err of a series differ in length.
func (c *Chart) Set(series []Series, marks []Mark) {
	for _, s := range series {
		if len(s.X) != len(s.Y) || s.Err != nil && len(s.Err) != len(s.Y) {
			panic("widgets: series " + s.Name + " with x, y and errors of different lengths")
		}
	}
	c.easel.change(func(content *chartContent) { content.series, content.marks = series, marks })
}

// SetLogY chooses a logarithmic vertical axis, on which values that are not positive leave gaps.
func (c *Chart) SetLogY(on bool) { c.easel.change(func(content *chartContent) { content.logY = on }) }

// SetTitle changes the title.
func (c *Chart) SetTitle(title string) {
	c.easel.change(func(content *chartContent) { content.title = title })
}

// SetEmpty changes the text that is shown while there are no points.
func (c *Chart) SetEmpty(text string) {
	c.easel.change(func(content *chartContent) { content.empty = text })
}

// moreSide is the side of the button that opens a chart's menu.
const moreSide = 20

// SetMenu gives the chart a menu, which open is to show at a place on the canvas: it opens by the
// other mouse button, and by a button in the corner. It is called before the chart is shown.
func (c *Chart) SetMenu(tip string, open func(at fyne.Position)) {
	c.menu = open
	c.more = TipButton(theme.MoreVerticalIcon(), "", tip, func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.more)
		open(at.AddXY(0, moreSide))
	})
	c.more.Importance = widget.LowImportance
	c.easel.change(func(content *chartContent) { content.menu = true })
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (c *Chart) TappedSecondary(e *fyne.PointEvent) {
	if c.menu != nil {
		c.menu(e.AbsolutePosition)
	}
}

// Close ends the drawing goroutine and waits for its end; the chart keeps showing its last picture.
func (c *Chart) Close() { c.easel.close() }

// MouseIn is part of desktop.Hoverable.
func (c *Chart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved shows the values at the mouse, or what the title means.
func (c *Chart) MouseMoved(e *desktop.MouseEvent) {
	c.tip.move(c, e)
	c.hover.at = e.Position
	c.hover.inside.Store(true)
	p, _ := c.easel.last()
	c.read(p)
}

// MouseOut is part of desktop.Hoverable.
func (c *Chart) MouseOut() {
	c.tip.leave()
	c.hover.inside.Store(false)
	p, _ := c.easel.last()
	c.read(p)
}

// CreateRenderer is part of fyne.Widget.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{chart: c}
	c.hover.setUp(c)
	c.cursor.setUp(c)
	r.Refresh()
	return r
}

type chartRenderer struct{ chart *Chart }

func (r *chartRenderer) Layout(size fyne.Size) {
	r.chart.easel.shown.Resize(size)
	if more := r.chart.more; more != nil {
		more.Resize(fyne.NewSquareSize(moreSide))
		more.Move(fyne.NewPos(size.Width-moreSide, 0))
	}
}

func (r *chartRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 110) }
func (r *chartRenderer) Destroy()           {}

func (r *chartRenderer) Refresh() {
	r.chart.hover.line.StrokeColor = theme.ColorForWidget(theme.ColorNamePlaceHolder, r.chart)
	r.chart.cursor.line.StrokeColor = theme.ColorForWidget(theme.ColorNamePrimary, r.chart)
	p, _ := r.chart.easel.last()
	r.chart.read(p)
	canvas.Refresh(r.chart.easel.shown.Raster)
}

func (r *chartRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.chart.easel.shown.Raster}
	if r.chart.more != nil {
		objects = append(objects, r.chart.more)
	}
	objects = r.chart.cursor.objects(objects)
	return r.chart.hover.objects(objects)
}
