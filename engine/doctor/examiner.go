package doctor

import (
	"context"
	"math"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

const (
	pointsLooked   = 256   // generated and real points that a checkup looks at
	picturesLooked = 128   // and pictures
	neighbours     = 5     // as package judge has it
	smallData      = 1024  // items up to which G could learn them all
	firstInterval  = 50    // steps between checkups at first
	lastFirst      = 10000 // step up to which they are that far apart
)

// Due reports whether there is a checkup after a step: every 50 steps up to 10,000, and half as
// often whenever a run has become twice as long, so that even a run of a million steps has less
// than a thousand.
func Due(step int64) bool {
	interval := int64(firstInterval)
	for limit := int64(lastFirst); step > limit; limit *= 2 {
		interval *= 2
	}
	return step > 0 && step%interval == 0
}

// An Examiner takes the checkups of a trainer, on a tape of its own: looking changes nothing. It
// belongs to one goroutine.
type Examiner struct {
	trainer *gan.Trainer
	recipe  *recipe.Recipe
	data    datasets.Set
	shape   nn.Shape
	centres [][2]float64 // modes of the data, or none
	sigma   float64

	tape          *grad.Tape
	generator     *gan.Generator
	latents       []float32
	sample        []float32 // real items
	unseen        []float32 // items that are not trained on, or none
	real          cloud
	parts         parts
	floor         likeness // of other real items
	pairwise      float64  // mean distance of real items themselves
	axes          [2]int   // coordinates in which they differ most
	middle        [2]float64
	all           metrics.Features // of all training items, where they are few
	usual         float64          // how near unseen items are to them
	before        []float32        // what G made before the step
	weightG       []float32        // and its weights
	weightD       []float32
	since         tally
	stepsD, stepG int64 // updates before the step
}

// NewExaminer returns an examiner for a trainer of a recipe on its data. It looks at these at the
// first checkup only.
func NewExaminer(t *gan.Trainer, r *recipe.Recipe, data datasets.Set) *Examiner {
	return &Examiner{trainer: t, recipe: r.Clone(), data: data, shape: nn.Shape(data.Info().Shape), tape: grad.NewTape()}
}

// prepare looks at the data, once.
func (e *Examiner) prepare() {
	if e.latents != nil {
		return
	}
	n := pointsLooked
	if e.shape.Picture() {
		n = picturesLooked
	}
	if m, ok := e.data.(datasets.Modal); ok {
		e.centres, e.sigma = m.Modes()
	}
	e.generator = gan.NewGenerator(e.trainer.G, e.recipe.LatentKind).LowMemory()
	e.latents = make([]float32, n*e.generator.Latent())
	gan.NewStream(e.recipe.Seed, "doctor").Latents(e.latents, e.recipe.LatentKind)
	e.sample = evenly(e.data, n, 0)
	e.real = newCloud(e.features(e.sample))
	e.parts = newParts(e.real.Features, e.centres)
	e.pairwise = e.real.mean
	if e.shape.Picture() {
		e.pairwise = newCloud(flat(e.sample, e.shape.Size())).mean
	}
	e.spread()
	e.floor = likeness{precision: 1, coverage: 1}
	if e.data.Len() >= 2*n {
		if l := compare(e.real, newCloud(e.features(evenly(e.data, n, 0.5)))); l.precision > 0 && l.coverage > 0 {
			e.floor = l
		}
	}
	set := unseen(e.recipe, e.data)
	if set == nil {
		return
	}
	e.unseen = evenly(set, n, 0)
	if e.data.Len() <= smallData {
		e.all = e.featuresOf(e.data)
		e.usual = near(e.features(e.unseen), e.all)
	}
}

// unseen returns items like those of a recipe's data that are not among them, where the program can
// draw or has some; else nil.
func unseen(r *recipe.Recipe, data datasets.Set) datasets.Set {
	o := datasets.Options{Size: r.ImageSize, Channels: r.Channels, Fit: r.Fit, Labels: "none", Seed: r.Seed + 1}
	name := r.Data
	switch {
	case name == "digits":
		name = "digits-test"
	case name == "emoji" || !datasets.IsBuiltin(name):
		return nil
	}
	set, err := datasets.Open(context.Background(), name, o, nil)
	if err != nil || !slices.Equal(set.Info().Shape, data.Info().Shape) {
		return nil
	}
	return set
}

// evenly returns n items of a set, or all, at even distances from a place in the first of them on.
func evenly(set datasets.Set, n int, from float64) []float32 {
	size := nn.Shape(set.Info().Shape).Size()
	n = min(n, set.Len())
	out := make([]float32, n*size)
	for i := range n {
		at := min(set.Len()-1, int((float64(i)+from)*float64(set.Len())/float64(n)))
		set.Read(at, out[i*size:(i+1)*size])
	}
	return out
}

func flat(x []float32, size int) metrics.Features {
	f := metrics.NewFeatures(len(x)/size, size)
	for i, v := range x {
		f.X[i] = float64(v)
	}
	return f
}

func (e *Examiner) features(items []float32) metrics.Features {
	size := e.shape.Size()
	if e.shape.Picture() {
		return metrics.PictureFeatures(items, len(items)/size, e.shape[0], e.shape[1], e.shape[2])
	}
	return flat(items, size)
}

// featuresOf returns the features of all items of a set, which are read a few at a time.
func (e *Examiner) featuresOf(set datasets.Set) metrics.Features {
	size := e.shape.Size()
	var all metrics.Features
	items := make([]float32, picturesLooked*size)
	for first := 0; first < set.Len(); first += picturesLooked {
		n := min(picturesLooked, set.Len()-first)
		for i := range n {
			set.Read(first+i, items[i*size:(i+1)*size])
		}
		f := e.features(items[:n*size])
		all = metrics.Features{N: all.N + f.N, D: f.D, X: append(all.X, f.X...)}
	}
	return all
}

// spread finds the two coordinates in which real items differ most.
func (e *Examiner) spread() {
	f := e.real.Features
	means, squares := make([]float64, f.D), make([]float64, f.D)
	for i := range f.N {
		for k, x := range f.Row(i) {
			means[k] += x / float64(f.N)
			squares[k] += x * x / float64(f.N)
		}
	}
	order := make([]int, f.D)
	for k := range order {
		order[k] = k
		squares[k] -= means[k] * means[k]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case squares[a] > squares[b]:
			return -1
		case squares[a] < squares[b]:
			return 1
		}
		return 0
	})
	for k := range e.axes {
		e.axes[k] = order[min(k, len(order)-1)]
		e.middle[k] = means[e.axes[k]]
	}
}

// Before is called before every step, and looks at the weights where there is a checkup after it.
func (e *Examiner) Before() {
	t := e.trainer
	if !Due(t.Step + 1) {
		return
	}
	e.prepare()
	e.weightG, e.weightD = weights(e.weightG[:0], t.G), weights(e.weightD[:0], t.D)
	e.stepsD, e.stepG = t.OptD.Steps, t.OptG.Steps
	e.before = append(e.before[:0], e.generate()...)
}

// After is called after every step with what it measured. It returns a checkup, and whether there
// was one.
func (e *Examiner) After(s gan.Stats) (Checkup, bool) {
	e.since.add(s)
	t := e.trainer
	if !Due(t.Step) {
		return Checkup{}, false
	}
	c := Checkup{Step: t.Step, Items: e.data.Len(), Objective: t.Objective.Name}
	for _, x := range c.numbers() {
		*x = nan
	}
	e.since.fill(&c)
	e.since = tally{}
	if t.OptG.Steps > e.stepG && len(e.weightG) > 0 {
		c.WeightG, c.UpdateG = change(e.weightG, t.G, t.OptG.Steps-e.stepG)
	}
	if t.OptD.Steps > e.stepsD && len(e.weightD) > 0 {
		c.WeightD, c.UpdateD = change(e.weightD, t.D, t.OptD.Steps-e.stepsD)
	}
	e.prepare()
	e.look(&c)
	for _, x := range c.numbers() {
		if math.IsInf(float64(*x), 0) {
			*x = nan // as Text leaves it out
		}
	}
	return c, true
}

// Resume goes on where a run was saved: steps are what was measured since its last checkup.
func (e *Examiner) Resume(steps []gan.Stats) {
	e.since = tally{}
	for _, s := range steps {
		e.since.add(s)
	}
}

// generate returns what G makes of the latents. It holds until the next call.
func (e *Examiner) generate() []float32 {
	e.generator.Update(e.trainer.G)
	return e.generator.Render(e.latents, len(e.latents)/e.generator.Latent())
}

// dead returns the largest share of dead units behind a relu of a network that items, one or more
// at a time, go through; NaN if there is none, or if the network is several or is told classes.
func (e *Examiner) dead(net *nn.Net, items []float32) float32 {
	worst := nan
	if r := net.Role(); net.Count() > 1 || r.ConcatEmbed || r.Projection {
		return worst
	}
	alive := make(map[int][]bool) // by layer: its units
	e.each(net, items, func(x *grad.Value) {
		b := net.Bind(e.tape, false, nil)
		b.Watch = func(layer int, y *grad.Value) {
			if layer >= len(net.Layers) || net.Layers[layer].Kind != "relu" {
				return
			}
			if alive[layer] == nil {
				alive[layer] = make([]bool, y.Shape()[len(y.Shape())-1])
			}
			markAlive(alive[layer], y.Data)
		}
		b.Forward(x, nn.Eval)
	})
	for _, units := range alive {
		if d := deadShare(units); isNaN(worst) || d > worst {
			worst = d
		}
	}
	return worst
}

// lookedAtOnce is how many items go through a network at once, to bound memory.
const lookedAtOnce = 32

// each calls use with items for a network, a few at a time, on the examiner's tape.
func (e *Examiner) each(net *nn.Net, items []float32, use func(x *grad.Value)) {
	size := net.In.Size()
	for part := range slices.Chunk(items, lookedAtOnce*size) {
		e.tape.Reset()
		use(e.tape.View(part, append([]int{len(part) / size}, net.In...)...))
	}
}

// markAlive marks the units, the last dimension of x, that are not 0 everywhere.
func markAlive(alive []bool, x []float32) {
	for i, v := range x {
		if v != 0 {
			alive[i%len(alive)] = true
		}
	}
}

// deadShare returns the share of units that are not alive.
func deadShare(alive []bool) float32 {
	dead := 0
	for _, a := range alive {
		if !a {
			dead++
		}
	}
	return float32(dead) / float32(len(alive))
}

// look compares what G makes now with real items, and what D says of training items with what it
// says of others.
func (e *Examiner) look(c *Checkup) {
	made := slices.Clone(e.generate())
	c.DeadG = e.dead(e.trainer.G, e.latents)
	if len(e.before) == len(made) && e.trainer.OptG.Steps > e.stepG {
		size := e.shape.Size()
		a, b := flat(e.before, size), flat(made, size)
		sum := 0.0
		for i := range a.N {
			sum += distance(a.Row(i), b.Row(i))
		}
		c.Move = float32(sum / float64(a.N) / e.pairwise)
	}
	if slices.ContainsFunc(made, func(x float32) bool { return math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) }) {
		return
	}
	fake := newCloud(e.features(made))
	l := compare(e.real, fake)
	c.Distance = float32(l.energy)
	c.Diversity = float32(fake.mean / e.real.mean)
	share, parts := e.parts.missed(fake.Features)
	c.Missed = float32(share)
	c.Duplicates = float32(below(fake.nearest, e.real.nearest[len(e.real.nearest)/100]))
	c.Coverage, c.Precision = float32(l.coverage/e.floor.coverage), float32(l.precision/e.floor.precision)
	for k, axis := range e.axes {
		mean := 0.0
		for i := range fake.N {
			mean += fake.Row(i)[axis] / float64(fake.N)
		}
		c.Centre[k] = float32((mean - e.middle[k]) / e.real.mean)
	}
	if e.centres != nil {
		xy := make([][2]float64, fake.N)
		for i := range xy {
			xy[i] = [2]float64(fake.Row(i))
		}
		if m, err := metrics.CountModes(xy, e.centres, e.sigma); err == nil {
			c.ModesMissed, c.ModesTotal, c.Quality = float32(parts), float32(len(e.centres)), float32(m.HighQuality)
		}
	}
	if e.all.N > 0 {
		c.Copying = float32(near(fake.Features, e.all) / e.usual)
	}
	e.interrogate(c)
}

// interrogate asks D about real items that it has seen and others.
func (e *Examiner) interrogate(c *Checkup) {
	packed := e.packs(e.sample)
	c.DeadD = e.dead(e.trainer.D, packed)
	if e.unseen == nil {
		return
	}
	seen, other := e.judge(packed), e.judge(e.packs(e.unseen))
	right := 0.0
	for _, a := range seen {
		for _, b := range other {
			switch {
			case a > b:
				right++
			case a == b:
				right += 0.5
			}
		}
	}
	c.Memory = float32(right / float64(len(seen)*len(other)))
}

// packs repeats every item as often as D judges items together.
func (e *Examiner) packs(items []float32) []float32 {
	m := max(1, e.trainer.Pack)
	if m == 1 {
		return items
	}
	packed := make([]float32, m*len(items))
	channels := e.shape[len(e.shape)-1]
	for i := range len(items) / channels { // D's channels are those of the items, one item after the other
		for k := range m {
			copy(packed[(i*m+k)*channels:], items[i*channels:(i+1)*channels])
		}
	}
	return packed
}

// judge returns what D says of each pack.
func (e *Examiner) judge(packed []float32) []float32 {
	var out []float32
	e.each(e.trainer.D, packed, func(x *grad.Value) { out = append(out, gan.Judgement(e.trainer.D, x)...) })
	return out
}
