package doctor

import (
	"math"
	"slices"

	"ganvas/engine/metrics"
)

// A cloud is a sample's features and what is known of the distances among them.
type cloud struct {
	metrics.Features
	mean    float64   // distance of two of them
	nearest []float64 // of each to the nearest other one, ascending
}

func newCloud(f metrics.Features) cloud {
	c := cloud{Features: f, nearest: make([]float64, f.N)}
	for i := range c.nearest {
		c.nearest[i] = math.Inf(1)
	}
	sum := 0.0
	for i := range f.N {
		for j := range i {
			d := distance(f.Row(i), f.Row(j))
			sum += d
			c.nearest[i], c.nearest[j] = min(c.nearest[i], d), min(c.nearest[j], d)
		}
	}
	c.mean = 2 * sum / float64(max(1, f.N*(f.N-1)))
	slices.Sort(c.nearest)
	return c
}

func distance(a, b []float64) float64 {
	sum := 0.0
	for k, x := range a {
		d := x - b[k]
		sum += d * d
	}
	return math.Sqrt(sum)
}

// energy returns the energy distance of b from a, over the mean distance in a. Both means within leave out what is nearest to itself.
func energy(a, b cloud) float64 {
	sum := 0.0
	for i := range a.N {
		for j := range b.N {
			sum += distance(a.Row(i), b.Row(j))
		}
	}
	return (2*sum/float64(a.N*b.N) - a.mean - b.mean) / a.mean
}

// near returns the median distance of vectors of a to the nearest one of b that is not at distance 0 because it is the same.
func near(a, b metrics.Features) float64 {
	all := make([]float64, a.N)
	for i := range all {
		all[i] = math.Inf(1)
		for j := range b.N {
			all[i] = min(all[i], distance(a.Row(i), b.Row(j)))
		}
	}
	return median(all)
}

func median(x []float64) float64 {
	x = slices.Clone(x)
	slices.Sort(x)
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// below returns the share of ascending x that is less than limit.
func below(x []float64, limit float64) float64 {
	n, _ := slices.BinarySearch(x, limit)
	return float64(n) / float64(max(1, len(x)))
}
