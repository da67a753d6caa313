package gan

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// penalty returns what the discriminator's loss gets on top, or nil: R1 and R2 on real and generated items
// (Mescheder et al. 2018, equation 9), the gradient penalty between them (Gulrajani et al. 2017, equation 3). It weighs
// PenaltyEvery times as much, as it comes that much more rarely (Karras et al. 2020, appendix B).
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
		norm := grad.Sqrt(slope(d.Forward(between, nn.Train), between))
		add(grad.Mean(grad.Square(grad.AddScalar(norm, -1))), t.GP)
	}
	return total
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

// slope returns the squared norm of D's gradient at each item, of shape (N).
func slope(outputs, items *grad.Value) *grad.Value {
	return grad.SumSquaresPerItem(grad.Grad(grad.Sum(outputs), items)[0])
}

// between returns points on the lines from real to generated items, at the places that were drawn.
func (h *shard) between(t *Trainer, real, fake *grad.Value) *grad.Value {
	alpha := h.tape.View(t.places[h.lo:h.hi], h.hi-h.lo)
	a, b := grad.Detach(real), grad.Detach(fake)
	return grad.Add(b, grad.ScaleItems(grad.Sub(a, b), alpha))
}
