package gan

import (
	"slices"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// play goes through a step as the trainer does, with an outline in place of a tape.
type play struct {
	r       *recipe.Recipe
	item, n float64 // numbers of an item; items of a batch
	g, d    *nn.Cost
	o       *outline
	couples bool // D's answer to an item depends on the others
	due     bool // some steps have penalties
	passes  float64
}

// rows returns how many rows k batches of items are for D.
func (p *play) rows(k float64) float64 { return k * p.n / float64(max(1, p.r.Pack)) }

// batch counts what the trainer draws for a step.
func (p *play) batch() float64 {
	r := p.r
	sum := p.n*p.item + p.n*float64(r.Latent)
	sight := 2.0
	if r.SemiSupervised {
		sum += p.n * p.item
		sight++
	}
	if r.Consistency > 0 {
		sight++
	}
	if r.InstanceNoise > 0 {
		sum += sight * p.n * p.item
	}
	if r.DRAGAN > 0 {
		sum += p.n * p.item
	}
	return sum + 16*sight*p.n // changes, labels
}

func (p *play) stepDiscriminator() {
	p.generate()
	before := p.o.mark()
	for range max(1, p.r.Discriminators) {
		p.judge()
	}
	p.weights(p.d, max(1, p.r.Discriminators), p.passes > 1 || p.due)
	p.back(p.d, p.rows(p.together()), p.due)
	p.o.release(before)
}

func (p *play) stepGenerator() {
	looks := 1.0
	if p.r.Objective == "relativistic" || p.r.FeatureMatching > 0 || p.r.SemiSupervised {
		looks++
	}
	if p.r.FeatureMatching > 0 && p.r.FeatureMatching < 1 {
		looks++
	}
	p.unroll()
	for range max(1, p.r.Discriminators) {
		for range int(looks) {
			p.look(p.rows(1))
		}
	}
	p.weights(p.g, max(1, p.r.Generators), false)
	p.back(p.d, p.rows(1), p.r.Unroll > 0)
	p.back(p.g, p.n, false)
}

// generate has G make a batch.
func (p *play) generate() {
	k := float64(max(1, p.r.Generators))
	for i := 1.0; i <= k; i++ {
		p.forward(p.g, p.n/k)
		if i > 1 {
			p.o.take(p.n * p.item * i / k)
		}
	}
}

// judge has one D judge real and generated items, with penalties.
func (p *play) judge() {
	r := p.r
	if p.together() == 2 {
		p.o.take(2 * p.n * p.item)
		p.look(p.rows(2))
		if r.R1 > 0 {
			p.slope(p.rows(2))
		}
	} else {
		for _, penalised := range []bool{r.R1 > 0, r.R2 > 0} {
			p.look(p.rows(1))
			if penalised {
				p.slope(p.rows(1))
			}
		}
	}
	if r.SemiSupervised {
		p.look(p.rows(1))
	}
	for _, between := range []struct {
		on     bool
		arrays int
	}{{r.GP > 0, 3}, {r.DRAGAN > 0, 1}} {
		if between.on {
			for range between.arrays {
				p.o.take(p.n * p.item)
			}
			p.look(p.rows(1))
			p.slope(p.rows(1))
		}
	}
	if r.Consistency > 0 {
		p.look(p.rows(1))
	}
}

// together returns how many batches go through D at once: real and generated items, as the
// trainer's judge has it.
func (p *play) together() float64 {
	if p.couples || (p.r.R1 > 0) != (p.r.R2 > 0) {
		return 1
	}
	return 2
}

// look sends rows through one D, as it sees them.
func (p *play) look(rows float64) {
	x := rows * p.item * float64(max(1, p.r.Pack))
	for range p.changes() {
		p.o.take(x)
	}
	p.forward(p.d, rows)
	p.passes++
}

// changes returns how many arrays lie between items and D.
func (p *play) changes() int {
	n := 0
	for _, kind := range augmentKinds(p.r.Augment) {
		n += map[string]int{"color": 6, "geometry": 1, "translation": 1, "cutout": 1}[kind]
	}
	if p.r.InstanceNoise > 0 {
		n++
	}
	if p.r.Pack > 1 {
		n++
	}
	return n
}

// forward fills what a network computes of rows.
func (p *play) forward(c *nn.Cost, rows float64) {
	if c.Joined > 0 {
		p.o.take(rows * c.Joined)
	}
	for i := range c.Layers {
		l := &c.Layers[i]
		for _, x := range l.Results {
			p.o.take(rows * x)
		}
		p.pairs(l, rows, nn.PairArrays)
		for range int(l.Made) {
			p.o.take(slices.Max(l.Params))
		}
	}
	if c.Heads > 0 {
		p.o.take(rows * c.Heads)
	}
}

// pairs fills arrays with a number for each pair of rows.
func (p *play) pairs(l *nn.LayerCost, rows float64, arrays int) {
	for range arrays {
		if l.Pairs > 0 {
			p.o.take(rows * rows * l.Pairs)
		}
	}
}

// slope fills what the gradient of D's answer by its items computes, to be differentiated again.
func (p *play) slope(rows float64) {
	for range p.changes() {
		p.o.take(rows * p.item * float64(max(1, p.r.Pack)))
	}
	for i := range p.d.Layers {
		l := &p.d.Layers[i]
		for _, x := range l.Slopes {
			p.o.take(rows * x)
		}
		p.pairs(l, rows, nn.PairSlopes)
	}
	p.o.take(rows * p.item)
}

// weights fills gradients of the weights of so many networks; where weights are used more than
// once, what comes in addition is there for a moment.
func (p *play) weights(c *nn.Cost, networks int, again bool) {
	for i := range c.Layers {
		l := &c.Layers[i]
		for _, x := range l.Params {
			for range networks {
				p.o.take(x)
			}
			if again {
				p.o.lend(x)
			}
		}
		if l.Made > 0 {
			w := slices.Max(l.Params)
			p.o.lend(w, w, w)
		}
	}
	for _, x := range c.Extras {
		p.o.take(x)
	}
}

// back goes back through a network, layer by layer, giving up what is used: the gradient of a
// result, and those of what it was computed from. Behind penalties the same happens to the slopes,
// and what they say of the results waits for the results' turn.
func (p *play) back(c *nn.Cost, rows float64, twice bool) {
	if twice {
		for i := range c.Layers {
			l := &c.Layers[i]
			for _, x := range l.Slopes {
				p.o.lend(rows*x, rows*x)
			}
			for _, x := range l.Back {
				p.o.take(rows * x)
			}
			for range nn.PairSlopes {
				if l.Pairs > 0 {
					p.o.lend(rows * rows * l.Pairs)
				}
			}
		}
	}
	for i := len(c.Layers) - 1; i >= 0; i-- {
		l := &c.Layers[i]
		p.o.lend(rows*l.Out, rows*l.In)
		for _, x := range l.Results {
			p.o.lend(rows * x)
		}
		if l.Pairs > 0 {
			p.o.lend(rows*rows*l.Pairs, rows*rows*l.Pairs)
		}
	}
}

// unroll foresees updates of D, with the gradient through them.
func (p *play) unroll() {
	for range p.r.Unroll {
		for range 2 {
			p.look(p.rows(1))
			p.slope(p.rows(1))
		}
		p.update(updateArrays(&p.r.D))
	}
	if p.r.Unroll > 0 {
		p.update(updateArrays(&recipe.Player{}))
	}
}

// update fills so many arrays for each array of D's parameters.
func (p *play) update(arrays int) {
	for i := range p.d.Layers {
		for _, x := range p.d.Layers[i].Params {
			for range arrays {
				p.o.take(x)
			}
		}
	}
}

// updateArrays returns how many arrays a foreseen update computes for each array of parameters,
// gradients included, as counted on a tape.
func updateArrays(p *recipe.Player) int {
	switch {
	case p.Optimizer == "adam":
		return 15
	case p.Optimizer == "rmsprop":
		return 12
	case p.Momentum != 0:
		return 7
	}
	return 5
}
