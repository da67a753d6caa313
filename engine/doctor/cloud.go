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
	reach   []float64 // of each to its neighbours-th nearest other one
}

func newCloud(f metrics.Features) cloud {
	c := cloud{Features: f, nearest: make([]float64, f.N), reach: make([]float64, f.N)}
	near := make([][neighbours]float64, f.N) // distances of each, ascending
	for i := range near {
		for k := range near[i] {
			near[i][k] = math.Inf(1)
		}
	}
	sum := 0.0
	for i := range f.N {
		for j := range i {
			d := distance(f.Row(i), f.Row(j))
			sum += d
			insert(&near[i], d)
			insert(&near[j], d)
		}
	}
	for i := range near {
		c.nearest[i], c.reach[i] = near[i][0], near[i][neighbours-1]
	}
	c.mean = 2 * sum / float64(max(1, f.N*(f.N-1)))
	slices.Sort(c.nearest)
	return c
}

// insert puts d into ascending x, whose last number falls out.
func insert(x *[neighbours]float64, d float64) {
	k := neighbours - 1
	if d >= x[k] {
		return
	}
	for ; k > 0 && x[k-1] > d; k-- {
		x[k] = x[k-1]
	}
	x[k] = d
}

func distance(a, b []float64) float64 {
	sum := 0.0
	for k, x := range a {
		d := x - b[k]
		sum += d * d
	}
	return math.Sqrt(sum)
}

// likeness is how two clouds lie to each other.
type likeness struct {
	energy              float64 // distance, over the mean distance in the first
	precision, coverage float64
}

// compare compares b with a, a sample of real items: by their energy distance, where the means
// within leave out each item's distance to itself; by the share of b within a ball of a's items
// that reaches to the fifth neighbour (T. Kynkäänniemi et al., NeurIPS 2019, equation 2), and by
// the share of such balls with one of b in them (M. Naeem et al., ICML 2020, equation 4).
// metrics.CompareManifolds computes both as well, and twice as much as is wanted here at every
// checkup.
func compare(a, b cloud) likeness {
	sum, within, covered := 0.0, 0, 0
	hit := make([]bool, a.N)
	for j := range b.N {
		inside := false
		for i := range a.N {
			d := distance(a.Row(i), b.Row(j))
			sum += d
			if d < a.reach[i] {
				inside, hit[i] = true, true
			}
		}
		if inside {
			within++
		}
	}
	for _, h := range hit {
		if h {
			covered++
		}
	}
	return likeness{
		energy:    (2*sum/float64(a.N*b.N) - a.mean - b.mean) / a.mean,
		precision: float64(within) / float64(b.N), coverage: float64(covered) / float64(a.N),
	}
}

// near returns the median distance of vectors of a to the nearest one of b.
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
