// Package gan plays the adversarial game: objectives, penalties and the trainer that updates
// discriminator and generator in turn, after Algorithm 1 of Goodfellow et al., "Generative
// Adversarial Nets", NeurIPS 2014. It reads no files, keeps no history and does not judge what was
// learnt.
package gan

import (
	"fmt"
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
	"ganvas/engine/tensor"
)

// Batches hands out real items, endlessly and in an order that can be saved.
type Batches interface {
	// Next fills dst with n items and, if it is not nil, labels with their classes.
	Next(n int, dst []float32, labels []int)
}

// Schedule is the course of one player's learning rate over the run.
type Schedule struct {
	Kind  string  // none | linear | cosine | exponential
	Final float64 // share of the learning rate that is left at the last step
}

// Config is how the game is played. The numbers may be changed between two steps.
type Config struct {
	Objective    Objective
	Batch        int
	LatentKind   string  // gaussian | uniform
	Pack         int     // items that D judges together, of which Batch is a multiple; 0: 1
	DSteps       int     // updates of D for one of G: k of Algorithm 1
	Balance      float64 // D's accuracy above a half that the winner gets fewer updates to keep; 0: both have all of theirs
	R1, R2       float64
	GP           float64 // lambda of the gradient penalty between real and generated items
	DRAGAN       float64 // lambda of the gradient penalty around real items
	Consistency  float64 // lambda of the penalty on what changes in D's answer to a real item that it sees anew
	Clip         float64 // bound of D's weights; 0: none
	FreezeD      int     // first layers of D that stay as they start
	Softmax      bool    // G faces the softmax of several D's losses instead of their mean
	PenaltyEvery int     // steps between penalties, which then weigh as much more
	Smoothing    float64 // by which the target of real items is lowered
	Noise        float64 // standard deviation of noise on all that D sees, at step 0; it falls to 0 at Steps
	Augment      string  // as the recipe's key: how pictures are changed before D sees them; empty: not at all
	Unroll       int     // updates of D that G looks ahead through
	TopK         float64 // share of generated items, those that look most real, from which G learns in the end; 0: all
	Matching     float64 // share of G's loss that matches D's features
	EMAWarmup    float64 // share of the steps so far that the half-life of the generator's average is at the most; 0: no such limit
	EMA          float64 // decay of the generator's average; 0: none
	Steps        int64   // length of the schedules
	ScheduleG    Schedule
	ScheduleD    Schedule
}

// Stats are what one step measured.
//
// What an update of one player alone does not measure is NaN.
type Stats struct {
	LossD, LossG float64 // before the update; LossD with penalties
	DReal, DFake float64 // mean probability (or score) that D gives to real and generated items; relativistic: against each other
	GradD, GradG float64 // Euclidean norm of all gradients
	Penalty      float64 // part of LossD
	AugmentP     float64 // how probable a change of each kind is in the adaptive augmentation
	PairAccuracy float64 // share of pairs of a real and a generated item in which D rates the real one higher; ties count half
}

// NonFinite is the error of a step whose loss or gradient is infinite or not a number. The step was
// not taken.
type NonFinite struct {
	Player string // "discriminator" or "generator"
	Layer  string // parameter whose gradient it is; empty if the loss itself is
	Step   int64
}

// Error says where it happened and what helps.
func (e *NonFinite) Error() string {
	what := "loss"
	if e.Layer != "" {
		what = "gradient of " + e.Layer
	}
	return fmt.Sprintf("step %d: the %s's %s is not finite: lower the learning rates, or add r1 and r2 penalties", e.Step, e.Player, what)
}

// Trainer plays the game. It belongs to one goroutine.
type Trainer struct {
	Config
	G, D    *nn.Net
	Average *nn.Net // exponential moving average of G, or nil
	OptG    *optim.Optimizer
	OptD    *optim.Optimizer
	Data    Batches
	Known   Batches // semi-supervised: items of known classes, otherwise nil
	Step    int64   // updates of G so far, or of D where single steps of D led

	streams
	alpha, delta func([]float32)     // draw where gradient penalties look; mix.Uniform and around.Gaussian but in tests
	changes      func(*augmentation) // draws how pictures are changed; drawChanges but in tests

	// Of the step under way: real items, latents, WGAN-GP's alphas, DRAGAN's noise around real
	// items.
	items, latents, alphas, perturbed []float32
	condition                         conditionBatch // besides, in games with classes
	dInput                            dInput
	ada                               adaptation
	balance                           balance
	shards                            []*shard
	divided                           int // the batch that shards are of
	normsG, normsD                    layerNorms
	profile                           *grad.Profile
	watch                             *watch // nil: the step is not watched
}

// NewTrainer returns a trainer of two networks, whose random streams come from the seed.
func NewTrainer(c Config, g, d *nn.Net, optG, optD *optim.Optimizer, data Batches, seed uint64) *Trainer {
	t := &Trainer{
		Config: c, G: g, D: d, OptG: optG, OptD: optD, Data: data, streams: newStreams(seed),
	}
	t.alpha, t.delta, t.changes = t.mix.Uniform, t.around.Gaussian, t.drawChanges
	if c.EMA > 0 {
		t.Average = g.Clone()
	}
	return t
}

// Sampler returns the network that pictures are made with: the average, or G itself where there is
// none.
func (t *Trainer) Sampler() *nn.Net {
	if t.Average != nil {
		return t.Average
	}
	return t.G
}

// Bytes returns the peak memory of a step's values, and all that is held for them.
func (t *Trainer) Bytes() (peak, total int64) {
	own := int64(len(t.items)+len(t.latents)+len(t.alphas)+len(t.perturbed)+len(t.dInput.noise)) * 4
	peak, total = own, own
	for _, h := range t.shards {
		_, p, all := h.tape.Bytes()
		peak += p
		total += all
	}
	return peak, total
}

// Profile has p count where the time of the next steps goes; nil ends that. Where shards of the
// batch run at the same time, it is the first one's operations that are counted.
func (t *Trainer) Profile(p *grad.Profile) {
	t.profile = p
	for _, h := range t.shards[:min(1, len(t.shards))] {
		h.tape.SetProfile(p)
	}
}

// lap gives the time since the last operation a name, if there is a profile.
func (t *Trainer) lap(name string) { t.shards[0].tape.Lap(name) }

// Both updates D, DSteps times, and then G. G is updated on the items that D judged last, unless
// the objective wants fresh ones.
func (t *Trainer) Both() (Stats, error) {
	var s Stats
	for left := max(1, t.DSteps); left > 0; left-- {
		t.beginWatched(max(1, t.DSteps)-left, max(1, t.DSteps))
		t.drawItems()
		t.drawLatents()
		if err := t.stepDiscriminator(&s, left == 1 && !t.Objective.Fresh, t.turnD()); err != nil {
			return s, err
		}
	}
	if t.Objective.Fresh {
		t.drawLatents()
	}
	if err := t.stepGenerator(&s, t.Objective.Fresh, t.turnG()); err != nil {
		return s, err
	}
	t.Step++
	return s, nil
}

// OnlyD updates D once.
func (t *Trainer) OnlyD() (Stats, error) {
	var s Stats
	t.beginWatched(0, 1)
	t.drawItems()
	t.drawLatents()
	err := t.only(t.stepDiscriminator(&s, false, true))
	nan := math.NaN()
	s.LossG, s.GradG = nan, nan
	return s, err
}

// OnlyG updates G once.
func (t *Trainer) OnlyG() (Stats, error) {
	nan := math.NaN()
	s := Stats{LossD: nan, DReal: nan, DFake: nan, GradD: nan, Penalty: nan, PairAccuracy: nan}
	if t.Augment == adaptive {
		s.AugmentP = t.ada.p
	}
	t.beginWatched(0, 0)
	t.drawItems()
	t.drawLatents()
	t.each(func(h *shard) { h.begin(t) })
	err := t.only(t.stepGenerator(&s, true, true))
	return s, err
}

func (t *Trainer) only(err error) error {
	if err == nil {
		t.Step++
	}
	return err
}

// drawItems draws a batch of real items, and divides the work on it.
func (t *Trainer) drawItems() {
	t.divide()
	t.items = resize(t.items, t.Batch*t.G.Out.Size())
	t.nextItems()
	t.lap("data")
	t.at(DrewItems)
}

// drawLatents draws a batch of latents.
func (t *Trainer) drawLatents() {
	t.latents = resize(t.latents, t.Batch*t.G.In.Size())
	t.latent.Latents(t.latents, t.LatentKind)
	t.lap("latents")
}

// stepDiscriminator updates D on real items and on items generated for it. record keeps what an
// update of G on these needs. Where D does not learn, it only measures.
func (t *Trainer) stepDiscriminator(s *Stats, record, learn bool) error {
	t.drawDInput()
	t.drawPenalties()
	for _, h := range t.shards {
		h.record = record
	}
	t.run(stagesD)
	*s = Stats{} // of the last of several updates
	signMean := 0.0
	for _, h := range t.shards {
		share := float64(h.share)
		s.LossD += share * h.loss
		s.Penalty += share * h.penalty
		s.DReal += share * h.dReal
		s.DFake += share * h.dFake
		s.PairAccuracy += share * h.pairAccuracy
		signMean += share * h.signMean
	}
	if t.Balance > 0 {
		t.balance.note(s.PairAccuracy, 0.5+t.Balance)
	}
	if t.Augment == adaptive {
		t.ada.note(signMean, t.Batch)
		s.AugmentP = t.ada.p
	}
	norm, err := t.update(s.LossD, t.D, t.OptD, t.ScheduleD, "discriminator", learn)
	s.GradD = norm
	if err != nil {
		return err
	}
	if learn && t.Clip > 0 {
		t.OptD.Clip(t.Clip)
	}
	t.at(UpdatedD)
	return nil
}

// stepGenerator updates G on the items that D has just judged, or on fresh ones.
func (t *Trainer) stepGenerator(s *Stats, fresh, learn bool) error {
	t.at(DrewLatents)
	t.drawDInput()
	for _, h := range t.shards {
		h.fresh = fresh
	}
	t.run(stagesG)
	for _, h := range t.shards {
		s.LossG += float64(h.share) * h.loss
	}
	norm, err := t.update(s.LossG, t.G, t.OptG, t.ScheduleG, "generator", learn)
	s.GradG = norm
	if err != nil {
		return err
	}
	if learn && t.Average != nil {
		optim.Average(t.Average, t.G, t.decayNow())
		t.lap("average")
	}
	t.at(UpdatedG)
	return nil
}

// update takes one step of an optimiser down the gradient of loss, which the shards have, if the
// player learns, and returns the gradient's norm.
func (t *Trainer) update(loss float64, n *nn.Net, o *optim.Optimizer, sched Schedule, player string, learn bool) (float64, error) {
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return 0, &NonFinite{Player: player, Step: t.Step}
	}
	grads := t.addUp()
	t.keepFrozen(n)
	sum := 0.0
	norms := t.normsOf(n)
	norms.begin(n)
	for i, g := range grads {
		if g == nil {
			continue
		}
		s := tensor.SumSquares(g.Data)
		if math.IsNaN(s) || math.IsInf(s, 0) {
			return 0, &NonFinite{Player: player, Layer: n.Params[i].Name, Step: t.Step}
		}
		sum += s
		norms.add(n.Params[i], s)
	}
	t.lap("gradient norm")
	if t.watch != nil {
		t.watch.keep(n, grads, math.Sqrt(sum), learn)
	}
	if learn {
		o.Step(grads, optim.Decay(sched.Kind, t.Step, t.Steps, sched.Final))
	}
	t.lap("optimizer")
	return math.Sqrt(sum), nil
}

func resize(x []float32, n int) []float32 {
	if cap(x) < n {
		return tensor.Floats(n)
	}
	return x[:n]
}
