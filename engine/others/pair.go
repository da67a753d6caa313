package others

import (
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// A Pair is the adversarial pair of engine/gan.
type Pair struct {
	trainer   *gan.Trainer
	generator *gan.Generator
	fresh     bool // whether generator has the trainer's weights
	tape      *grad.Tape
}

// NewPair returns the pair of the preset ring, with networks of the size that the other models have.
func NewPair(data gan.Batches, seed uint64) (*Pair, error) {
	r, err := recipe.Named("ring")
	if err != nil {
		return nil, err
	}
	c := pointTraining(optim.Config{})
	r.Seed, r.Batch, r.Steps, r.EMA = seed, c.Batch, int(c.Steps), c.Decay
	r.G.Layers, r.D.Layers = hidden("relu", "2"), hidden("lrelu 0.2", "1")
	t, err := gan.New(r, nn.Shape{2}, data)
	if err != nil {
		return nil, err
	}
	return &Pair{trainer: t, generator: gan.NewGenerator(t.Sampler(), t.LatentKind), fresh: true, tape: grad.NewTape()}, nil
}

// Step updates both players.
func (p *Pair) Step() error {
	p.fresh = false
	_, err := p.trainer.Both()
	return err
}

// Steps returns how many updates of both were made.
func (p *Pair) Steps() int64 { return p.trainer.Step }

// now returns the generator as it is now.
func (p *Pair) now() *gan.Generator {
	if !p.fresh {
		p.generator.Update(p.trainer.Sampler())
		p.fresh = true
	}
	return p.generator
}

// Samples draws latents and lets the generator make points of them.
func (p *Pair) Samples(seed uint64, n int) []float32 {
	g := p.now()
	return slices.Clone(g.Render(g.Noise(seed, n), n))
}

// SampleSteps is 1: z, then x.
func (p *Pair) SampleSteps() int { return 1 }

// Way is the sample itself.
func (p *Pair) Way(seed uint64) [][2]float32 { return points(p.Samples(seed, 1)) }

// Of the search for a latent: where it begins, the best of so many, and how many steps it takes.
const (
	searchStarts = 64
	searchSteps  = 60
)

// Infer searches: the pair has learnt no way from a point back to its latent. The nearest of some
// random latents is moved down the gradient of the distance.
func (p *Pair) Infer(x [2]float32) (Inference, bool) {
	g := p.now()
	z := searchStart(g, x)
	net := g.Net()
	at := &nn.Param{Name: "z", Value: &tensor.Tensor{Shape: []int{1, len(z)}, Data: z}}
	opt, err := optim.New(optim.Config{Name: "adam", LR: 0.05, Beta1: 0.9, Beta2: 0.99}, []*nn.Param{at})
	if err != nil {
		panic(err) // adam is there
	}
	for range searchSteps {
		p.tape.Reset()
		v := p.tape.Param(at.Value)
		made := net.Bind(p.tape, false, nil).Forward(v, nn.Eval)
		opt.Step(grad.GradOnce(square(grad.Sub(made, p.tape.View(x[:], 1, 2))), v), 1)
	}
	back := g.Render(z, 1)
	return Inference{Z: z, Back: [2]float32{back[0], back[1]}, Passes: searchSteps + searchStarts}, true
}

// searchStart returns the one of some random latents that comes nearest to a point.
func searchStart(g *gan.Generator, x [2]float32) []float32 {
	noise := slices.Clone(g.Noise(1, searchStarts))
	best, nearest := 0, math.Inf(1)
	for i, at := range points(g.Render(noise, searchStarts)) {
		if d := math.Hypot(float64(at[0]-x[0]), float64(at[1]-x[1])); d < nearest {
			best, nearest = i, d
		}
	}
	l := g.Latent()
	return append(tensor.Floats(l)[:0], noise[best*l:(best+1)*l]...)
}

// LogP is what Parzen windows around samples say: the pair has no density.
func (p *Pair) LogP(test, validation []float32, seed uint64) LogP {
	return parzen(p, test, validation, seed)
}

// Judgement returns what D says at the cells of a grid, from 0, generated, to 1, real.
func (p *Pair) Judgement(g Grid) []float32 {
	p.tape.Reset()
	out := slices.Clone(gan.Judgement(p.trainer.D, p.tape.View(g.Points(), g.Cells*g.Cells, 2)))
	if p.trainer.Objective.Relative {
		middle := slices.Sorted(slices.Values(out))[len(out)/2]
		for i := range out {
			out[i] -= middle
		}
	}
	for i, v := range out {
		out[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
	return out
}

// parzenSamples is how many samples the windows are around, and parzenWidths their widths.
const parzenSamples = 1000

var parzenWidths = []float64{0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5}

// parzen estimates a density by windows around samples.
func parzen(m Model, test, validation []float32, seed uint64) LogP {
	out := LogP{Knowledge: SamplesOnly}
	mean, _, width, err := metrics.Parzen(features(m.Samples(seed, parzenSamples)), features(validation), features(test), parzenWidths)
	if err != nil {
		mean, width = math.NaN(), math.NaN() // samples that are not finite
	}
	out.Mean, out.Width = mean, width
	return out
}

func features(x []float32) metrics.Features {
	f := metrics.NewFeatures(len(x)/2, 2)
	for i, v := range x {
		f.X[i] = float64(v)
	}
	return f
}
