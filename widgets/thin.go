package widgets

import "math"

// A run is a stretch of a line without gaps: all its points, or, where there are too many to draw,
// the mean of every column and a band from its smallest to its largest value. The ends of X are
// those of the series' points.
type run struct {
	X, Y      []float64 // the line
	Low, High []float64 // the band; empty where the line holds all points
}

// points returns how many points are drawn for the run.
func (r run) points() int { return len(r.X) + len(r.Low) + len(r.High) }

// thinColumns returns how many columns a series is thinned to, so that at most 2·width points are
// left: every column has a smallest, a largest and a mean value.
func thinColumns(width int) int { return max(1, 2*width/3) }

// thin returns what is worth drawing of a line over width pixels, where the horizontal axis goes
// from xMin to xMax. Where there are no more than 2·width points that is all of them. Values for
// which keep is false are left out, and part the line where they fill a column. X must ascend;
// points beyond the ends of the axis are left out. Width is at least 3.
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
	t.part()
	return t.runs
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

	column    int
	seen      bool // the column has a point, worth keeping or not
	count     int  // points of the column worth keeping
	begin     float64
	end       float64 // where the last point worth keeping was
	sum       float64
	low, high float64
}

func (t *thinner) point(x, y float64) {
	if t.count == 0 {
		t.begin, t.sum, t.low, t.high = x, 0, y, y
	}
	t.end = x
	t.count++
	t.sum += y
	if y < t.low {
		t.low = y
	}
	if y > t.high {
		t.high = y
	}
}

// flush ends the column.
func (t *thinner) flush() {
	switch {
	case t.count > 0:
		at := (t.begin + t.end) / 2
		if len(t.current.X) == 0 {
			at = t.begin
		}
		c := &t.current
		c.X, c.Y = append(c.X, at), append(c.Y, t.sum/float64(t.count))
		c.Low, c.High = append(c.Low, t.low), append(c.High, t.high)
	case t.seen:
		t.part()
	}
	t.seen, t.count = false, 0
}

// part ends the run, at its last point.
func (t *thinner) part() {
	c := &t.current
	if n := len(c.X); n > 0 {
		if n == 1 && t.end > c.X[0] { // one column alone still has a beginning and an end
			c.X, c.Y = append(c.X, t.end), append(c.Y, c.Y[0])
			c.Low, c.High = append(c.Low, c.Low[0]), append(c.High, c.High[0])
		}
		c.X[len(c.X)-1] = t.end
		t.runs = append(t.runs, t.current)
		t.current = run{}
	}
}

// lastPoint returns the last point worth keeping between the ends of the axis.
func lastPoint(x, y []float64, xMin, xMax float64, keep func(float64) bool) (at, value float64, ok bool) {
	for i := len(x) - 1; i >= 0; i-- {
		if x[i] >= xMin && x[i] <= xMax && keep(y[i]) {
			return x[i], y[i], true
		}
	}
	return 0, 0, false
}

// finite says whether v can be drawn on a linear axis, whose length is a number too.
func finite(v float64) bool { return math.Abs(v) <= math.MaxFloat64/8 }

// positive says whether v can be drawn on a logarithmic axis.
func positive(v float64) bool { return finite(v) && v > 0 }
