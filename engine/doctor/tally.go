package doctor

import (
	"math"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

func weights(dst []float32, n *nn.Net) []float32 {
	for _, p := range n.Params {
		dst = append(dst, p.Value.Data...)
	}
	return dst
}

// change returns the length of a network's weights, and how long one of several updates was beside
// it.
func change(before []float32, n *nn.Net, updates int64) (length, update float32) {
	var sum, moved float64
	at := 0
	for _, p := range n.Params {
		for _, w := range p.Value.Data {
			d := float64(w) - float64(before[at])
			sum += float64(w) * float64(w)
			moved += d * d
			at++
		}
	}
	return float32(math.Sqrt(sum)), float32(math.Sqrt(moved) / math.Sqrt(float64(updates)) / max(math.Sqrt(sum), 1e-30))
}

// A tally sums what steps measured. What an update of one player alone did not measure is NaN and
// left out.
type tally struct {
	counts [7]int
	sums   [7]float64
	peak   float64
}

func (t *tally) add(s gan.Stats) {
	for i, x := range [7]float64{s.LossD, s.LossG, s.DReal, s.DFake, s.GradD, s.GradG, s.PairAccuracy} {
		if math.IsNaN(x) {
			continue
		}
		t.counts[i]++
		t.sums[i] += float64(float32(x)) // as the project keeps it, so that a resume changes nothing
		if i < 2 {
			t.peak = max(t.peak, math.Abs(x))
		}
	}
}

func (t *tally) fill(c *Checkup) {
	for i, x := range []*float32{&c.LossD, &c.LossG, &c.DReal, &c.DFake, &c.GradD, &c.GradG, &c.Accuracy} {
		*x = float32(t.sums[i] / float64(t.counts[i])) // NaN where nothing was measured
	}
	c.Peak = float32(t.peak)
}
