package gan

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// gradientPenalty returns the mean of (‖∇D‖ − 1)² on the lines from real to generated items.
func (h *shard) gradientPenalty(t *Trainer, d *nn.Bound, o outputs) *grad.Value {
	between := grad.Variable(h.between(t, o.real, o.fake))
	norm := grad.Sqrt(slope(h.discriminate(t, d, between, h.realRow()), between))
	return grad.Mean(grad.Square(grad.AddScalar(norm, -1)))
}

// dragan returns the mean of (‖∇D‖ − 1)² at real items with noise.
func (h *shard) dragan(t *Trainer, d *nn.Bound, o outputs) *grad.Value {
	x := grad.Variable(grad.Add(grad.Detach(o.real), h.view(t.perturbed, t.G.Out)))
	norm := grad.Sqrt(grad.AddScalar(slope(h.discriminate(t, d, x, h.realRow()), x), tinySlope))
	return grad.Mean(grad.Square(grad.AddScalar(norm, -1)))
}

// inconsistency returns the mean squared difference between D's logits for real items and those
// when it sees them again, with augmentation, noise and dropout of their own (Wei et al. 2018,
// "Improving the Improved Training of Wasserstein GANs", section 3; Zhang et al. 2020, "Consistency
// Regularization for Generative Adversarial Networks", section 2). Of a semi-supervised D it is the
// squared distance between the probabilities of the classes (Laine and Aila 2017, "Temporal
// Ensembling for Semi-Supervised Learning", section 2.1, where it is divided by their number).
func (h *shard) inconsistency(t *Trainer, d *nn.Bound, o outputs) *grad.Value {
	again := h.discriminate(t, d, grad.Detach(h.real), h.againRow(t))
	if !d.Net.Role().ClassLogits {
		return meanSquare(grad.Sub(o.realLogits, again))
	}
	apart := grad.Square(grad.Sub(grad.Softmax(o.realHeads.Classes), grad.Softmax(d.Heads.Classes)))
	return grad.Scale(grad.Sum(apart), 1/float32(apart.Rows()))
}

// tinySlope keeps the root of a slope of 0 differentiable: where D's units are all dead, away from
// the data.
const tinySlope = 1e-12

// penaltyDue reports whether this step has penalties.
func (t *Trainer) penaltyDue() bool { return t.Step%int64(max(1, t.PenaltyEvery)) == 0 }

// Penalised reports whether some steps have penalties.
func (c *Config) Penalised() bool {
	return c.R1 > 0 || c.R2 > 0 || c.GP > 0 || c.DRAGAN > 0 || c.Consistency > 0
}

// draganSpread is the standard deviation of the noise around real items, in that of the batch: what
// the paper's authors use.
const draganSpread = 0.5

// drawPenalties draws where this step's penalties look, if it has any.
func (t *Trainer) drawPenalties() {
	if !t.penaltyDue() {
		return
	}
	if t.GP > 0 {
		t.alphas = resize(t.alphas, t.Batch)
		t.alpha(t.alphas)
	}
	if t.DRAGAN > 0 {
		t.perturbed = resize(t.perturbed, len(t.items))
		t.delta(t.perturbed)
		tensor.Scale(t.perturbed, t.perturbed, draganSpread*deviation(t.items))
	}
}

// deviation returns the standard deviation of all numbers in x.
func deviation(x []float32) float32 {
	m, sum := mean(x), 0.0
	for _, v := range x {
		sum += (float64(v) - m) * (float64(v) - m)
	}
	return float32(math.Sqrt(sum / float64(len(x))))
}

// squaredNorms returns the squared norms of D's gradients at real and at generated items, where
// they are wanted. It takes one pass for both where they went through D together.
func (o outputs) squaredNorms(ofReal, ofFake bool) (real, fake *grad.Value) {
	if ofReal && ofFake && o.items != nil {
		s := slope(o.logits, o.items)
		n := o.realLogits.Rows()
		return grad.Rows(s, 0, n), grad.Rows(s, n, s.Rows())
	}
	if ofReal {
		real = slope(o.realLogits, o.real)
	}
	if ofFake {
		fake = slope(o.fakeLogits, o.fake)
	}
	return real, fake
}

// slope returns the squared norm of D's gradient at each item, or each pack of items, of shape (N).
func slope(outputs, items *grad.Value) *grad.Value {
	g := grad.Grad(grad.Sum(outputs), items)[0]
	n := outputs.Rows()
	return grad.GroupDot(g, g, tensor.Dims{N: n, S: 1, G: 1, K: len(g.Data) / n})
}

// between returns points on the lines from real to generated items, alpha of the way from the
// generated one.
func (h *shard) between(t *Trainer, real, fake *grad.Value) *grad.Value {
	alpha := h.tape.View(t.alphas[h.lo:h.hi], h.hi-h.lo)
	a, b := grad.Detach(real), grad.Detach(fake)
	return grad.Add(b, grad.ScaleItems(grad.Sub(a, b), alpha))
}
