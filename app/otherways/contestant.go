package otherways

import (
	"math"
	"time"

	"ganvas/engine/others"
)

// A state is all that is shown of a model. Its slices are not written again.
type state struct {
	kind    string
	round   *int // in which it learns: another one begins with Reset
	steps   int64
	spent   time.Duration // on its steps
	fakes   [][2]float32
	shade   []float32 // of shadeCells rows of as many cells, from 0 to 1; nil: the model says nothing of places
	quality others.Quality
	modes   int // that the data have; 0: none
	perfect others.Quality
	good    time.Duration // that it had learnt when its samples were good; 0: not yet
	logP    others.LogP
	truth   float64 // log p of the data themselves; NaN: not known
	passes  int     // for one sample

	way      [][2]float32 // of one sample that was asked for
	ways     int          // how many were asked for
	point    *[2]float32  // that was asked for; nil: none
	inferred others.Inference
	infers   bool
	err      error // that ended it
}

// stepTime returns how long a step takes; 0: not known yet.
func (s state) stepTime() time.Duration {
	if s.steps == 0 {
		return 0
	}
	return s.spent / time.Duration(s.steps)
}

// A contestant is a model that learns, and what is known of it.
type contestant struct {
	match
	model   others.Model
	truth   others.Truth
	perfect others.Quality
	state   state
	looked  time.Time     // when it was last looked at
	took    time.Duration // to look at it
}

// learn makes steps for a time.
func (c *contestant) learn(long time.Duration) {
	for started := c.now(); c.state.err == nil && c.now().Sub(started) < long; {
		before := c.now()
		c.state.err = c.model.Step()
		c.state.spent += c.now().Sub(before)
		c.state.steps = c.model.Steps()
	}
}

// Looks at a model are this far apart at least, and so many times as far as one takes: most of the
// time goes into learning.
const (
	lookEvery = 250 * time.Millisecond
	lookShare = 6
)

func (c *contestant) lookNowAndThen() {
	if since := c.now().Sub(c.looked); c.state.err != nil || since >= max(lookEvery, lookShare*c.took) {
		c.look()
	}
}

// Of a look: how many samples are judged, how many of them are shown, and how many points' density
// is asked for.
const (
	judged = 1000
	shown  = 400
	dense  = 200
)

// latents is the seed of what is shown: the same all the time, so that points move as the model
// learns.
const latents = 7

// look draws samples, judges them, and shows what there is.
func (c *contestant) look() {
	started := c.now()
	s := &c.state
	samples := c.model.Samples(latents, judged)
	q, err := c.truth.Judge(samples)
	if err != nil && s.err == nil {
		s.err = err
	}
	if err == nil {
		s.quality = q
		if s.good == 0 && s.steps > 0 && q.Good(c.perfect) {
			s.good = s.spent
		}
		s.fakes = toPoints(samples[:2*shown])
		s.logP = c.model.LogP(c.truth.Points[:2*dense], c.truth.Points[2*dense:4*dense], latents)
		s.shade = shadeOf(c.model)
	}
	s.perfect, s.modes, s.truth, s.passes = c.perfect, len(c.truth.Centres), c.truth.LogP(), c.model.SampleSteps()
	c.looked = c.now()
	c.took = c.looked.Sub(started)
	c.show(*s)
}

// sample has the model make one sample in the open.
func (c *contestant) sample(seed uint64) {
	c.state.way = c.model.Way(seed)
	c.state.ways++
	c.show(c.state)
}

// infer asks for the latent of a point.
func (c *contestant) infer(x [2]float32) {
	c.state.point = &x
	c.state.inferred, c.state.infers = c.model.Infer(x)
	c.show(c.state)
}

// reach is half of the side of the plane that is shown, and shadeCells how many cells its side has.
const (
	reach      = 3
	shadeCells = 64
)

// shadeOf returns what a model says of places: D's judgement, or the cube root of the density as a
// share of the largest, so that one sees the hills beside the peaks.
func shadeOf(m others.Model) []float32 {
	g := others.Grid{Reach: reach, Cells: shadeCells}
	switch m := m.(type) {
	case *others.Pair:
		return m.Judgement(g)
	case others.Dense:
		d := m.Density(g)
		var most float32
		for _, v := range d {
			most = max(most, v)
		}
		if most > 0 {
			for i := range d {
				d[i] = float32(math.Cbrt(float64(d[i] / most)))
			}
		}
		return d
	}
	return nil
}

func toPoints(x []float32) [][2]float32 {
	out := make([][2]float32, len(x)/2)
	for i := range out {
		out[i] = [2]float32{x[2*i], x[2*i+1]}
	}
	return out
}
