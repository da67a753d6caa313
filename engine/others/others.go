// Package others has the ways of making data that Goodfellow et al., "Generative Adversarial Nets",
// NeurIPS 2014, table 2, set beside the adversarial pair: a directed model (a variational
// autoencoder), an undirected one (an energy, sampled by Langevin steps) and an autoencoder with
// corruption (a denoising autoencoder and its chain). Each is small and plain, learns from the same
// batches, and can be asked the same questions: make samples, find the latent of a point, say how
// likely points are. The package keeps no history, reads no files and draws nothing.
package others

import (
	"fmt"
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
	"ganvas/engine/tensor"
)

// A Model learns to make points of the plane. It belongs to one goroutine. The same seed and the
// same batches give the same bits, whatever the number of threads.
type Model interface {
	// Step updates all parameters once. The error says that a loss or gradient is not finite; the
	// step was not taken.
	Step() error
	// Steps returns how many updates were made.
	Steps() int64
	// Samples returns n points (n, 2), the same for the same seed, of the averaged weights.
	Samples(seed uint64, n int) []float32
	// SampleSteps returns how many passes through the model one sample takes, one after the other.
	SampleSteps() int
	// Way returns all places that one sample comes through, the last of which it is.
	Way(seed uint64) [][2]float32
	// Infer finds the latent of a point and where it comes back; ok is false where the model has no
	// latents.
	Infer(x [2]float32) (i Inference, ok bool)
	// LogP says what the model knows of the density at test points (n, 2). Samples are drawn where
	// it knows nothing but those; validation points choose their width.
	LogP(test, validation []float32, seed uint64) LogP
}

// Kinds of models, as columns of the table.
const (
	Adversarial = "adversarial"
	Directed    = "directed"
	Undirected  = "undirected"
	Denoising   = "denoising"
)

// Kinds returns all kinds, the adversarial pair first.
func Kinds() []string { return []string{Adversarial, Directed, Undirected, Denoising} }

// NewModel returns a model of a kind for points of the plane, with networks of the same size for
// all.
func NewModel(kind string, data gan.Batches, seed uint64) (Model, error) {
	switch kind {
	case Adversarial:
		return NewPair(data, seed)
	case Directed:
		return NewVAE(PointVAE(), data, seed)
	case Undirected:
		return NewEnergy(PointEnergy(), data, seed)
	case Denoising:
		return NewDenoiser(PointDenoiser(), data, seed)
	}
	return nil, fmt.Errorf("other ways: no model is called %q: choose one of %q", kind, Kinds())
}

// width is that of hidden layers of all models of points.
const width = "48"

// pointTraining is how all of them learn, but for the optimiser.
func pointTraining(o optim.Config) Training {
	return Training{Batch: 128, Optim: o, Steps: 12000, Decay: 0.995}
}

// hidden returns the layers that all models of points have, with an activation and a last width.
func hidden(activation, out string) []string {
	l := []string{"linear " + width, activation}
	return append(slices.Concat(l, l, l), "linear "+out)
}

// steadyAdam is the optimiser of models that only go down: Kingma and Ba 2015 with their numbers.
func steadyAdam(rate float64) optim.Config {
	return optim.Config{Name: "adam", LR: rate, Beta1: 0.9, Beta2: 0.999}
}

// An Inference is what a model says of how a point could have been made.
type Inference struct {
	Z      []float32
	Spread []float32  // standard deviation of each number of Z where the model doubts; nil: none
	Back   [2]float32 // where Z comes back
	Passes int        // through a network that it took
}

// Knowledge is how much of its density a model knows.
type Knowledge int

// Densities are bounded from below, known up to a constant, or known from samples only.
const (
	Bounded Knowledge = iota
	UpToConstant
	SamplesOnly
)

// LogP is what is known of a density: means over test points, in nats.
type LogP struct {
	Knowledge Knowledge
	Mean      float64 // the best that is known: a bound, the value with its constant, a Parzen estimate
	ELBO      float64 // Bounded: the bound that is trained
	LogZ      float64 // UpToConstant: the constant, which the plane is small enough to add up
	Width     float64 // SamplesOnly: of the windows
}

// Training is how a model learns.
type Training struct {
	Batch int
	Optim optim.Config
	Steps int64   // over which the learning rate falls, as a cosine, to a twentieth; 0: it stays
	Decay float64 // of the averaged weights that samples are made with
}

// rateLeft is the share of the learning rate that is left in the end.
const rateLeft = 0.05

// trained is what models have in common that one optimiser updates as a whole.
type trained struct {
	tape, look *grad.Tape // of training, and of all else
	nets       []*nn.Net
	averages   []*nn.Net
	opt        *optim.Optimizer
	decay      float64
	length     int64 // of the schedule
	steps      int64

	data  gan.Batches
	item  nn.Shape
	batch int
	items []float32
}

// newTrained takes networks that are initialised, and further parameters.
func newTrained(data gan.Batches, item nn.Shape, c Training, nets []*nn.Net, further ...*nn.Param) (trained, error) {
	t := trained{
		tape: grad.NewTape(), look: grad.NewTape(), nets: nets, decay: c.Decay, length: c.Steps,
		data: data, item: item, batch: c.Batch, items: tensor.Floats(c.Batch * item.Size()),
	}
	var params []*nn.Param
	for _, n := range nets {
		params = append(params, n.Params...)
		t.averages = append(t.averages, n.Clone())
	}
	var err error
	t.opt, err = optim.New(c.Optim, append(params, further...))
	return t, err
}

// Steps returns how many updates were made.
func (t *trained) Steps() int64 { return t.steps }

// next begins a step: it clears the tape and returns a batch on it.
func (t *trained) next() *grad.Value {
	t.tape.Reset()
	t.data.Next(t.batch, t.items, nil)
	return t.view(t.tape, t.items)
}

// view puts items on a tape.
func (t *trained) view(tape *grad.Tape, items []float32) *grad.Value {
	return tape.View(items, append([]int{len(items) / t.item.Size()}, t.item...)...)
}

// update takes a step down the gradient of a loss by values, which are those of all parameters in
// order.
func (t *trained) update(what string, loss *grad.Value, values []*grad.Value) error {
	if l := float64(loss.Scalar()); math.IsNaN(l) || math.IsInf(l, 0) {
		return &gan.NonFinite{Player: what, Step: t.steps}
	}
	grads := grad.GradOnce(loss, values...)
	for _, g := range grads {
		if g == nil {
			continue
		}
		if s := tensor.SumSquares(g.Data); math.IsNaN(s) || math.IsInf(s, 0) {
			return &gan.NonFinite{Player: what, Layer: "parameters", Step: t.steps}
		}
	}
	t.opt.Step(grads, optim.Decay("cosine", t.steps, t.length, rateLeft))
	t.steps++
	for i, n := range t.nets {
		optim.Average(t.averages[i], n, min(t.decay, float64(t.steps)/float64(t.steps+averageStart)))
	}
	return nil
}

// averageStart is how slowly averages begin: the first steps, which are far off, count little.
const averageStart = 10

// build returns a network with fresh weights.
func build(layers []string, in nn.Shape, seed uint64, name string) (*nn.Net, error) {
	n, err := nn.New(layers, in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	n.Init("kaiming", gan.NewStream(seed, name+" init").Rand)
	return n, nil
}

// scalar returns a parameter that is one number.
func scalar(name string, x float32) *nn.Param {
	p := &nn.Param{Name: name, Value: tensor.New()}
	p.Value.Data[0] = x
	return p
}

// perItem adds up all but the first dimension of x.
func perItem(x *grad.Value) *grad.Value {
	n := x.Rows()
	d := len(x.Data) / n
	return grad.MatMul(grad.Reshape(x, n, d), x.Tape().Full(1, d, 1), false, false)
}

// square is the sum of squares of all elements over the items: the mean over items of their
// squared length.
func square(x *grad.Value) *grad.Value {
	return grad.Scale(grad.Sum(grad.Square(x)), 1/float32(x.Rows()))
}

// gaussianNLL returns the mean of −log N(x; mean, e^logVar) over parts of which each has d numbers,
// without the constant ½ log 2π of each number. far is the squared distance of x from the mean in
// each part, logVar of the same shape.
func gaussianNLL(far, logVar *grad.Value, d int) *grad.Value {
	spread := grad.Mul(far, grad.Exp(grad.Scale(logVar, -1)))
	return grad.Scale(grad.Mean(grad.Add(spread, grad.Scale(logVar, float32(d)))), 0.5)
}

// points returns (n, 2) as points.
func points(x []float32) [][2]float32 {
	out := make([][2]float32, len(x)/2)
	for i := range out {
		out[i] = [2]float32{x[2*i], x[2*i+1]}
	}
	return out
}
