package datasets_test

import (
	"math"
	"testing"

	"ganvas/datasets"
)

// TestKnownDensities compares the density that built-in points are said to have with the points: it
// integrates to 1, and cells hold as many points as they should, as a χ² test counts it.
func TestKnownDensities(t *testing.T) {
	const side, cells = 3.0, 30
	var edges []float64
	for i := range cells + 1 {
		edges = append(edges, -side+2*side*float64(i)/cells)
	}
	for _, b := range datasets.Builtins() {
		if b.Kind != datasets.Points {
			continue
		}
		set, err := datasets.Open(t.Context(), b.Name, datasets.Options{Seed: 7}, nil)
		if err != nil {
			t.Fatal(err)
		}
		known, ok := set.(datasets.Dense)
		if !ok {
			t.Errorf("%s: its density is not known", b.Name)
			continue
		}
		masses := known.Masses(edges, edges)
		total := 0.0
		for _, m := range masses {
			total += m
		}
		if math.Abs(total-1) > 1e-6 {
			t.Errorf("%s: the density integrates to %g over all that holds points, want 1", b.Name, total)
		}
		counts := make([]float64, cells*cells)
		var xy [2]float32
		for i := range set.Len() {
			set.Read(i, xy[:])
			column, row := int((float64(xy[0])+side)/(2*side)*cells), int((float64(xy[1])+side)/(2*side)*cells)
			counts[row*cells+column]++
		}
		chi, cellsUsed := 0.0, 0
		for i, m := range masses {
			if want := m * float64(set.Len()); want >= 5 { // below that χ² is no good approximation
				chi += (counts[i] - want) * (counts[i] - want) / want
				cellsUsed++
			}
		}
		// χ² has as many degrees of freedom as there are cells, and a standard deviation of √(2n).
		if most := float64(cellsUsed) + 5*math.Sqrt(2*float64(cellsUsed)); chi > most {
			t.Errorf("%s: χ² of %d cells is %.0f, want below %.0f", b.Name, cellsUsed, chi, most)
		}
	}
}
