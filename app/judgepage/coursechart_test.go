package judgepage

import (
	"math"
	"slices"
	"testing"

	"ganvas/widgets"
)

// TestCurveOf: error bars become the least and the most, and what was not measured is left out.
func TestCurveOf(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		y, by, step, low, high []float64
	}{
		{[]float64{1, 2}, nil, []float64{0, 10}, []float64{1, 2}, []float64{1, 2}},
		{[]float64{1, 2}, []float64{0.5, nan}, []float64{0, 10}, []float64{0.5, 2}, []float64{1.5, 2}},
		{[]float64{nan, math.Inf(1)}, []float64{1, 1}, nil, nil, nil},
	} {
		got := curveOf(widgets.Series{Name: "modes", X: []float64{0, 10}, Y: c.y, Err: c.by})
		if got.Name != "modes" || !slices.Equal(got.Step, c.step) || !slices.Equal(got.Low, c.low) || !slices.Equal(got.High, c.high) {
			t.Errorf("%v ± %v became %+v", c.y, c.by, got)
		}
	}
}
