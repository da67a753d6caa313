package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A Series is one line of a chart: the whole run, X ascending; the chart thins it to what the screen can show.
type Series struct {
	Name string
	X, Y []float64
}

// A Mark is a dashed vertical line with a small label, such as a changed learning rate.
type Mark struct {
	X    float64
	Text string
}

// A Chart shows lines that grow while one watches.
type Chart struct {
	widget.BaseWidget
	Empty string // shown while there are no points

	title, xLabel, yLabel string
	logY                  bool
}

// NewChart returns a chart without lines.
func NewChart(title, xLabel, yLabel string) *Chart {
	c := &Chart{title: title, xLabel: xLabel, yLabel: yLabel, Empty: "Nothing to show yet"}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows series and marks. It may be called from any goroutine; the chart keeps the slices, whose elements up to
// their length must not be written again, though they may be appended to.
func (c *Chart) Set(series []Series, marks []Mark) {}

// SetLogY chooses a logarithmic vertical axis, on which values that are not positive leave a gap.
func (c *Chart) SetLogY(on bool) { c.logY = on }

// LogY says whether the vertical axis is logarithmic.
func (c *Chart) LogY() bool { return c.logY }

// Close ends the drawing goroutine and waits for its end; the chart keeps showing its last picture.
func (c *Chart) Close() {}

// CreateRenderer is part of fyne.Widget.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack())
}
