package others

import (
	"fmt"
	"math"

	"ganvas/engine/metrics"
)

// Truth is what is known of the data: held-out points (n, 2), and of a mixture of Gaussians its
// centres and standard deviation.
type Truth struct {
	Points  []float32
	Centres [][2]float64
	Sigma   float64
}

// Quality says what samples are worth.
type Quality struct {
	Divergence  float64 // Jensen-Shannon's from held-out points, in nats: 0 the same, log 2 nowhere the same
	Modes       int     // found; −1 where the data have no modes
	HighQuality float64 // share of the samples within three standard deviations of a mode
}

// asGood is how much further from held-out points samples may be than as many other real ones, to
// count as good.
const asGood = 0.12

// Good tells whether samples of a quality are about as good as real points, which have perfect.
func (q Quality) Good(perfect Quality) bool { return q.Divergence <= perfect.Divergence+asGood }

// cells is how many cells a side the plane has for the divergence. Cells are larger than the spread
// of a mode, so that few samples fill them.
const cells = 24

// Judge compares samples (n, 2) with the data. The error says that samples are not finite.
func (t Truth) Judge(samples []float32) (Quality, error) {
	q := Quality{Modes: -1, HighQuality: math.NaN()}
	for i, v := range samples {
		if v-v != 0 {
			return q, fmt.Errorf("judge samples: point %d is not finite: begin the training anew", i/2)
		}
	}
	fake := doubles(samples)
	if len(t.Centres) > 0 {
		m, err := metrics.CountModes(fake, t.Centres, t.Sigma)
		if err != nil {
			return q, err
		}
		q.Modes, q.HighQuality = m.Captured, m.HighQuality
	}
	t.bring(fake)
	var err error
	q.Divergence, err = metrics.Divergence(fake, doubles(t.Points), cells)
	return q, err
}

// LogP returns the mean of the data's own log-density over its held-out points, in nats, the best
// that a model can reach on average; NaN where it is not known.
func (t Truth) LogP() float64 {
	if len(t.Centres) == 0 {
		return math.NaN()
	}
	sum, logs := 0.0, make([]float64, len(t.Centres))
	for _, x := range doubles(t.Points) {
		for i, c := range t.Centres {
			dx, dy := x[0]-c[0], x[1]-c[1]
			logs[i] = -(dx*dx+dy*dy)/(2*t.Sigma*t.Sigma) - math.Log(2*math.Pi*t.Sigma*t.Sigma*float64(len(t.Centres)))
		}
		sum += logSumExp(logs)
	}
	return sum / float64(len(t.Points)/2)
}

// bring moves points that are far from the data to the edge of a box around them, so that a single one
// does not make all cells large.
func (t Truth) bring(x [][2]float64) {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, p := range doubles(t.Points) {
		for k, v := range p {
			low[k], high[k] = min(low[k], v), max(high[k], v)
		}
	}
	for i := range x {
		for k, v := range x[i] {
			margin := (high[k] - low[k]) / 8
			x[i][k] = max(low[k]-margin, min(high[k]+margin, v))
		}
	}
}

func doubles(x []float32) [][2]float64 {
	out := make([][2]float64, len(x)/2)
	for i := range out {
		out[i] = [2]float64{float64(x[2*i]), float64(x[2*i+1])}
	}
	return out
}
