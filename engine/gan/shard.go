package gan

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// A shard is one slice of the batch with its own tape. Shards run in parallel and synchronise twice
// a step instead of in every operation, which pays for small networks. The split depends only on
// the networks and the batch size, so results are bit-identical for any number of processors.
type shard struct {
	tape   *grad.Tape
	lo, hi int     // its items
	share  float32 // of the batch

	real      *grad.Value
	fake      *grad.Value // generated items
	condition condition   // what games with classes need besides
	g         *nn.Bound   // the generator that made them
	kept      grad.Mark   // what an update of G needs lies before it

	grads         []*grad.Value // of the loss, times the share; nil if the loss is not finite
	loss, penalty float64       // means over its items: the loss and the penalty in it
	dReal, dFake  float64
	pairAccuracy  float64
	signMean      float64 // E[sign(D(x))] of real items, ADA's r_t
}

// tinyWork and smallWork are between how many multiply-adds the largest layer needs for a batch of
// dense networks that is divided. Below, meeting costs more than it saves; above, a layer is work
// enough for all processors, and weights are better packed once.
const (
	tinyWork  = 1 << 19
	smallWork = 8 << 20
)

// shardItems is how many items a shard has at least, where there are enough; of batches down to
// half of it there are two shards.
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
	if t.Batch < shardItems/2 || t.whole() || work < tinyWork || work > smallWork || t.G.BatchDependent() || t.D.BatchDependent() || t.G.Random() || t.D.Random() {
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
	h.takeCondition(t)
	h.kept = h.tape.Mark()
}

// view returns the shard's part of a batch of items of a shape.
func (h *shard) view(batch []float32, item nn.Shape) *grad.Value {
	k := item.Size()
	return h.tape.View(batch[h.lo*k:h.hi*k], append([]int{h.hi - h.lo}, item...)...)
}

// generate has G make items of the latents, recorded for an update of G if asked to.
func (h *shard) generate(t *Trainer, record bool) {
	h.g = h.bind(t, t.G, record)
	h.fake = h.g.Forward(h.view(t.latents, t.G.In), nn.Train)
	h.kept = h.tape.Mark()
}

// discriminator computes the loss of D, or of all of them together, and its gradients.
func (h *shard) discriminator(t *Trainer) {
	d := h.bind(t, t.D, true)
	h.penalty, h.dReal, h.dFake, h.pairAccuracy, h.signMean = 0, 0, 0, 0, 0
	due := t.penaltyDue()
	var loss *grad.Value
	for i := range t.D.Count() {
		di := d.Part(i)
		out := h.outputs(t, di, due && t.R1 > 0, due && t.R2 > 0)
		loss = plus(loss, h.lossD(t, di, out, due))
		h.note(t, out)
	}
	h.differentiate(loss, d)
}

// generator computes G's loss on the generated items against every D, and its gradients.
func (h *shard) generator(t *Trainer) {
	d := h.bind(t, t.D, t.Unroll > 0)
	if t.Unroll > 0 {
		d = h.ahead(t, d)
	}
	losses := make([]*grad.Value, t.D.Count())
	for i := range losses {
		losses[i] = h.lossG(t, d.Part(i))
	}
	h.differentiate(t.together(losses), h.g)
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
	h.grads = grad.GradOnce(loss, n.Values...)
}
