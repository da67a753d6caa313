package gan

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// penalty returns what the discriminator's loss gets on top, or nil: R1 and R2 on real and generated items
// (Mescheder et al. 2018, equation 9), the gradient penalty between them (Gulrajani et al. 2017, equation 3), that around real
// ones (Kodali et al. 2017, "On Convergence and Stability of GANs", section 2.4: DRAGAN), and that on what D says of a real item
// seen twice. It weighs PenaltyEvery times as much, as it comes that much more rarely (Karras et al. 2020, appendix B). Slopes are
// those of all that lies between an item and D's output.
func (h *shard) penalty(t *Trainer, d *nn.Bound, v verdict) *grad.Value {
	var total *grad.Value
	every := float32(max(1, t.PenaltyEvery))
	add := func(p *grad.Value, weight float64) {
		p = grad.Scale(p, float32(weight)*every)
		if total == nil {
			total = p
		} else {
			total = grad.Add(total, p)
		}
	}
	r1, r2 := v.slopes(t.R1 > 0, t.R2 > 0)
	if r1 != nil {
		add(grad.Mean(r1), t.R1/2)
	}
	if r2 != nil {
		add(grad.Mean(r2), t.R2/2)
	}
	if t.GP > 0 {
		between := grad.Variable(h.between(t, v.real, v.fake))
		norm := grad.Sqrt(slope(h.look(t, d, between, h.atReal()), between))
		add(grad.Mean(grad.Square(grad.AddScalar(norm, -1))), t.GP)
	}
	if t.DRAGAN > 0 {
		away := grad.Variable(grad.Add(grad.Detach(v.real), h.view(t.away, t.G.Out)))
		norm := grad.Sqrt(grad.AddScalar(slope(h.look(t, d, away, h.atReal()), away), tinySlope))
		add(grad.Mean(grad.Square(grad.AddScalar(norm, -1))), t.DRAGAN)
	}
	if t.Consistency > 0 {
		add(h.inconsistency(t, d, v), t.Consistency)
	}
	return total
}

// inconsistency returns the mean squared difference between what D said of real items and what it says when it sees them anew, with
// changes, noise and dropout of their own (Wei et al. 2018, "Improving the Improved Training of Wasserstein GANs", section 3; Zhang
// et al. 2020, "Consistency Regularization for Generative Adversarial Networks", section 2). Of a semi-supervised D it is the squared
// distance between the probabilities of the classes (Laine and Aila 2017, "Temporal Ensembling for Semi-Supervised Learning",
// section 2.1, where it is divided by their number).
func (h *shard) inconsistency(t *Trainer, d *nn.Bound, v verdict) *grad.Value {
	again := h.look(t, d, grad.Detach(h.real), h.atAgain(t))
	if !d.Net.Role().Instead {
		return meanSquare(grad.Sub(v.dReal, again))
	}
	apart := grad.Square(grad.Sub(grad.Softmax(v.saidReal.Classes), grad.Softmax(d.Said.Classes)))
	return grad.Scale(grad.Sum(apart), 1/float32(apart.Rows()))
}

// tinySlope keeps the root of a slope of 0 differentiable: where D's units are all dead, away from the data.
const tinySlope = 1e-12

// penaltyDue reports whether this step has penalties.
func (t *Trainer) penaltyDue() bool { return t.Step%int64(max(1, t.PenaltyEvery)) == 0 }

// Penalised reports whether some steps have penalties.
func (c *Config) Penalised() bool {
	return c.R1 > 0 || c.R2 > 0 || c.GP > 0 || c.DRAGAN > 0 || c.Consistency > 0
}

// draganSpread is the standard deviation of the noise around real items, in that of the batch: what the paper's authors use.
const draganSpread = 0.5

// drawPenalties draws where this step's penalties look, if it has any.
func (t *Trainer) drawPenalties() {
	if !t.penaltyDue() {
		return
	}
	if t.GP > 0 {
		t.places = resize(t.places, t.Batch)
		t.alpha(t.places)
	}
	if t.DRAGAN > 0 {
		t.away = resize(t.away, len(t.items))
		t.delta(t.away)
		tensor.Scale(t.away, t.away, draganSpread*deviation(t.items))
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

// slopes returns the squared norms of D's gradients at real and at generated items, where they are wanted; at both with one pass
// where they went through D together.
func (v verdict) slopes(ofReal, ofFake bool) (r1, r2 *grad.Value) {
	if ofReal && ofFake && v.items != nil {
		s := slope(v.dItems, v.items)
		n := v.dReal.Rows()
		return grad.Rows(s, 0, n), grad.Rows(s, n, s.Rows())
	}
	if ofReal {
		r1 = slope(v.dReal, v.real)
	}
	if ofFake {
		r2 = slope(v.dFake, v.fake)
	}
	return r1, r2
}

// slope returns the squared norm of D's gradient at each item, or each pack of items, of shape (N).
func slope(outputs, items *grad.Value) *grad.Value {
	g := grad.Grad(grad.Sum(outputs), items)[0]
	n := outputs.Rows()
	return grad.GroupDot(g, g, tensor.Dims{N: n, S: 1, G: 1, K: len(g.Data) / n})
}

// between returns points on the lines from real to generated items, at the places that were drawn.
func (h *shard) between(t *Trainer, real, fake *grad.Value) *grad.Value {
	alpha := h.tape.View(t.places[h.lo:h.hi], h.hi-h.lo)
	a, b := grad.Detach(real), grad.Detach(fake)
	return grad.Add(b, grad.ScaleItems(grad.Sub(a, b), alpha))
}
