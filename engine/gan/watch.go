package gan

import (
	"math"
	"slices"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// A Station is a place in a step at which a watcher is told what the trainer has computed. Each
// update of D goes through the first five, each update of G through the others: Algorithm 1 of
// Goodfellow et al. 2014, line by line.
type Station int

// The stations, in the order of a step.
const (
	DrewItems   Station = 1 + iota // D: real items are drawn
	MadeForD                       // D: G has made items of latents
	JudgedByD                      // D: D has judged both
	LossOfD                        // D: its loss is known, with penalties
	UpdatedD                       // D: its gradients are known, and its weights have changed
	DrewLatents                    // G: latents are drawn, or those of D's update are kept
	MadeForG                       // G: G has made items of them, or those of D's update are kept
	JudgedForG                     // G: D has judged them
	LossOfG                        // G: its loss is known
	UpdatedG                       // G: its gradients are known, and its weights have changed
)

// OfD tells whether the station is one of D's update.
func (s Station) OfD() bool { return s <= UpdatedD }

// A Moment is what a watcher sees at a station. It shares the trainer's memory: nothing in it may be
// written, nor read after the watcher has returned. What a later station computes is nil or 0. D's
// update leaves its items, latents and judgements for the stations of G.
type Moment struct {
	Station
	Step            int64
	Update, Updates int // which update of D it is, from 0 on, and of how many in this step
	Batch           int
	Fresh           bool        // G is updated on latents of its own
	Learns          bool        // the player's weights change; where balance has it pause, it only measures
	Items           []float32   // from DrewItems on: (Batch, an item)
	Classes         []int32     // of the items, and of those that are made beside them; nil: no classes
	Latents         []float32   // from MadeForD on: (Batch, a latent)
	Fakes           []float32   // from MadeForD on: (Batch, an item), as G made them
	RealLogits      [][]float32 // from JudgedByD on: of each D, its outputs for the items, or for packs of them
	FakeLogits      [][]float32 // the same for fakes
	LossD, Penalty  float64     // from LossOfD on, as in Stats
	DReal, DFake    float64     // the same
	PairAccuracy    float64     // the same
	GradD           Gradients   // from UpdatedD on
	RealForG        [][]float32 // from JudgedForG on: as RealLogits, where G's loss looks at real items too
	FakeForG        [][]float32 // from JudgedForG on: what each D says of fakes
	LossesG         []float64   // from LossOfG on: against each D
	LossG           float64     // from LossOfG on: of all D together
	Push            []float32   // from UpdatedG on: gradient of LossG by Fakes, (Batch, an item)
	GradG           Gradients   // from UpdatedG on
}

// Gradients are what an update has computed for each array of a player's parameters, in their
// order.
type Gradients struct {
	Norm    float64   // of all gradients
	Norms   []float64 // of the gradient of each
	Weights []float64 // norm of each before the update
	Changes []float64 // norm of what the update changed of each
}

// watch is what the trainer keeps for a watcher.
type watch struct {
	tell   func(*Moment)
	moment Moment
	before [][]float32 // weights before the update under way
	grads  []*grad.Value
	norm   float64 // of them
	fakes  []float32
	push   []float32
}

// Watch has f told of the stations of the next steps, on the goroutine of the trainer, which waits
// until f returns; nil ends that. A watched step computes the same bits. Without a watcher nothing
// is kept or copied.
//
// Where several D play, JudgedByD and JudgedForG come when the last of them has judged; the losses
// of those before it are known by then.
func (t *Trainer) Watch(f func(*Moment)) {
	if f == nil {
		t.watch = nil
		return
	}
	if t.watch == nil {
		t.watch = &watch{}
	}
	t.watch.tell = f
}

// stage is one part of an update, which each shard does for itself, and the station at its end.
type stage struct {
	end Station // 0: none
	run func(h *shard, t *Trainer)
}

var stagesD = []stage{
	{MadeForD, func(h *shard, t *Trainer) {
		h.begin(t)
		h.generate(t, h.record)
	}},
	{JudgedByD, (*shard).judge},
	{LossOfD, (*shard).settle},
	{0, (*shard).differentiate},
}

var stagesG = []stage{
	{MadeForG, func(h *shard, t *Trainer) {
		h.tape.Release(h.kept)
		if h.fresh {
			h.generate(t, true)
		}
	}},
	{JudgedForG, (*shard).judgeForG},
	{LossOfG, (*shard).settleForG},
	{0, (*shard).differentiate},
}

// run has the shards do the stages of an update. They meet after the last one; with a watcher, after
// each.
func (t *Trainer) run(stages []stage) {
	if t.watch == nil {
		t.each(func(h *shard) {
			for _, s := range stages {
				s.run(h, t)
			}
		})
		return
	}
	for _, s := range stages {
		t.each(func(h *shard) { s.run(h, t) })
		if s.end != 0 {
			t.at(s.end)
		}
	}
}

// beginWatched notes which update of D begins, and of how many; of none where G alone is updated.
func (t *Trainer) beginWatched(update, updates int) {
	if t.watch != nil {
		t.watch.moment = Moment{Update: update, Updates: updates}
	}
}

// at tells the watcher, if there is one, of a station.
func (t *Trainer) at(s Station) {
	w := t.watch
	if w == nil {
		return
	}
	m := &w.moment
	m.Station = s
	switch s {
	case DrewItems:
		m.Step, m.Batch, m.Fresh, m.Items = t.Step, t.Batch, t.Objective.Fresh, t.items
		if t.G.Role().ConcatEmbed {
			m.Classes = t.condition.classes
		}
		if m.Updates == 0 { // D is not updated: its stations are left out
			return
		}
	case DrewLatents:
		m.Latents = t.latents
	case MadeForD, MadeForG:
		m.Latents, m.Fakes = t.latents, t.gatherFakes()
	case JudgedByD:
		m.RealLogits, m.FakeLogits = t.gatherLogits()
	case JudgedForG:
		m.RealForG, m.FakeForG = t.gatherLogits()
	case LossOfD:
		m.LossD, m.Penalty, m.DReal, m.DFake, m.PairAccuracy = 0, 0, 0, 0, 0
		for _, h := range t.shards {
			share := float64(h.share)
			m.LossD += share * float64(h.total.Scalar())
			m.Penalty += share * h.penalty
			m.DReal += share * h.dReal
			m.DFake += share * h.dFake
			m.PairAccuracy += share * h.pairAccuracy
		}
	case LossOfG:
		m.LossG, m.LossesG = 0, make([]float64, t.D.Count())
		for _, h := range t.shards {
			m.LossG += float64(h.share) * float64(h.total.Scalar())
			for i, l := range h.losses {
				m.LossesG[i] += float64(h.share) * float64(l.Scalar())
			}
		}
	case UpdatedD:
		m.GradD = w.gradients(t.D)
	case UpdatedG:
		m.Push, m.GradG = t.gatherPush(), w.gradients(t.G)
	}
	w.tell(m)
}

// gatherFakes returns what G made, of all shards.
func (t *Trainer) gatherFakes() []float32 {
	if len(t.shards) == 1 {
		return t.shards[0].fake.Data
	}
	w := t.watch
	w.fakes = w.fakes[:0]
	for _, h := range t.shards {
		w.fakes = append(w.fakes, h.fake.Data...)
	}
	return w.fakes
}

// gatherLogits returns what each D said last of real and generated items, of all shards. real is nil
// where D was not asked.
func (t *Trainer) gatherLogits() (real, fake [][]float32) {
	for i := range t.D.Count() {
		var r, f []float32
		for _, h := range t.shards {
			if x := h.outs[i].realLogits; x != nil {
				r = append(r, x.Data...)
			}
			if x := h.outs[i].fakeLogits; x != nil {
				f = append(f, x.Data...)
			}
		}
		if r != nil {
			real = append(real, r)
		}
		fake = append(fake, f)
	}
	return real, fake
}

// keep keeps what an update is about to apply, and the weights before it.
func (w *watch) keep(n *nn.Net, grads []*grad.Value, norm float64, learn bool) {
	w.grads, w.norm, w.moment.Learns = grads, norm, learn
	w.before = slices.Grow(w.before[:0], len(n.Params))[:len(n.Params)]
	for i, p := range n.Params {
		w.before[i] = append(w.before[i][:0], p.Value.Data...)
	}
}

// gradients returns what the update that was kept has done.
func (w *watch) gradients(n *nn.Net) Gradients {
	g := Gradients{Norm: w.norm}
	for i, p := range n.Params {
		size := 0.0
		if w.grads[i] != nil {
			size = math.Sqrt(tensor.SumSquares(w.grads[i].Data))
		}
		before := w.before[i]
		g.Norms = append(g.Norms, size)
		g.Weights = append(g.Weights, math.Sqrt(tensor.SumSquares(before)))
		tensor.Sub(before, before, p.Value.Data)
		g.Changes = append(g.Changes, math.Sqrt(tensor.SumSquares(before)))
	}
	return g
}

// gatherPush returns the gradient of G's loss by the generated items, of all shards.
func (t *Trainer) gatherPush() []float32 {
	w := t.watch
	w.push = w.push[:0]
	for _, h := range t.shards {
		if h.push == nil { // nothing that D says depends on this shard's items
			w.push = append(w.push, make([]float32, len(h.fake.Data))...)
			continue
		}
		w.push = append(w.push, h.push.Data...)
	}
	return w.push
}
