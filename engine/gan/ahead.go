package gan

import (
	"cmp"
	"math"
	"slices"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
)

// ahead returns D as it will be after Unroll more updates on the present batch, for G's loss: with
// the gradient through them, by which G foresees how D answers (Metz et al. 2017, "Unrolled
// Generative Adversarial Networks", section 2.3). The updates are those of D's own optimiser, from
// what it remembers on, as in the authors' program; D itself stays as it is.
func (h *shard) ahead(t *Trainer, d *nn.Bound) *nn.Bound {
	course := t.OptD.Ahead(h.tape)
	factor := optim.Decay(t.ScheduleD.Kind, t.Step, t.Steps, t.ScheduleD.Final)
	for range t.Unroll {
		var loss *grad.Value
		for i := range t.D.Count() {
			di := d.Part(i)
			loss = plus(loss, h.lossD(t, di, h.outputsApart(t, di, h.real, h.fake), false))
		}
		next := *d
		next.Values = course.Step(d.Values, grad.Grad(loss, d.Values...), factor)
		d = &next
	}
	return d
}

// best returns of what D says of generated items the part from which G learns: the share of them,
// which falls over the first half of the run from all to TopK, that D takes most for real (Sinha et
// al. 2020, "Top-k Training of GANs", section 3). real is nil or what D says of the real item
// beside each; then the differences count.
func (t *Trainer) best(real, fake *grad.Value) (topReal, topFake *grad.Value) {
	n := fake.Rows()
	k := int(math.Ceil(float64(n) * t.topNow()))
	if k >= n {
		return real, fake
	}
	score := slices.Clone(fake.Data)
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
		if real != nil {
			score[i] -= real.Data[i]
		}
	}
	slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(score[b], score[a]) })
	rows = rows[:k]
	slices.Sort(rows)
	if real != nil {
		real = grad.Lookup(real, rows)
	}
	return real, grad.Lookup(fake, rows)
}

// topNow returns the share of generated items that G learns from at this step.
func (t *Trainer) topNow() float64 {
	if t.TopK == 0 || t.TopK == 1 || t.Steps == 0 {
		return 1
	}
	return optim.Decay("exponential", 2*t.Step, t.Steps, t.TopK)
}

// decayNow returns the decay of the generator's average at this step. While it warms up, its
// half-life is at most a share of the steps so far (Karras et al. 2020, "Training Generative
// Adversarial Networks with Limited Data", in the authors' program), so that the first, poor
// generators are soon forgotten.
func (t *Trainer) decayNow() float64 {
	if t.EMAWarmup == 0 || t.EMA == 0 {
		return t.EMA
	}
	return math.Min(t.EMA, math.Pow(0.5, 1/(t.EMAWarmup*float64(t.Step+1))))
}
