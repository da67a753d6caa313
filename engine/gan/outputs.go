package gan

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// outputs are what a discriminator answers to real and generated items.
type outputs struct {
	real, fake             *grad.Value // the items
	realLogits, fakeLogits *grad.Value // (N, 1), or (N/Pack, 1) of packs
	realHeads, fakeHeads   nn.Heads

	// Both one after the other, or nil where they went through D apart.
	items, logits *grad.Value

	matching *grad.Value // G's loss where it is that of D's features alone, otherwise nil
}

// outputs sends real and generated items through D. They go as one batch, unless D would treat them
// differently there, or gradients are wanted with respect to only one kind.
func (h *shard) outputs(t *Trainer, d *nn.Bound, byReal, byFake bool) outputs {
	real, fake := grad.Detach(h.real), grad.Detach(h.fake)
	if d.Net.BatchDependent() || byReal != byFake {
		return h.outputsApart(t, d, variable(real, byReal), variable(fake, byFake))
	}
	items := variable(grad.Concat(real, fake), byReal)
	logits := h.discriminate(t, d, items, h.realRow())
	n, end := logits.Rows()/2, logits.Rows()
	return outputs{
		real: real, fake: fake, items: items, logits: logits,
		realLogits: grad.Rows(logits, 0, n), fakeLogits: grad.Rows(logits, n, end),
		realHeads: headRows(d.Heads, 0, n), fakeHeads: headRows(d.Heads, n, end),
	}
}

// outputsApart sends real and generated items through D as two batches.
func (h *shard) outputsApart(t *Trainer, d *nn.Bound, real, fake *grad.Value) outputs {
	o := outputs{real: real, fake: fake}
	o.realLogits = h.discriminate(t, d, real, h.realRow())
	o.realHeads = d.Heads
	o.fakeLogits = h.discriminate(t, d, fake, h.fakeRow())
	o.fakeHeads = d.Heads
	return o
}

// variable returns x, as a variable if gradients with respect to it are wanted.
func variable(x *grad.Value, wanted bool) *grad.Value {
	if wanted {
		return grad.Variable(x)
	}
	return x
}

// note adds what one of the discriminators answered to the shard's statistics.
func (h *shard) note(t *Trainer, o outputs) {
	share := 1 / float64(t.D.Count())
	real, fake := h.means(t.Objective, o)
	h.dReal += share * real
	h.dFake += share * fake
	h.pairAccuracy += share * pairAccuracy(o.realLogits.Data, o.fakeLogits.Data)
	h.signMean += share * t.Objective.signMean(o.realLogits.Data, o.fakeLogits.Data)
}

// means returns the means of D's outputs for real and generated items: as probabilities, or as
// scores where they are. Of a relativistic D only differences mean something: each item's is the
// probability that it is the more real one of its pair.
func (h *shard) means(o Objective, out outputs) (real, fake float64) {
	p := h.tape.Empty(out.realLogits.Shape()...).Data
	switch {
	case o.NeedsReal:
		tensor.Sub(p, out.realLogits.Data, out.fakeLogits.Data)
		tensor.Sigmoid(p, p)
		real = mean(p)
		return real, 1 - real
	case o.Score:
		return mean(out.realLogits.Data), mean(out.fakeLogits.Data)
	}
	tensor.Sigmoid(p, out.realLogits.Data)
	real = mean(p)
	tensor.Sigmoid(p, out.fakeLogits.Data)
	return real, mean(p)
}

// pairAccuracy returns how often the output for a real item is above that for the generated item of
// the same place; ties count half. It means the same whatever the objective: an output has no
// threshold where it is a score.
func pairAccuracy(real, fake []float32) float64 {
	right := 0.0
	for i, x := range real[:min(len(real), len(fake))] {
		switch {
		case x > fake[i]:
			right++
		case x == fake[i]:
			right += 0.5
		}
	}
	return right / float64(max(1, min(len(real), len(fake))))
}

func mean(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v)
	}
	return sum / float64(len(x))
}
