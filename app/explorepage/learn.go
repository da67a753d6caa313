package explorepage

import (
	"context"

	"ganvas/app/ui"

	"ganvas/app/studio"
	"ganvas/app/words"

	"ganvas/engine/gan"
	"ganvas/engine/latent"
)

// A learnt is a generator with what the page needs to know of it.
type learnt struct {
	latent     int
	step       int64
	uniform    bool
	points     bool
	directions []latent.Direction // nil: those shown stay
	start      []float32
	classes    []string // that the generator is told apart
	makers     int
}

// follow fetches generators of r while ctx lives: on demand, with a pause after each. It never keeps
// two.
func (p *Page) follow(ctx context.Context, r *studio.Run) {
	defer p.fetch() // what woke this one at its end may have been for the next
	var shownEMA, known bool
	var renewed int64
	var shownStep int64 = -1
	studio.AtMostEvery(ctx, p.pause, p.refetch, func() bool {
		if !p.visible.Load() {
			return false
		}
		ema, status := p.wantEMA.Load(), r.Session.Status()
		if now := r.Renewed(); now != renewed {
			renewed, known = now, false
		}
		if known && ema == shownEMA && status.Step == shownStep {
			return false
		}
		g, step := r.Session.GeneratorNow(ema)
		l := learnt{latent: g.Latent(), step: step, uniform: g.Kind() == "uniform", points: !g.Out().Picture(), start: append([]float32(nil), g.Noise(1, 1)...), makers: g.Count()}
		if g.Classes() > 0 {
			l.classes = r.Session.Classes()
		}
		// Directions turn while training goes on; sliders that change their meaning under the hand
		// would be worse than slightly old ones.
		if !known || ema != shownEMA || !status.Running {
			l.directions = latent.Directions(g, min(maxDirections, g.Latent()))
		}
		known, shownEMA, shownStep = true, ema, status.Step
		p.s.Do(func() {
			if p.s.Run == r && r.Renewed() == renewed {
				p.learn(l, g)
			}
		})
		return true
	})
}

// learn takes over a newer generator.
func (p *Page) learn(l learnt, g *gan.Generator) {
	p.points = l.points
	p.choice.set(l.classes, l.makers)
	ui.Relayout(p.middle)
	class, part := p.choice.chosen()
	p.renderer.choose(class, part)
	p.place.uniform = l.uniform
	if l.directions != nil {
		p.setDirections(l.directions)
	}
	first := len(p.place.z) != l.latent
	if first {
		p.trail.Reset(spot{class: class, part: part}.atSeed("1", l.start))
	}
	if !p.ready {
		p.enable(true)
		p.showPoints(l.points)
		p.pins.show(!l.points)
	}
	p.renderer.setGenerator(g, l.step)
	if first {
		p.arrive()
		p.refreshSliders()
	} else if l.directions != nil {
		p.refreshSliders()
	}
}

func (p *Page) setDirections(directions []latent.Direction) {
	p.place.directions = directions
	names := make([]string, len(directions))
	for i, d := range directions {
		names[i] = words.Sentence(d.Name)
	}
	for i, s := range p.axes {
		p.axis[i] = min(max(p.axis[i], 0), len(names)-1)
		if p.axis[0] == p.axis[1] && len(names) > 1 {
			p.axis[1] = 1
		}
		s.Options = names
		if p.axis[i] >= 0 {
			s.Selected = names[p.axis[i]]
		}
		s.Refresh()
	}
}
