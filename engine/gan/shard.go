package gan

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// A shard is a part of each batch, on a tape of its own. Several processors so go through both networks at the same time, each
// with its items, and meet twice a step, where otherwise they meet in every operation: that pays for small networks.
// How a batch is divided depends on the networks and its size alone, as sums depend on it; so does nothing on how many processors
// there are.
type shard struct {
	tape   *grad.Tape
	lo, hi int     // its items
	share  float32 // of the batch

	real *grad.Value
	made *grad.Value // generated items
	kind kindItems   // what games with classes need besides
	by   *nn.Bound   // the generator that made them
	kept grad.Mark   // what an update of G needs lies before it

	grads        []*grad.Value // of the loss, times the share; nil if the loss is not finite
	loss, charge float64       // means over its items: the loss and the penalty in it
	dReal, dFake float64
	accuracy     float64
	sure         float64 // how sure D is of real items
}

// tinyWork and smallWork are between how many multiply-adds the largest layer needs for a batch of dense networks that is divided.
// Below, meeting costs more than it saves; above, a layer is work enough for all processors, and weights are better packed once.
const (
	tinyWork  = 1 << 19
	smallWork = 8 << 20
)

// shardItems is how many items a shard has at least, where there are enough; of batches down to half of it there are two shards.
const shardItems = 128

// divide sets t.shards, if the batch has changed.
func (t *Trainer) divide() {
	if t.divided == t.Batch {
		return
	}
	n := t.parts()
	t.divided, t.shards = t.Batch, make([]*shard, n)
	for i := range t.shards {
		m := max(1, t.Pack)
		lo, hi := i*(t.Batch/m)/n*m, (i+1)*(t.Batch/m)/n*m
		t.shards[i] = &shard{tape: grad.NewTape(), lo: lo, hi: hi, share: float32(hi-lo) / float32(t.Batch)}
	}
	t.shards[0].tape.SetProfile(t.profile)
}

// parts returns how many shards a batch has.
func (t *Trainer) parts() int {
	work := t.Batch * max(largest(t.G), largest(t.D))
	if t.Batch < shardItems/2 || t.whole() || work < tinyWork || work > smallWork || t.G.Couples() || t.D.Couples() || t.G.Random() || t.D.Random() {
		return 1
	}
	return max(2, t.Batch/shardItems)
}

// largest returns the number of multiply-adds that the largest layer needs for an item.
func largest(n *nn.Net) int {
	most := 0
	for _, p := range n.Params {
		if len(p.Value.Shape) == 4 { // applied at every pixel
			return smallWork + 1
		}
		most = max(most, len(p.Value.Data))
	}
	return most
}

// each calls f for all shards, possibly at the same time.
func (t *Trainer) each(f func(h *shard)) {
	tensor.Parallel(len(t.shards), 1, func(lo, hi int) {
		for _, h := range t.shards[lo:hi] {
			f(h)
		}
	})
}

// addUp returns the gradients of the whole batch's loss.
func (t *Trainer) addUp() []*grad.Value {
	sum := t.shards[0].grads
	for _, h := range t.shards[1:] {
		for i, g := range h.grads {
			if g != nil {
				tensor.Add(sum[i].Data, sum[i].Data, g.Data)
			}
		}
	}
	return sum
}

// begin takes up the shard's real items.
func (h *shard) begin(t *Trainer) {
	h.tape.Reset()
	h.real = h.view(t.items, t.G.Out)
	h.beginKind(t)
	h.kept = h.tape.Mark()
}

// view returns the shard's part of a batch of items of a shape.
func (h *shard) view(batch []float32, item nn.Shape) *grad.Value {
	k := item.Size()
	return h.tape.View(batch[h.lo*k:h.hi*k], append([]int{h.hi - h.lo}, item...)...)
}

// generate has G make items of the latents, recorded for an update of G if asked to.
func (h *shard) generate(t *Trainer, record bool) {
	h.by = h.bind(t, t.G, record)
	h.made = h.by.Forward(h.view(t.latents, t.G.In), nn.Train)
	h.kept = h.tape.Mark()
}

// discriminator computes the loss of D, or of all of them together, and its gradients.
func (h *shard) discriminator(t *Trainer) {
	d := h.bind(t, t.D, true)
	h.charge, h.dReal, h.dFake, h.accuracy, h.sure = 0, 0, 0, 0, 0
	var loss *grad.Value
	for i := range t.D.Count() {
		loss = plus(loss, h.lossOf(t, d.Part(i)))
	}
	h.differentiate(loss, d)
}

// lossOf returns the loss of one D, and notes what it says.
func (h *shard) lossOf(t *Trainer, d *nn.Bound) *grad.Value {
	due := t.penaltyDue()
	v := h.judge(t, d, due && t.R1 > 0, due && t.R2 > 0)
	loss := h.gameLossD(t, d, v)
	if due {
		if p := h.penalty(t, d, v); p != nil {
			h.charge += float64(p.Scalar())
			loss = grad.Add(loss, p)
		}
	}
	share := 1 / float64(t.D.Count())
	real, fake := h.means(t.Objective, v)
	h.dReal += share * real
	h.dFake += share * fake
	h.accuracy += share * accuracy(v.dReal.Data, v.dFake.Data)
	h.sure += share * t.Objective.sure(v.dReal.Data, v.dFake.Data)
	return loss
}

// gameLossD returns the loss of one D without penalties.
func (h *shard) gameLossD(t *Trainer, d *nn.Bound, v verdict) *grad.Value {
	loss := t.Objective.Discriminator(v.dReal, v.dFake)
	if t.Smoothing > 0 {
		loss = grad.Add(loss, t.Objective.Smoothing(v.dReal, float32(t.Smoothing)))
	}
	return h.kindLossD(t, d, v, loss)
}

// means returns the means of D's outputs for real and generated items: as probabilities, or as scores where they are. Of a
// relativistic D only differences mean something: each item's is the probability that it is the more real one of its pair.
func (h *shard) means(o Objective, v verdict) (real, fake float64) {
	p := h.tape.Empty(v.dReal.Shape()...).Data
	switch {
	case o.NeedsReal:
		tensor.Sub(p, v.dReal.Data, v.dFake.Data)
		tensor.Sigmoid(p, p)
		real = mean(p)
		return real, 1 - real
	case o.Score:
		return mean(v.dReal.Data), mean(v.dFake.Data)
	}
	tensor.Sigmoid(p, v.dReal.Data)
	real = mean(p)
	tensor.Sigmoid(p, v.dFake.Data)
	return real, mean(p)
}

// accuracy returns how often the output for a real item is above that for the generated item of the same place; ties count half. It
// means the same whatever the objective: an output has no threshold where it is a score.
func accuracy(real, fake []float32) float64 {
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

// generator computes G's loss on the generated items against every D, and its gradients.
func (h *shard) generator(t *Trainer) {
	d := h.bind(t, t.D, t.Unroll > 0)
	if t.Unroll > 0 {
		d = h.ahead(t, d)
	}
	losses := make([]*grad.Value, t.D.Count())
	for i := range losses {
		losses[i] = h.lossAgainst(t, d.Part(i))
	}
	h.differentiate(t.together(losses), h.by)
}

// lossAgainst returns G's loss against one D.
func (h *shard) lossAgainst(t *Trainer, d *nn.Bound) *grad.Value {
	var dReal *grad.Value
	if t.Objective.NeedsReal {
		dReal = h.look(t, d, h.real, h.atReal())
	}
	if d.Net.Role().Instead {
		return h.matchFeatures(t, d)
	}
	loss := h.kindLossG(d, t.Objective.Generator(t.best(dReal, h.look(t, d, h.made, h.atMade()))))
	if w := float32(t.Matching); w > 0 {
		loss = grad.AddScaled(grad.Scale(loss, 1-w), h.matchFeatures(t, d), w)
	}
	return loss
}

// differentiate computes the gradients of a loss by the parameters of n.
func (h *shard) differentiate(loss *grad.Value, n *nn.Bound) {
	h.loss, h.grads = float64(loss.Scalar()), nil
	if math.IsNaN(h.loss) || math.IsInf(h.loss, 0) {
		return
	}
	if h.share != 1 {
		loss = grad.Scale(loss, h.share)
	}
	h.grads = grad.Last(loss, n.Values...)
}

// verdict is what D says of real and generated items.
type verdict struct {
	real, fake    *grad.Value // items
	dReal, dFake  *grad.Value
	items, dItems *grad.Value // both one after the other, or nil where they went through D apart

	saidReal, saidFake nn.Said
}

// judge sends real and generated items through D: as one batch, unless D would treat them differently there, or gradients are
// wanted with respect to only one kind.
func (h *shard) judge(t *Trainer, d *nn.Bound, byReal, byFake bool) verdict {
	real, fake := grad.Detach(h.real), grad.Detach(h.made)
	if d.Net.Couples() || byReal != byFake {
		v := verdict{real: variable(real, byReal), fake: variable(fake, byFake)}
		v.dReal = h.look(t, d, v.real, h.atReal())
		v.saidReal = d.Said
		v.dFake = h.look(t, d, v.fake, h.atMade())
		v.saidFake = d.Said
		return v
	}
	items := variable(grad.Concat(real, fake), byReal)
	out := h.look(t, d, items, h.atReal())
	n := out.Rows() / 2
	return verdict{real, fake, grad.Rows(out, 0, n), grad.Rows(out, n, out.Rows()), items, out, saidRows(d.Said, 0, n), saidRows(d.Said, n, out.Rows())}
}

// variable returns x, as a variable if gradients with respect to it are wanted.
func variable(x *grad.Value, wanted bool) *grad.Value {
	if wanted {
		return grad.Variable(x)
	}
	return x
}
