package trials

import (
	"math"
	"testing"

	"ganvas/engine/metrics"
)

// A combination is judged by all of its seeds: the one with the luckiest run is not the best.
func TestBestOverSeeds(t *testing.T) {
	p := planOf(t, "r1=0,0.5,1")
	p.Seeds, p.By = 2, "js"
	cells, err := p.Cells()
	if err != nil {
		t.Fatal(err)
	}
	results := make([]Result, len(cells))
	for i, v := range []float64{0.1, 0.9, 0.3, 0.5, 0, 0} {
		results[i].Cell = cells[i]
		if i < 4 { // the last two are not judged yet
			results[i].Measures = []metrics.Measure{{Name: "js", Value: v, StdErr: 0.01}}
		}
	}
	means := p.Means(results)
	if len(means) != 3 || means[0].Judged != 2 || means[2].Judged != 0 {
		t.Fatalf("means %+v", means)
	}
	for i, want := range [][2]float64{{0.5, 0.4}, {0.4, 0.1}} { // of two values: half their difference
		m := means[i].Measure
		if math.Abs(m.Value-want[0]) > 1e-12 || math.Abs(m.StdErr-want[1]) > 1e-12 || means[i].First != 2*i {
			t.Errorf("mean %d: %v ± %v from %d, want %v", i, m.Value, m.StdErr, means[i].First, want)
		}
	}
	if combination, result := p.Best(results); combination != 1 || result != 2 {
		t.Errorf("the best is combination %d, result %d", combination, result)
	}
	if combination, result := p.Best(make([]Result, 6)); combination != -1 || result != -1 {
		t.Errorf("of nothing judged %d, %d is best", combination, result)
	}
}
