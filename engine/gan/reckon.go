package gan

import (
	"fmt"
	"slices"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Size is what training a recipe takes, in bytes, reckoned from shapes alone and before anything is
// allocated. It counts in float64, in which nothing overflows.
type Size struct {
	G, D    float64 // weights and running statistics of all generators, of all discriminators
	State   float64 // all that a checkpoint holds: G, D, the average, what the optimisers remember
	Step    float64 // what a step computes, at its largest
	Batch   float64 // items, latents, noise
	Scratch float64 // what kernels keep
	Init    float64 // besides, while weights are drawn

	costG, costD nn.Cost
}

// number is the size of a float32.
const number = 4

// Training returns the bytes of a trainer that trains.
func (s *Size) Training() float64 { return s.State + max(s.Init, s.Step+s.Batch+s.Scratch) }

// Render returns the bytes that n items at a time take in a generator without its weights.
func (s *Size) Render(n int) float64 { return number * float64(n) * results(&s.costG) }

// Judge returns the bytes that n items at a time take in one discriminator without its weights.
func (s *Size) Judge(n int) float64 { return number * float64(n) * results(&s.costD) }

// Largest returns the largest layer of both players by its parameters: its key, its number from 0,
// and how many there are.
func (s *Size) Largest() (key string, layer int, params float64) {
	key = "g.layers"
	params, layer = s.costG.LargestParam()
	if n, i := s.costD.LargestParam(); n > params {
		return "d.layers", i, n
	}
	return key, layer, params
}

// Reckon reckons the training of a recipe on items of a shape and of so many classes. The error is
// that of the layers.
func Reckon(r *recipe.Recipe, item nn.Shape, classes int) (Size, error) {
	roleG, roleD := r.Roles(classes)
	var s Size
	var err error
	if s.costG, err = roleG.Cost(r.G.Layers, nn.Shape{r.Latent}); err != nil {
		return s, fmt.Errorf("g.layers: %w", err)
	}
	if s.costD, err = roleD.Cost(r.D.Layers, r.Seen(item)); err != nil {
		return s, fmt.Errorf("d.layers: %w", err)
	}
	generators, discriminators := float64(max(1, r.Generators)), float64(max(1, r.Discriminators))
	s.G = number * generators * (s.costG.Params() + s.costG.Buffers())
	s.D = number * discriminators * (s.costD.Params() + s.costD.Buffers())
	s.State = s.G + s.D + number*(generators*s.costG.Params()*moments(&r.G)+discriminators*s.costD.Params()*moments(&r.D))
	if r.EMA > 0 {
		s.State += s.G
	}
	for _, x := range []struct {
		init string
		cost *nn.Cost
	}{{r.G.Init, &s.costG}, {r.D.Init, &s.costD}} {
		if n, _ := x.cost.LargestParam(); x.init == "orthogonal" {
			s.Init = max(s.Init, 2*number*n) // the vectors, in float64
		}
	}
	p := play{r: r, item: float64(item.Size()), n: float64(r.Batch), g: &s.costG, d: &s.costD, o: newOutline()}
	p.couples, p.due = couples(r.D.Layers), r.R1 > 0 || r.R2 > 0 || r.GP > 0 || r.DRAGAN > 0 || r.Consistency > 0
	p.stepDiscriminator()
	p.stepGenerator()
	s.Step = number * p.o.numbers()
	s.Batch = number * p.batch()
	s.Scratch = number * (scratch(&s.costG, p.n) + scratch(&s.costD, p.rows(2)))
	return s, nil
}

// moments returns how many arrays an optimiser keeps for each array of parameters.
func moments(p *recipe.Player) float64 {
	switch {
	case p.Optimizer == "adam":
		return 2
	case p.Optimizer == "rmsprop", p.Momentum != 0:
		return 1
	}
	return 0
}

func couples(layers []string) bool {
	return slices.ContainsFunc(layers, func(text string) bool {
		l, err := nn.ParseLayer(text)
		return err == nil && l.BatchDependent()
	})
}

// results returns how many numbers going forward fills for an item where nothing is trained.
func results(c *nn.Cost) float64 {
	sum := c.Joined + c.Heads
	for _, l := range c.Layers {
		for _, x := range l.Eval {
			sum += x
		}
	}
	return sum
}

// scratch returns what kernels keep for n items: transformed weights of the largest layer and
// transformed pixels of the largest pictures.
func scratch(c *nn.Cost, n float64) float64 {
	most := 0.0
	for _, l := range c.Layers {
		most = max(most, l.Scratch)
	}
	w, _ := c.LargestParam()
	return n*most + 2*w
}
