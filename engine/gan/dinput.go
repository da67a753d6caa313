package gan

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// A dInput is what lies between a batch of items and D in one update: augmentation, and noise on
// each number. D then sees packs of items (Lin et al. 2018, "PacGAN", section 3): m that follow one
// another, side by side. It has a row for each item: those of a shard's real items, those of its
// generated ones, and so on. Items of known classes and real items that D sees a second time come
// last. Rows are drawn for all real items first, so that an item's row does not depend on the
// shards.
type dInput struct {
	changes augmentation
	noise   []float32
	sigma   float32 // its standard deviation; 0: no noise
}

// drawDInput draws how D sees the items of the next update.
func (t *Trainer) drawDInput() {
	s := &t.dInput
	if t.augmented() {
		t.changes(&s.changes)
	}
	if s.sigma = t.noiseNow(); s.sigma > 0 {
		k := t.G.Out.Size()
		s.noise = resize(s.noise, t.dInputRows()*k)
		t.eachRows(func(from, to int) { t.instance.Gaussian(s.noise[from*k : to*k]) })
	}
}

func (t *Trainer) augmented() bool { return t.Augment != "" && t.Augment != "none" }

// eachRows calls f with the rows of D's input in the order of drawing.
func (t *Trainer) eachRows(f func(from, to int)) {
	for _, h := range t.shards {
		f(h.realRow(), h.fakeRow())
	}
	for _, h := range t.shards {
		f(h.fakeRow(), 2*h.hi)
	}
	f(2*t.Batch, t.dInputRows())
}

// dInputRows returns how many items D sees in an update.
func (t *Trainer) dInputRows() int {
	n := 2
	if t.D.Role().ClassLogits {
		n++
	}
	if t.Consistency > 0 {
		n++
	}
	return n * t.Batch
}

// noiseNow returns the standard deviation of instance noise at this step, which falls evenly to 0
// over the run (Sønderby et al. 2017, "Amortised MAP Inference for Image Super-resolution", section
// 3.3; Arjovsky and Bottou 2017).
func (t *Trainer) noiseNow() float32 {
	if t.Noise == 0 || t.Steps == 0 {
		return 0
	}
	return float32(t.Noise * max(0, 1-float64(t.Step)/float64(t.Steps)))
}

// realRow and fakeRow return the rows of D's input at which the shard's real and generated items
// begin.
func (h *shard) realRow() int { return 2 * h.lo }
func (h *shard) fakeRow() int { return h.lo + h.hi }

// labelledRow returns the row of D's input at which the shard's items of known classes begin.
func (h *shard) labelledRow(t *Trainer) int { return 2*t.Batch + h.lo }

// againRow returns the row of D's input at which the shard's real items begin that D sees a second
// time.
func (h *shard) againRow(t *Trainer) int { return t.dInputRows() - t.Batch + h.lo }

// discriminate returns D's logits, (N, 1), or (N/Pack, 1) of packs. The items go through the rows
// of D's input from at on.
func (h *shard) discriminate(t *Trainer, d *nn.Bound, items *grad.Value, at int) *grad.Value {
	s := &t.dInput
	if t.augmented() {
		items = s.changes.apply(items, at)
	}
	if s.sigma > 0 {
		k := t.G.Out.Size()
		noise := h.tape.View(s.noise[at*k:(at+items.Rows())*k], items.Shape()...)
		items = grad.AddScaled(items, noise, s.sigma)
	}
	if t.Pack > 1 {
		items = grad.Pack(items, t.Pack)
	}
	return d.Forward(items, nn.Train)
}
