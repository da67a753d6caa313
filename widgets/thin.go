package widgets

import "math"

// A run is a stretch of a line without gaps: all its points, or, where there are too many to draw, one line of means and
// a band from the smallest to the largest value of every column.
type run struct {
	X, Y          []float64 // the line; its first and last points are points of the series
	At, Low, High []float64 // the band; empty where the line holds all points
}

// points returns how many points are drawn for the run.
func (r run) points() int { return len(r.X) + len(r.Low) + len(r.High) }

// thinColumns returns how many columns a series is thinned to, so that with the first and the last point at most
// 2·width points are left: every column has a smallest, a largest and a mean value.
func thinColumns(width int) int { return max(1, (2*width-2)/3) }

// thin returns what is worth drawing of a line over width pixels, where the horizontal axis goes from xMin to xMax. Where
// there are no more than 2·width points that is all of them. Values for which keep is false are left out, and part the
// line where they fill a column. X must ascend; points beyond the ends of the axis are left out.
func thin(x, y []float64, xMin, xMax float64, width int, keep func(float64) bool) []run {
	if len(x) != len(y) {
		panic("widgets: series with x and y of different lengths")
	}
	if len(x) <= 2*width {
		return allPoints(x, y, xMin, xMax, keep)
	}
	columns := thinColumns(width)
	scale := float64(columns) / (xMax - xMin)
	columnOf := func(x float64) int { return min(int((x-xMin)*scale), columns-1) }
	var t thinner
	for i := 0; i < len(x); i++ {
		if !(x[i] >= xMin && x[i] <= xMax) {
			continue
		}
		if c := columnOf(x[i]); c != t.column {
			t.flush()
			t.column = c
		}
		t.seen = true
		if keep(y[i]) {
			t.point(x[i], y[i])
		}
	}
	t.flush()
	return t.finish()
}

// allPoints parts a line where values are not worth keeping.
func allPoints(x, y []float64, xMin, xMax float64, keep func(float64) bool) []run {
	var runs []run
	var r run
	for i := range x {
		if !(x[i] >= xMin && x[i] <= xMax) {
			continue
		}
		if keep(y[i]) {
			r.X, r.Y = append(r.X, x[i]), append(r.Y, y[i])
		} else if len(r.X) > 0 {
			runs, r = append(runs, r), run{}
		}
	}
	if len(r.X) > 0 {
		runs = append(runs, r)
	}
	return runs
}

// A thinner gathers one column after the other.
type thinner struct {
	runs    []run
	current run

	column      int
	seen        bool // the column has a point, worth keeping or not
	count       int  // points of the column worth keeping
	begin, sum  float64
	low, high   float64
	first, last [2]float64
	begun       bool
}

func (t *thinner) point(x, y float64) {
	t.last = [2]float64{x, y}
	if !t.begun {
		t.begun, t.first = true, t.last
	}
	if t.count == 0 {
		t.begin, t.sum, t.low, t.high = x, 0, y, y
	}
	t.count++
	t.sum += y
	t.low, t.high = math.Min(t.low, y), math.Max(t.high, y)
}

// flush ends the column.
func (t *thinner) flush() {
	switch {
	case t.count > 0:
		if len(t.runs) == 0 && len(t.current.X) == 0 {
			t.line(t.first[0], t.first[1])
		}
		at := (t.begin + t.last[0]) / 2
		t.line(at, t.sum/float64(t.count))
		t.current.At = append(t.current.At, at)
		t.current.Low, t.current.High = append(t.current.Low, t.low), append(t.current.High, t.high)
	case t.seen:
		t.part()
	}
	t.seen, t.count = false, 0
}

func (t *thinner) line(x, y float64) {
	t.current.X, t.current.Y = append(t.current.X, x), append(t.current.Y, y)
}

func (t *thinner) part() {
	if len(t.current.X) > 0 {
		t.runs = append(t.runs, t.current)
		t.current = run{}
	}
}

// finish puts the last point at the end, which may lie before a gap.
func (t *thinner) finish() []run {
	if n := len(t.runs); len(t.current.X) == 0 && n > 0 {
		t.current, t.runs = t.runs[n-1], t.runs[:n-1]
	}
	if len(t.current.X) > 0 {
		t.line(t.last[0], t.last[1])
	}
	t.part()
	return t.runs
}

// finite says whether v can be drawn on a linear axis.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// positive says whether v can be drawn on a logarithmic axis.
func positive(v float64) bool { return finite(v) && v > 0 }
