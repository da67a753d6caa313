package doctor

import (
	"math"

	"ganvas/engine/metrics"
)

const (
	itemsOfPart = 16   // real items in a part, on average
	visited     = 0.25 // of a part's fair share, at least
	rounds      = 20   // of Lloyd's algorithm, at most
)

// parts divides where real items lie, and knows the share of each part: those of the data's modes,
// or clusters of real items. After E. Richardson and Y. Weiss, "On GANs and GMMs", NeurIPS 2018,
// section 3: what a generator leaves out shows in the shares of bins even where its samples are not
// sharp yet.
type parts struct {
	centres metrics.Features
	share   []float64
}

// newParts returns the parts around given centres, or of clusters where there are none.
func newParts(real metrics.Features, centres [][2]float64) parts {
	p := parts{centres: metrics.NewFeatures(len(centres), 2)}
	for i, c := range centres {
		copy(p.centres.Row(i), c[:])
	}
	if len(centres) == 0 {
		p.centres = clusters(real, max(1, real.N/itemsOfPart))
	}
	p.share = p.shares(real)
	return p
}

// shares returns the share of vectors that are nearest to each centre.
func (p parts) shares(f metrics.Features) []float64 {
	out := make([]float64, p.centres.N)
	for i := range f.N {
		out[closest(f.Row(i), p.centres)] += 1 / float64(f.N)
	}
	return out
}

// missed returns the share of real items that lie in parts to which generated ones hardly come, and
// how many parts these are.
func (p parts) missed(fake metrics.Features) (share float64, count int) {
	for i, got := range p.shares(fake) {
		if got < visited*p.share[i] {
			share += p.share[i]
			count++
		}
	}
	return share, count
}

func closest(x []float64, f metrics.Features) int {
	best, at := math.Inf(1), 0
	for i := range f.N {
		if d := distance(x, f.Row(i)); d < best {
			best, at = d, i
		}
	}
	return at
}

// clusters returns the means of k clusters (S. Lloyd, 1982), which begin at vectors far from each
// other.
func clusters(f metrics.Features, k int) metrics.Features {
	c := metrics.NewFeatures(k, f.D)
	apart := make([]float64, f.N)
	for i := range apart {
		apart[i] = math.Inf(1)
	}
	next := 0
	for n := range k {
		copy(c.Row(n), f.Row(next))
		for i := range apart {
			if apart[i] = min(apart[i], distance(f.Row(i), c.Row(n))); apart[i] > apart[next] {
				next = i
			}
		}
	}
	for range rounds {
		sums, counts := metrics.NewFeatures(k, f.D), make([]float64, k)
		for i := range f.N {
			at := closest(f.Row(i), c)
			counts[at]++
			for d, x := range f.Row(i) {
				sums.Row(at)[d] += x
			}
		}
		for n := range k {
			if counts[n] > 0 {
				for d := range f.D {
					c.Row(n)[d] = sums.Row(n)[d] / counts[n]
				}
			}
		}
	}
	return c
}
