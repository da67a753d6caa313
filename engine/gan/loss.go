package gan

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// lossD returns the loss of one discriminator: what it pays for its answers, and with penalties,
// those of this step. A penalty counts PenaltyEvery times as much, as it comes that much more
// rarely (Karras et al. 2020, appendix B). Gradients at an item are those of all that lies between
// it and D's output.
func (h *shard) lossD(t *Trainer, d *nn.Bound, o outputs, penalties bool) *grad.Value {
	loss := t.Objective.Discriminator(o.realLogits, o.fakeLogits)
	if t.Smoothing > 0 { // Salimans et al. 2016, section 3.4
		loss = grad.Add(loss, t.Objective.Smoothing(o.realLogits, float32(t.Smoothing)))
	}
	role := d.Net.Role()
	if role.AuxClassifier { // Odena et al. 2017, equation 3
		loss = grad.Add(loss, grad.CrossEntropy(o.realHeads.Classes, h.condition.classes))
		loss = grad.Add(loss, grad.CrossEntropy(o.fakeHeads.Classes, h.condition.classes))
	}
	if role.GeneratorHead > 0 { // Ghosh et al. 2018
		loss = grad.Add(loss, grad.CrossEntropy(o.fakeHeads.Generators, generatorsOf(role.GeneratorHead, o.fakeLogits.Rows())))
	}
	if role.ClassLogits { // Salimans et al. 2016, section 5, in the weights of the authors' program
		loss = grad.Add(grad.Scale(loss, 0.5), h.labelledLoss(t, d))
	}
	if !penalties {
		return loss
	}
	var penalty *grad.Value
	every := float32(max(1, t.PenaltyEvery))
	add := func(weight float64, p *grad.Value) { penalty = plus(penalty, grad.Scale(p, float32(weight)*every)) }
	real, fake := o.squaredNorms(t.R1 > 0, t.R2 > 0)
	if t.R1 > 0 { // Mescheder et al. 2018, equation 9
		add(t.R1/2, grad.Mean(real))
	}
	if t.R2 > 0 { // the same
		add(t.R2/2, grad.Mean(fake))
	}
	if t.GP > 0 { // Gulrajani et al. 2017, equation 3
		add(t.GP, h.gradientPenalty(t, d, o))
	}
	if t.DRAGAN > 0 { // Kodali et al. 2017, "On Convergence and Stability of GANs", section 2.4
		add(t.DRAGAN, h.dragan(t, d, o))
	}
	if t.Consistency > 0 { // Zhang et al. 2020
		add(t.Consistency, h.inconsistency(t, d, o))
	}
	if penalty == nil {
		return loss
	}
	h.penalty += float64(penalty.Scalar())
	return grad.Add(loss, penalty)
}

// outputsForG sends generated items through D, and real ones where G's loss compares with them.
func (h *shard) outputsForG(t *Trainer, d *nn.Bound) outputs {
	o := outputs{real: h.real, fake: h.fake}
	if t.Objective.NeedsReal {
		o.realLogits = h.discriminate(t, d, h.real, h.realRow())
	}
	if d.Net.Role().ClassLogits { // its loss is that of the features
		o.matching, o.fakeLogits = h.featureMatching(t, d)
		return o
	}
	o.fakeLogits = h.discriminate(t, d, h.fake, h.fakeRow())
	o.fakeHeads = d.Heads
	return o
}

// lossG returns the generator's loss against one discriminator.
func (h *shard) lossG(t *Trainer, d *nn.Bound, o outputs) *grad.Value {
	role := d.Net.Role()
	if role.ClassLogits { // Salimans et al. 2016, section 5
		return o.matching
	}
	loss := t.Objective.Generator(t.best(o.realLogits, o.fakeLogits))
	if role.AuxClassifier { // D names the class that was asked for
		loss = grad.Add(loss, grad.CrossEntropy(o.fakeHeads.Classes, h.condition.classes))
	}
	if w := float32(t.Matching); w > 0 { // Salimans et al. 2016, section 3.1
		matching, _ := h.featureMatching(t, d)
		loss = grad.AddScaled(grad.Scale(loss, 1-w), matching, w)
	}
	return loss
}

// labelledLoss returns the cross-entropy of D's classes for the items of known classes.
func (h *shard) labelledLoss(t *Trainer, d *nn.Bound) *grad.Value {
	h.discriminate(t, d, h.condition.labelled, h.labelledRow(t))
	return grad.CrossEntropy(d.Heads.Classes, t.condition.labelledClasses)
}
