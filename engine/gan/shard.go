package gan

import (
	"math"
	"slices"

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

	record, fresh bool          // an update of G needs what is generated; generates items of its own
	learner       *nn.Bound     // whose update it is
	judges        *nn.Bound     // all D
	outs          []outputs     // what each of them said last
	losses        []*grad.Value // against each of them, but for the last one's until settled
	total         *grad.Value   // the loss
	push          *grad.Value   // of G's loss by its items, for a watcher

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

// judge has every D judge real and generated items, and computes the loss of all but the last, in
// the order in which random numbers are drawn.
func (h *shard) judge(t *Trainer) {
	d := h.bind(t, t.D, true)
	h.learner, h.judges = d, d
	h.penalty, h.dReal, h.dFake, h.pairAccuracy, h.signMean = 0, 0, 0, 0, 0
	h.outs, h.losses = h.outs[:0], h.losses[:0]
	due := t.penaltyDue()
	for i := range t.D.Count() {
		if i > 0 {
			h.settleOne(t, i-1)
		}
		h.outs = append(h.outs, h.outputs(t, d.Part(i), due && t.R1 > 0, due && t.R2 > 0))
	}
}

// settleOne computes the loss of one D from what it said.
func (h *shard) settleOne(t *Trainer, i int) {
	h.losses = append(h.losses, h.lossD(t, h.judges.Part(i), h.outs[i], t.penaltyDue()))
	h.note(t, h.outs[i])
}

// settle computes the loss of all D together.
func (h *shard) settle(t *Trainer) {
	h.settleOne(t, len(h.outs)-1)
	h.total = nil
	for _, l := range h.losses {
		h.total = plus(h.total, l)
	}
}

// judgeForG has every D judge generated items, and computes G's loss against all but the last.
func (h *shard) judgeForG(t *Trainer) {
	d := h.bind(t, t.D, t.Unroll > 0)
	if t.Unroll > 0 {
		d = h.ahead(t, d)
	}
	h.learner, h.judges = h.g, d
	h.outs, h.losses = h.outs[:0], h.losses[:0]
	for i := range t.D.Count() {
		if i > 0 {
			h.losses = append(h.losses, h.lossG(t, d.Part(i-1), h.outs[i-1]))
		}
		h.outs = append(h.outs, h.outputsForG(t, d.Part(i)))
	}
}

// settleForG computes G's loss against all D together.
func (h *shard) settleForG(t *Trainer) {
	i := len(h.outs) - 1
	h.losses = append(h.losses, h.lossG(t, h.judges.Part(i), h.outs[i]))
	h.total = t.together(h.losses)
}

// differentiate computes the gradients of the loss by the parameters of the player that learns, and
// of G's loss for a watcher those by its items.
func (h *shard) differentiate(t *Trainer) {
	loss := h.total
	h.loss, h.grads, h.push = float64(loss.Scalar()), nil, nil
	if math.IsNaN(h.loss) || math.IsInf(h.loss, 0) {
		return
	}
	if h.share != 1 {
		loss = grad.Scale(loss, h.share)
	}
	if t.watch == nil || h.learner != h.g {
		h.grads = grad.GradOnce(loss, h.learner.Values...)
		return
	}
	n := len(h.g.Values)
	grads := grad.GradOnce(loss, append(slices.Clip(h.g.Values), h.fake)...)
	h.grads, h.push = grads[:n], grads[n]
}
