package judgepage

import (
	"math"

	"ganvas/engine/export/charts"
	"ganvas/widgets"
)

// drawnChart returns the course that is drawn for a page or a talk, false where none is.
func (c *judgeCourse) drawnChart() (charts.Chart, bool) {
	i := c.metric.SelectedIndex()
	if len(c.drawn) == 0 || i < 0 || c.page.s.Run == nil {
		return charts.Chart{}, false
	}
	out := charts.Chart{Name: c.names[i], Title: c.page.s.Run.Recipe.Name + ": " + measureTitle(c.names[i])}
	for _, s := range c.drawn {
		out.Curves = append(out.Curves, curveOf(s))
	}
	return out, true
}

// curveOf returns a series with its error bars as the least and the most; what was not measured is
// left out.
func curveOf(s widgets.Series) charts.Curve {
	c := charts.Curve{Name: s.Name}
	for i, x := range s.X {
		y, by := s.Y[i], 0.0
		if s.Err != nil && !math.IsNaN(s.Err[i]) {
			by = s.Err[i]
		}
		if !math.IsNaN(y) && !math.IsInf(y, 0) {
			c.Step, c.Low, c.High = append(c.Step, x), append(c.Low, y-by), append(c.High, y+by)
		}
	}
	return c
}
