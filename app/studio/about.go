package studio

import (
	"time"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Speed is how fast this computer trains: units of work a second, of which a multiplication is one.
type Speed float64

// usualSpeed is that of two cores of a processor of 2024, for a forecast before anything was
// measured.
const usualSpeed Speed = 150e9

// What computing a number that is no sum of products takes, what beginning a layer does, and what a
// step does, in units of work.
const (
	aNumber = 10
	aLayer  = 40_000
	aStep   = 25_000_000
)

// About returns how long all steps of a recipe take, as far as can be told from its networks' sizes
// and one measurement: within a third for most. It is 0 for a recipe without an end, or one that
// cannot be trained. Measured says whether this computer was measured.
func (f *Forecast) About(r *recipe.Recipe, item nn.Shape, classes int) (d time.Duration, measured bool) {
	if s := f.s; f.speed == 0 && s != nil && s.Run != nil && s.Data.Set != nil && s.Status.Running {
		f.note(s.Run.Recipe, s.Data.Shape(), s.Data.Classes(), s.Status.SecondsPerStep)
	}
	speed := f.speed
	if measured = speed > 0; !measured {
		speed = usualSpeed
	}
	return time.Duration(workOf(r, item, classes) * float64(r.Steps) / float64(speed) * float64(time.Second)), measured
}

// note keeps how fast a recipe was seen to train.
func (f *Forecast) note(r *recipe.Recipe, item nn.Shape, classes int, secondsPerStep float64) {
	if work := workOf(r, item, classes); work > 0 && secondsPerStep > 0 {
		f.speed = Speed(work / secondsPerStep)
	}
}

// workOf reckons the work of a step, 0 of networks that cannot be.
func workOf(r *recipe.Recipe, item nn.Shape, classes int) float64 {
	if item == nil {
		return 0
	}
	roleG, roleD := r.Roles(max(classes, 2))
	g, errG := passWork(roleG, r.G.Layers, nn.Shape{r.Latent})
	d, errD := passWork(roleD, r.D.Layers, r.Seen(item))
	if errG != nil || errD != nil {
		return 0
	}
	batch := float64(r.Batch)
	d.an *= float64(r.Discriminators)
	d.a *= float64(r.Discriminators)
	g.a *= float64(r.Generators) // the items are shared out
	pass := func(w work, items float64) float64 { return w.a + w.an*items }
	// Going back takes twice as much as going forward; a penalty on slopes goes back once, and then
	// all of it again.
	looks := 2 * 3 * pass(d, batch)
	if r.Objective == "relativistic" {
		looks += pass(d, batch)
	}
	every := float64(max(1, r.PenaltyEvery))
	for _, weight := range []float64{r.R1, r.R2, r.GP, r.DRAGAN} {
		if weight > 0 {
			looks += 7 * pass(d, batch) / every
		}
	}
	if r.Consistency > 0 {
		looks += 6 * pass(d, batch)
	}
	if r.SemiSupervised {
		looks += 3 * pass(d, batch)
	}
	forD := looks + pass(g, batch)
	forG := 3*pass(g, batch) + 3*pass(d, batch)
	players := float64(r.Generators * r.Discriminators) // whose small shares of a batch are slow
	return aStep + (float64(max(1, r.DSteps))*forD+forG)*(1+(players-1)/4) + float64(r.Unroll)*2*looks
}

// work is what going forward through a network takes: a at all, and an for each item.
type work struct{ a, an float64 }

// passWork reckons going forward through layers for items of shape in.
func passWork(role nn.Role, layers []string, in nn.Shape) (w work, err error) {
	cost, err := role.Cost(layers, in)
	if err != nil {
		return w, err
	}
	shapes, err := nn.Infer(layers, role.Input(in))
	if err != nil {
		return w, err
	}
	x := role.Input(in)
	for i, c := range cost.Layers {
		l, err := nn.ParseLayer(layers[i])
		if err != nil {
			return w, err
		}
		places := 1.0
		if x.Picture() && shapes[i].Picture() {
			places = float64(shapes[i][0] * shapes[i][1])
			if l.Kind == "convt" {
				places = float64(x[0] * x[1])
			}
		}
		weights := 0.0
		for _, n := range c.Params {
			weights += n
		}
		w.an += weights*places + aNumber*c.Out
		w.a += aLayer
		x = shapes[i]
	}
	return w, nil
}
