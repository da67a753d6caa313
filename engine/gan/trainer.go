// Package gan plays the adversarial game: objectives, penalties and the trainer that updates discriminator and generator in
// turn, after Algorithm 1 of Goodfellow et al., "Generative Adversarial Nets", NeurIPS 2014.
// It reads no files, keeps no history and does not judge what was learnt.
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
	LatentKind   string // gaussian | uniform
	DSteps       int    // updates of D for one of G: k of Algorithm 1
	R1, R2       float64
	GP           float64 // lambda of the gradient penalty
	Clip         float64 // bound of D's weights; 0: none
	PenaltyEvery int     // steps between penalties, which then weigh as much more
	EMA          float64 // decay of the generator's average; 0: none
	Steps        int64   // length of the schedules
	ScheduleG    Schedule
	ScheduleD    Schedule
}

// Stats are what one step measured.
type Stats struct {
	LossD, LossG float64 // before the update; LossD with penalties
	DReal, DFake float64 // mean probability (or score) that D gives to real and generated items; relativistic: against each other
	GradD, GradG float64 // Euclidean norm of all gradients
	Penalty      float64 // part of LossD
}

// NonFinite is the error of a step whose loss or gradient is infinite or not a number. The step was not taken.
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
	Step    int64 // updates of G so far, or of D where single steps of D led

	latent, mix, dropout *Stream
	alpha                func([]float32) // draws the places of the gradient penalty; mix.uniform but in tests
	tape                 *grad.Tape
}

// made are generated items and the generator that made them.
type made struct {
	items *grad.Value
	by    *nn.Bound
}

// NewTrainer returns a trainer of two networks, whose random streams come from the seed.
func NewTrainer(c Config, g, d *nn.Net, optG, optD *optim.Optimizer, data Batches, seed uint64) *Trainer {
	t := &Trainer{
		Config: c, G: g, D: d, OptG: optG, OptD: optD, Data: data, tape: grad.NewTape(),
		latent: NewStream(seed, "latent"), mix: NewStream(seed, "penalty"), dropout: NewStream(seed, "dropout"),
	}
	t.alpha = t.mix.uniform
	if c.EMA > 0 {
		t.Average = g.Clone()
	}
	return t
}

// Sampler returns the network that pictures are made with: the average, or G itself where there is none.
func (t *Trainer) Sampler() *nn.Net {
	if t.Average != nil {
		return t.Average
	}
	return t.G
}

// Bytes returns the peak memory of a step's values, and all that is held for them.
func (t *Trainer) Bytes() (peak, total int64) {
	_, peak, total = t.tape.Bytes()
	return peak, total
}

// Profile has p count where the time of the next steps goes; nil ends that.
func (t *Trainer) Profile(p *grad.Profile) { t.tape.SetProfile(p) }

// Both updates D, DSteps times, and then G. G is updated on the items that D judged last, unless the objective wants
// fresh ones.
func (t *Trainer) Both() (Stats, error) {
	var s Stats
	for range max(1, t.DSteps) - 1 {
		t.tape.Reset()
		if err := t.discriminator(t.real(), t.fake(false).items, &s); err != nil {
			return s, err
		}
	}
	t.tape.Reset()
	real, fake := t.real(), t.fake(!t.Objective.Fresh)
	mark := t.tape.Mark()
	if err := t.discriminator(real, fake.items, &s); err != nil {
		return s, err
	}
	t.tape.Release(mark)
	if t.Objective.Fresh {
		fake = t.fake(true)
	}
	if err := t.generator(real, fake, &s); err != nil {
		return s, err
	}
	t.Step++
	return s, nil
}

// OnlyD updates D once.
func (t *Trainer) OnlyD() (Stats, error) {
	var s Stats
	t.tape.Reset()
	return s, t.only(t.discriminator(t.real(), t.fake(false).items, &s))
}

// OnlyG updates G once.
func (t *Trainer) OnlyG() (Stats, error) {
	var s Stats
	t.tape.Reset()
	return s, t.only(t.generator(t.real(), t.fake(true), &s))
}

func (t *Trainer) only(err error) error {
	if err == nil {
		t.Step++
	}
	return err
}

// real returns a batch of real items.
func (t *Trainer) real() *grad.Value {
	x := t.tape.Empty(append([]int{t.Batch}, t.D.In...)...)
	t.Data.Next(t.Batch, x.Data, nil)
	t.tape.Lap("data")
	return x
}

// fake returns a batch of generated items, recorded for an update of G if asked to.
func (t *Trainer) fake(record bool) made {
	z := t.tape.Empty(append([]int{t.Batch}, t.G.In...)...)
	t.latent.Latents(z.Data, t.LatentKind)
	t.tape.Lap("latents")
	return t.make(z, record)
}

// make returns the items that G makes of latents.
func (t *Trainer) make(z *grad.Value, record bool) made {
	g := t.G.Bind(t.tape, record, t.dropout.Rand)
	return made{g.Forward(z, nn.Train), g}
}

// discriminator updates D on real and generated items.
func (t *Trainer) discriminator(real, fake *grad.Value, s *Stats) error {
	d := t.D.Bind(t.tape, true, t.dropout.Rand)
	due := t.Step%int64(max(1, t.PenaltyEvery)) == 0
	real, fake = input(real, due && t.R1 > 0), input(fake, due && t.R2 > 0)
	dReal, dFake := d.Forward(real, nn.Train), d.Forward(fake, nn.Train)
	loss := t.Objective.Discriminator(dReal, dFake)
	if due {
		if p := t.penalty(d, real, fake, dReal, dFake); p != nil {
			s.Penalty = float64(p.Scalar())
			loss = grad.Add(loss, p)
		}
	}
	s.LossD = float64(loss.Scalar())
	s.DReal, s.DFake = t.judged(dReal, dFake)
	norm, err := t.update(loss, d, t.OptD, t.ScheduleD, "discriminator")
	s.GradD = norm
	if err == nil && t.Clip > 0 {
		t.OptD.Clip(t.Clip)
	}
	return err
}

// generator updates G on generated items that were recorded for it.
func (t *Trainer) generator(real *grad.Value, fake made, s *Stats) error {
	d := t.D.Bind(t.tape, false, t.dropout.Rand)
	var dReal *grad.Value
	if t.Objective.NeedsReal {
		dReal = d.Forward(real, nn.Train)
	}
	dFake := d.Forward(fake.items, nn.Train)
	loss := t.Objective.Generator(dReal, dFake)
	s.LossG = float64(loss.Scalar())
	norm, err := t.update(loss, fake.by, t.OptG, t.ScheduleG, "generator")
	s.GradG = norm
	if err == nil && t.Average != nil {
		optim.Average(t.Average, t.G, t.EMA)
		t.tape.Lap("average")
	}
	return err
}

// update takes one step of an optimiser down the gradient of loss, and returns the gradient's norm.
func (t *Trainer) update(loss *grad.Value, n *nn.Bound, o *optim.Optimizer, sched Schedule, player string) (float64, error) {
	if l := float64(loss.Scalar()); math.IsNaN(l) || math.IsInf(l, 0) {
		return 0, &NonFinite{Player: player, Step: t.Step}
	}
	grads := grad.Grad(loss, n.Values...)
	sum := 0.0
	for i, g := range grads {
		if g == nil {
			continue
		}
		s := tensor.SumSquares(g.Data)
		if math.IsNaN(s) || math.IsInf(s, 0) {
			return 0, &NonFinite{Player: player, Layer: n.Net.Params[i].Name, Step: t.Step}
		}
		sum += s
	}
	t.tape.Lap("gradient norm")
	o.Step(grads, optim.Decay(sched.Kind, t.Step, t.Steps, sched.Final))
	t.tape.Lap("optimizer")
	return math.Sqrt(sum), nil
}

// input returns x as a constant, or as a variable if gradients with respect to it are wanted.
func input(x *grad.Value, variable bool) *grad.Value {
	if variable {
		return grad.Variable(x)
	}
	return grad.Detach(x)
}

// judged returns the means of D's outputs for real and generated items: as probabilities, or as scores where they are. Of a
// relativistic D only differences mean something: each item's is the probability that it is the more real one of its pair.
func (t *Trainer) judged(dReal, dFake *grad.Value) (real, fake float64) {
	for i, r := range dReal.Data {
		r, f := float64(r), float64(dFake.Data[i])
		switch {
		case t.Objective.NeedsReal:
			r, f = sigmoid(r-f), sigmoid(f-r)
		case !t.Objective.Score:
			r, f = sigmoid(r), sigmoid(f)
		}
		real += r
		fake += f
	}
	n := float64(len(dReal.Data))
	return real / n, fake / n
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
