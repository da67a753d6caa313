package widgets

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// chartAxes are the ends of the axes.
type chartAxes struct {
	xMin, xMax, yMin, yMax float64
	xLeast                 float64 // between marks on the axis, such as one step; 0: anything
}

// axesOf returns the ends of the axes, or false where there is nothing to draw. Few values far from
// the others do not stretch the vertical axis: they would leave nothing to see of the rest.
func axesOf(content chartContent) (chartAxes, bool) {
	a := chartAxes{xMin: math.Inf(1), xMax: math.Inf(-1), yMin: math.Inf(1), yMax: math.Inf(-1), xLeast: 1}
	usual := span{math.Inf(1), math.Inf(-1)}
	keep := content.keep()
	for _, s := range content.series {
		limits := s.usual(keep, content.logY)
		for i, y := range s.Y {
			if !keep(y) || !finite(s.X[i]) || !content.look.shows(s.X[i]) {
				continue
			}
			a.xMin, a.xMax = min(a.xMin, s.X[i]), max(a.xMax, s.X[i])
			if s.X[i] != math.Trunc(s.X[i]) {
				a.xLeast = 0
			}
			low, high := y, y
			if half := s.errAt(i); keep(y - half) {
				low, high = y-half, y+half
			}
			a.yMin, a.yMax = min(a.yMin, low), max(a.yMax, high)
			if limits.low <= y && y <= limits.high {
				usual.low, usual.high = min(usual.low, max(low, limits.low)), max(usual.high, min(high, limits.high))
			}
		}
	}
	if a.xMin > a.xMax {
		return a, false
	}
	if content.look.zoomed() {
		a.xMin, a.xMax = content.look.from, content.look.to
	}
	if usual.low < usual.high && usual.worth(span{a.yMin, a.yMax}, content.logY) {
		a.yMin, a.yMax = usual.low, usual.high
	}
	a.spread(content)
	return a, true
}

// spread leaves room around the lines.
func (a *chartAxes) spread(content chartContent) {
	for _, m := range content.marks {
		if finite(m.X) && !content.look.zoomed() {
			a.xMax = max(a.xMax, m.X) // a change at the end of the lines is seen too
		}
	}
	if room := math.Max(1, math.Abs(a.xMin)*1e-9); a.xMin == a.xMax { // one step, or what numbers of that size can tell apart
		if a.xMin > 0 {
			a.xMin -= room // the first step has the beginning before it
		} else {
			a.xMax += room
		}
	}
	switch {
	case content.logY:
		room := math.Pow(a.yMax/a.yMin, 0.05)
		if a.yMin == a.yMax {
			room = 2
		}
		a.yMin, a.yMax = a.yMin/room, a.yMax*room
	case a.yMin == 0 && a.yMax == 0:
		a.yMax = 1 // shares and counts have nothing below 0
	case a.yMin == a.yMax:
		room := math.Max(math.Abs(a.yMin)/2, 0.5)
		a.yMin, a.yMax = a.yMin-room, a.yMax+room
	default:
		room := (a.yMax - a.yMin) * 0.05
		a.yMin, a.yMax = a.yMin-room, a.yMax+room
	}
}

// keep returns which values can be drawn.
func (c chartContent) keep() func(float64) bool {
	if c.logY {
		return positive
	}
	return finite
}

// A span is a stretch of the vertical axis.
type span struct{ low, high float64 }

const (
	usualFewest = 20   // values that tell which of them are unusual
	usualMost   = 4001 // values of a series that are looked at
	usualShare  = 0.05 // of the values at either end that may be unusual
	usualReach  = 1.5  // how far usual values reach beyond the others, as a part of the others' extent
	usualWorth  = 2    // how many times the usual values' extent all values must have before some are left out
)

// usual returns between which limits the values of a series are usual: no further from the middle
// nine tenths than those have extent. Where that cannot be said the limits are infinite.
func (s Series) usual(keep func(float64) bool, logY bool) span {
	everything := span{math.Inf(-1), math.Inf(1)}
	every := len(s.Y)/usualMost | 1 // odd, as smallest and largest values may take turns
	var values []float64
	for i := 0; i < len(s.Y); i += every {
		if y := s.Y[i]; keep(y) {
			values = append(values, y)
		}
	}
	if len(values) < usualFewest {
		return everything
	}
	slices.Sort(values)
	out := int(usualShare * float64(len(values)))
	low, high := values[out], values[len(values)-1-out]
	switch {
	case low == high:
		return everything
	case logY:
		reach := math.Pow(high/low, usualReach)
		return span{low / reach, high * reach}
	}
	reach := usualReach * (high - low)
	return span{low - reach, high + reach}
}

// worth says whether so much more is seen within u than within all values that some are left out.
func (u span) worth(all span, logY bool) bool {
	if logY {
		return math.Log(all.high/all.low) > usualWorth*math.Log(u.high/u.low)
	}
	return all.high-all.low > usualWorth*(u.high-u.low)
}

// A beyondMark stands at the edge of a chart for values of a series beyond the end of the axis.
type beyondMark struct {
	series int
	above  bool
	x, y   float64 // the furthest of the values
}

// beyondApart is how many units marks of a series lie apart at least; closer ones are one.
const beyondApart = 9

// beyondMarks returns the marks of a chart of a width, each series' in the order of x.
func beyondMarks(content chartContent, axes chartAxes, keep func(float64) bool, width vg.Length) []beyondMark {
	var marks []beyondMark
	apart := beyondApart * (axes.xMax - axes.xMin) / float64(width)
	for i, s := range content.series {
		newest := map[bool]int{} // mark above or below that values may still belong to
		for j, y := range s.Y {
			above := y > axes.yMax
			if !keep(y) || !above && y >= axes.yMin || !(s.X[j] >= axes.xMin && s.X[j] <= axes.xMax) {
				continue
			}
			at, ok := newest[above]
			switch {
			case !ok || s.X[j]-marks[at].x > apart:
				newest[above] = len(marks)
				marks = append(marks, beyondMark{series: i, above: above, x: s.X[j], y: y})
			case above && y > marks[at].y || !above && y < marks[at].y:
				marks[at].x, marks[at].y = s.X[j], y
			}
		}
	}
	return marks
}

// drawBeyond draws a small triangle in the series' colour for each mark, that points out of the
// chart.
func drawBeyond(data draw.Canvas, series []Series, marks []beyondMark, axes chartAxes, style style) {
	const half, height = 4, 6
	for _, m := range marks {
		color, _ := style.line(series, m.series)
		x := data.Min.X + vg.Length((m.x-axes.xMin)/(axes.xMax-axes.xMin))*(data.Max.X-data.Min.X)
		tip, base := data.Max.Y, data.Max.Y-height
		if !m.above {
			tip, base = data.Min.Y+1, data.Min.Y+1+height // beside the axis
		}
		data.FillPolygon(color, []vg.Point{{X: x, Y: tip}, {X: x + half, Y: base}, {X: x - half, Y: base}})
	}
}
