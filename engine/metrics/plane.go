package metrics

import (
	"fmt"
	"math"
)

// Modes says how samples of the plane cover a mixture of equal round Gaussians, as the authors of
// VEEGAN (A. Srivastava et al., NeurIPS 2017, section 5.1) and PacGAN (Z. Lin et al., NeurIPS 2018,
// section 4.1) count: a sample is of high quality within three standard deviations of the nearest
// centre, and a mode is captured, or found, if it is the nearest of a high-quality sample. One is
// enough: more samples find more modes, so that counts compare with those of as many samples. Lin
// et al. take 2,500.
type Modes struct {
	Captured    int
	HighQuality float64 // share of the samples; a perfect sampler of the plane has 1 − exp(−9/2) = 0.989
	KL          float64 // of the share of high-quality samples at each mode from equal shares, in nats
}

// CountModes compares n samples (x, y) with the centres of modes of standard deviation sigma.
func CountModes(samples [][2]float64, centres [][2]float64, sigma float64) (Modes, error) {
	if len(samples) == 0 || len(centres) == 0 {
		return Modes{}, fmt.Errorf("modes: %d samples and %d modes: at least one of each is needed", len(samples), len(centres))
	}
	counts := make([]int, len(centres))
	good := 0
	for _, p := range samples {
		best, at := math.Inf(1), 0
		for k, c := range centres {
			if d := math.Hypot(p[0]-c[0], p[1]-c[1]); d < best {
				best, at = d, k
			}
		}
		if best <= 3*sigma {
			counts[at]++
			good++
		}
	}
	m := Modes{HighQuality: float64(good) / float64(len(samples))}
	for _, n := range counts {
		if n > 0 {
			m.Captured++
			q := float64(n) / float64(good)
			m.KL += q * math.Log(q*float64(len(centres)))
		}
	}
	if good == 0 {
		m.KL = math.Log(float64(len(centres))) // as bad as all at one mode
	}
	return m, nil
}

// Divergence returns the Jensen-Shannon divergence of two sets of points of the plane in nats, at
// most log 2, estimated by the shares in bins×bins cells over what both cover. It is biased upwards
// for few samples.
func Divergence(a, b [][2]float64, bins int) (float64, error) {
	if len(a) == 0 || len(b) == 0 || bins < 1 {
		return 0, fmt.Errorf("divergence: %d and %d points in %d cells: at least one of each is needed", len(a), len(b), bins)
	}
	low, high := a[0], a[0]
	for _, set := range [][][2]float64{a, b} {
		for _, p := range set {
			for k := range p {
				low[k], high[k] = min(low[k], p[k]), max(high[k], p[k])
			}
		}
	}
	histogram := func(set [][2]float64) []float64 {
		h := make([]float64, bins*bins)
		for _, p := range set {
			var at [2]int
			for k := range p {
				if span := high[k] - low[k]; span > 0 {
					at[k] = min(bins-1, int((p[k]-low[k])/span*float64(bins)))
				}
			}
			h[at[1]*bins+at[0]] += 1 / float64(len(set))
		}
		return h
	}
	p, q := histogram(a), histogram(b)
	sum := 0.0
	for i := range p {
		m := (p[i] + q[i]) / 2
		if p[i] > 0 {
			sum += p[i] / 2 * math.Log(p[i]/m)
		}
		if q[i] > 0 {
			sum += q[i] / 2 * math.Log(q[i]/m)
		}
	}
	return sum, nil
}
