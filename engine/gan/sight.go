package gan

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// A sight is what lies between a batch of items and D in one update: random changes, and noise on each of its numbers. D then judges
// packs of items (Lin et al. 2018, "PacGAN", section 3): of m that follow one another, side by side. The sight has a row for each item:
// those of a shard's real items, those of its generated ones, and so on, and at the end those of items of known classes and of real items
// seen anew. It is drawn for all real items first, so that what an item gets does not depend on how the batch is divided.
type sight struct {
	changes augmentation
	noise   []float32
	sigma   float32 // its standard deviation; 0: no noise
}

// drawSight draws how D sees the items of the next update.
func (t *Trainer) drawSight() {
	s := &t.sight
	if t.augmented() {
		t.changes(&s.changes)
	}
	if s.sigma = t.noiseNow(); s.sigma > 0 {
		k := t.G.Out.Size()
		s.noise = resize(s.noise, t.sightRows()*k)
		t.eachRows(func(from, to int) { t.instance.gaussian(s.noise[from*k : to*k]) })
	}
}

func (t *Trainer) augmented() bool { return t.Augment != "" && t.Augment != "none" }

// eachRows calls f with the rows of the sight in the order of drawing.
func (t *Trainer) eachRows(f func(from, to int)) {
	for _, h := range t.shards {
		f(h.atReal(), h.atMade())
	}
	for _, h := range t.shards {
		f(h.atMade(), 2*h.hi)
	}
	f(2*t.Batch, t.sightRows())
}

// sightRows returns how many items D sees in an update.
func (t *Trainer) sightRows() int {
	n := 2
	if t.D.Role().Instead {
		n++
	}
	if t.Consistency > 0 {
		n++
	}
	return n * t.Batch
}

// noiseNow returns the standard deviation of instance noise at this step, which falls evenly to 0 over the run
// (Sønderby et al. 2017, "Amortised MAP Inference for Image Super-resolution", section 3.3; Arjovsky and Bottou 2017).
func (t *Trainer) noiseNow() float32 {
	if t.Noise == 0 || t.Steps == 0 {
		return 0
	}
	return float32(t.Noise * max(0, 1-float64(t.Step)/float64(t.Steps)))
}

// atReal and atMade return the row of the sight at which that of the shard's real and generated items begins.
func (h *shard) atReal() int { return 2 * h.lo }
func (h *shard) atMade() int { return h.lo + h.hi }

// atKnown returns the row of the sight at which the shard's items of known classes begin.
func (h *shard) atKnown(t *Trainer) int { return 2*t.Batch + h.lo }

// atAgain returns the row of the sight at which the shard's real items begin that D sees anew.
func (h *shard) atAgain(t *Trainer) int { return t.sightRows() - t.Batch + h.lo }

// look returns what D says of items, (N, 1), or of packs of them, (N/Pack, 1), as it sees them in the rows of the sight from at on.
func (h *shard) look(t *Trainer, d *nn.Bound, items *grad.Value, at int) *grad.Value {
	s := &t.sight
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
