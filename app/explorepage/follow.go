package explorepage

import (
	"context"
	"sync/atomic"
	"time"

	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/latent"
)

// A learnt is a generator with what the page needs to know of it.
type learnt struct {
	latent     int
	step       int64
	uniform    bool
	kind       datasets.Kind
	directions []latent.Direction // nil: those shown stay
	start      []float32
	classes    []string // that the generator is told apart
	makers     int
	averaged   bool // it is the averaged generator
}

// A follower fetches the newest generator of the run, on demand, while the page is seen.
type follower struct {
	s       *studio.Studio
	learn   func(learnt, *gan.Generator) // takes over a newer generator, on the UI goroutine
	wantEMA atomic.Bool
	visible atomic.Bool
	refetch chan struct{} // a newer generator is wanted
	pause   time.Duration // after one was fetched
	past    chan struct{} // that of a step which is looked at is wanted
	anew    atomic.Bool   // one of the past was shown: the newest is to be shown again
	steered atomic.Bool   // there are directions
}

func newFollower(s *studio.Studio, learn func(learnt, *gan.Generator)) *follower {
	f := &follower{s: s, learn: learn, refetch: make(chan struct{}, 1), past: make(chan struct{}, 1), pause: time.Second}
	f.wantEMA.Store(true)
	return f
}

// fetch asks for today's generator.
func (f *follower) fetch() {
	select {
	case f.refetch <- struct{}{}:
	default:
	}
}

// follow fetches generators of r while ctx lives, with a pause after each. It never keeps two.
func (f *follower) follow(ctx context.Context, r *studio.Run) {
	defer f.fetch() // what woke this one at its end may have been for the next
	var shownEMA, known, looking bool
	var renewed int64
	var shownStep int64 = -1
	studio.AtMostEvery(ctx, f.pause, f.refetch, func() bool {
		if !f.visible.Load() || f.s.TimeLine.Wanted() >= 0 {
			return false
		}
		ema, status := f.wantEMA.Load(), r.Session.Status()
		if now := r.Renewed(); now != renewed {
			renewed, known = now, false
		}
		if f.anew.Swap(false) {
			shownStep = -1
		}
		if known && ema == shownEMA && status.Step == shownStep && status.Looking == looking {
			return false
		}
		g, step := r.Session.GeneratorNow(ema)
		l := newLearnt(g, step)
		l.averaged = ema || status.Looking // then the averaged one stands in the place of the other too
		if g.Classes() > 0 {
			l.classes = r.Session.Classes()
		}
		// Directions turn while training goes on; sliders that change their meaning under the hand
		// would be worse than slightly old ones.
		if !known || ema != shownEMA || !status.Running {
			l.directions = latent.Directions(g, min(maxDirections, g.Latent()))
		}
		known, shownEMA, shownStep, looking = true, ema, status.Step, status.Looking
		if step != status.Step { // the run has moved between the two questions
			shownStep = -1
			if !status.Running {
				f.fetch()
			}
		}
		f.s.Do(func() {
			if f.s.Run == r && r.Renewed() == renewed && !f.s.TimeLine.Past() {
				f.learn(l, g)
			}
		})
		return true
	})
}

// newLearnt returns what the page needs to know of g, the generator of a step.
func newLearnt(g *gan.Generator, step int64) learnt {
	return learnt{
		latent: g.Latent(), step: step, uniform: g.Kind() == "uniform", kind: studio.KindOf(g.Out()),
		start: append([]float32(nil), g.Noise(1, 1)...), makers: g.Count(),
	}
}
