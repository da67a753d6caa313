package gan

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// penalty returns what the discriminator's loss gets on top, or nil: R1 and R2 on real and generated items
// (Mescheder et al. 2018, equation 9), the gradient penalty between them (Gulrajani et al. 2017, equation 3). It weighs
// PenaltyEvery times as much, as it comes that much more rarely (Karras et al. 2020, appendix B).
func (t *Trainer) penalty(d *nn.Bound, real, fake, dReal, dFake *grad.Value) *grad.Value {
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
	if t.R1 > 0 {
		add(grad.Mean(slope(dReal, real)), t.R1/2)
	}
	if t.R2 > 0 {
		add(grad.Mean(slope(dFake, fake)), t.R2/2)
	}
	if t.GP > 0 {
		between := grad.Variable(t.between(real, fake))
		norm := grad.Sqrt(slope(d.Forward(between, nn.Train), between))
		add(grad.Mean(grad.Square(grad.AddScalar(norm, -1))), t.GP)
	}
	return total
}

// slope returns the squared norm of D's gradient at each item, of shape (N).
func slope(outputs, items *grad.Value) *grad.Value {
	return grad.SumSquaresPerItem(grad.Grad(grad.Sum(outputs), items)[0])
}

// between returns points drawn evenly on the lines from real to generated items.
func (t *Trainer) between(real, fake *grad.Value) *grad.Value {
	alpha := t.tape.Empty(real.Rows())
	t.alpha(alpha.Data)
	a, b := grad.Detach(real), grad.Detach(fake)
	return grad.Add(b, grad.ScaleItems(grad.Sub(a, b), alpha))
}
