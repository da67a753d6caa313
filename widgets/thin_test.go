package widgets

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// columnExtremes returns the smallest and the largest value of every column, computed the slow way.
func columnExtremes(x, y []float64, xMin, xMax float64, columns int, keep func(float64) bool) (low, high map[int]float64) {
	low, high = map[int]float64{}, map[int]float64{}
	for i := range x {
		if !keep(y[i]) {
			continue
		}
		c := min(int((x[i]-xMin)*float64(columns)/(xMax-xMin)), columns-1)
		if v, ok := low[c]; !ok || y[i] < v {
			low[c] = y[i]
		}
		if v, ok := high[c]; !ok || y[i] > v {
			high[c] = y[i]
		}
	}
	return low, high
}

func TestThinKeepsExtremesAndEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for trial := range 80 {
		n := 1 + r.IntN(4000)
		width := 3 + r.IntN(300)
		x, y := make([]float64, n), make([]float64, n)
		at := r.NormFloat64()
		for i := range n {
			at += r.ExpFloat64()
			x[i], y[i] = at, r.NormFloat64()
			switch r.IntN(40) {
			case 0:
				y[i] = math.NaN()
			case 1:
				y[i] = math.Inf(1)
			}
		}
		if trial%3 == 0 { // a long gap
			for i := n / 3; i < n/2; i++ {
				y[i] = math.NaN()
			}
		}
		xMin, xMax := x[0], x[n-1]
		if n == 1 {
			xMax++
		}
		runs := thin(x, y, xMin, xMax, width, finite)
		checkThinned(t, trial, runs, x, y, xMin, xMax, width)
	}
}

func checkThinned(t *testing.T, trial int, runs []run, x, y []float64, xMin, xMax float64, width int) {
	t.Helper()
	points := 0
	var gotLow, gotHigh, gotX []float64
	for _, r := range runs {
		points += r.points()
		low, high := r.Low, r.High
		if len(low) == 2 && low[0] == low[1] && high[0] == high[1] { // one column, from its first point to its last
			low, high = low[:1], high[:1]
		}
		gotLow, gotHigh = append(gotLow, low...), append(gotHigh, high...)
		gotX = append(gotX, r.X...)
		for i := range r.Low {
			if !(r.Low[i] <= r.Y[i] && r.Y[i] <= r.High[i]) {
				t.Errorf("trial %d: mean %g outside %g … %g", trial, r.Y[i], r.Low[i], r.High[i])
			}
		}
	}
	if points > 2*width {
		t.Errorf("trial %d: %d points for %d pixels", trial, points, width)
	}
	if !slices.IsSorted(gotX) {
		t.Errorf("trial %d: x does not ascend", trial)
	}
	first := slices.IndexFunc(y, finite)
	if first < 0 {
		if len(runs) != 0 {
			t.Errorf("trial %d: runs without values", trial)
		}
		return
	}
	last := len(y) - 1
	for !finite(y[last]) {
		last--
	}
	if gotX[0] != x[first] || gotX[len(gotX)-1] != x[last] {
		t.Errorf("trial %d: from %g to %g, want %g to %g", trial, gotX[0], gotX[len(gotX)-1], x[first], x[last])
	}
	if at, v, ok := lastPoint(x, y, xMin, xMax, finite); !ok || at != x[last] || v != y[last] {
		t.Errorf("trial %d: last point %g, %g, want %g, %g", trial, at, v, x[last], y[last])
	}
	if len(y) <= 2*width {
		if want := countKept(y); len(gotX) != want || len(gotLow) != 0 {
			t.Errorf("trial %d: %d points of %d", trial, len(gotX), want)
		}
		return
	}
	low, high := columnExtremes(x, y, xMin, xMax, thinColumns(width), finite)
	var wantLow, wantHigh []float64
	for c := range thinColumns(width) {
		if v, ok := low[c]; ok {
			wantLow, wantHigh = append(wantLow, v), append(wantHigh, high[c])
		}
	}
	if !slices.Equal(gotLow, wantLow) || !slices.Equal(gotHigh, wantHigh) {
		t.Errorf("trial %d: smallest or largest values of %d columns differ", trial, len(wantLow))
	}
}

func countKept(y []float64) int {
	n := 0
	for _, v := range y {
		if finite(v) {
			n++
		}
	}
	return n
}

func TestThinPartsAtGaps(t *testing.T) {
	nan := math.NaN()
	runs := thin([]float64{0, 1, 2, 3, 4, 5}, []float64{1, 2, nan, 4, nan, 6}, 0, 5, 100, finite)
	if got, want := len(runs), 3; got != want {
		t.Fatalf("%d runs, want %d", got, want)
	}
	if got, want := runs[1].X, []float64{3}; !slices.Equal(got, want) {
		t.Errorf("second run at %v, want %v", got, want)
	}
	if runs := thin([]float64{0, 1, 2}, []float64{1, 0, -1}, 0, 2, 100, positive); len(runs) != 1 || len(runs[0].X) != 1 {
		t.Errorf("logarithmic: %v, want only the positive value", runs)
	}
}

func TestThinPanicsOnDifferentLengths(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	thin([]float64{1}, nil, 0, 1, 10, finite)
}
