package widgets

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Level is a dotted horizontal line with a small label, such as what guessing would give.
type Level struct {
	Y    float64
	Text string
}

// SetLevels shows levels; one outside of the values that are shown is left out.
func (c *Chart) SetLevels(levels ...Level) {
	c.easel.change(func(content *chartContent) { content.levels = levels })
}

// drawLevels draws the levels of a linear axis over data. Labels stand at the left, where they are
// away from the newest values.
func drawLevels(data draw.Canvas, levels []Level, axes chartAxes, style style) {
	label := style.label(style.captionSize-1, style.muted)
	line := draw.LineStyle{Color: style.muted, Width: 1, Dashes: []vg.Length{1, 3}}
	for _, l := range levels {
		if !(l.Y > axes.yMin && l.Y < axes.yMax) {
			continue
		}
		y := data.Min.Y + vg.Length((l.Y-axes.yMin)/(axes.yMax-axes.yMin))*(data.Max.Y-data.Min.Y)
		data.StrokeLine2(line, data.Min.X, y, data.Max.X, y)
		write(data, label, data.Min.X+4, y+textHeight(label)+1, l.Text)
	}
}
