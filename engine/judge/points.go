package judge

import (
	"fmt"
	"math"

	"ganvas/datasets"
	"ganvas/engine/metrics"
)

// bins is how many cells a side the plane has for the divergence.
const bins = 40

// points judges samples of the plane.
func (e *evaluation) points(set datasets.Set) error {
	fake, perfect, real := pairs(e.fake), pairs(e.perfect), pairs(e.real)
	e.effort.whole = 1
	if m, ok := set.(datasets.Modal); ok {
		if e.effort.whole += 3 + gameWork; e.playable() {
			e.effort.whole += 2
		}
		centres, sigma := m.Modes()
		got, err := metrics.CountModes(fake, centres, sigma)
		if err != nil {
			return err
		}
		want, err := metrics.CountModes(perfect, centres, sigma)
		if err != nil {
			return err
		}
		err = firstOf(
			e.add(metrics.Measure{Name: "modes", Value: float64(got.Captured), Perfect: float64(want.Captured), HigherIsBetter: true}, 1),
			e.add(metrics.Measure{
				Name: "high_quality", Value: got.HighQuality, StdErr: metrics.Binomial(got.HighQuality, e.n), Perfect: want.HighQuality, HigherIsBetter: true,
			}, 1),
			e.add(metrics.Measure{Name: "kl_modes", Value: got.KL, StdErr: modesErr(fake, centres, sigma), Perfect: want.KL}, 1))
		if err != nil {
			return err
		}
		if e.o.Only == "" {
			if err := e.game(centres, sigma); err != nil {
				return err
			}
		}
		e.report.Notes = append(e.report.Notes, fmt.Sprintf(
			"modes: of %d; found is a mode with a sample within three standard deviations of its centre, one is enough, as Lin et al. 2018 count; high quality: share of samples within three standard deviations of a mode, of which a perfect sampler has 98.9 %%", len(centres)))
	}
	value, err := metrics.Divergence(fake, real, bins)
	if err != nil {
		return err
	}
	ideal, err := metrics.Divergence(perfect, real, bins)
	if err != nil {
		return err
	}
	stdErr := metrics.Jackknife(e.n, func(lo, hi int) float64 {
		d, _ := metrics.Divergence(without(fake, lo, hi), real, bins) // of fewer of the same samples
		return d
	})
	e.report.Notes = append(e.report.Notes, fmt.Sprintf("divergence: Jensen-Shannon's, in nats, over %d×%d cells, at most %.3f; it is never zero for few samples", bins, bins, math.Ln2))
	return e.add(metrics.Measure{Name: "js", Value: value, StdErr: stdErr, Perfect: ideal}, 1)
}

func modesErr(fake, centres [][2]float64, sigma float64) float64 {
	return metrics.Jackknife(len(fake), func(lo, hi int) float64 {
		m, _ := metrics.CountModes(without(fake, lo, hi), centres, sigma) // of fewer of the same samples
		return m.KL
	})
}

func without(x [][2]float64, lo, hi int) [][2]float64 {
	return append(append([][2]float64{}, x[:lo]...), x[hi:]...)
}

func pairs(x []float32) [][2]float64 {
	out := make([][2]float64, len(x)/2)
	for i := range out {
		out[i] = [2]float64{float64(x[2*i]), float64(x[2*i+1])}
	}
	return out
}

// firstOf returns the first error.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
