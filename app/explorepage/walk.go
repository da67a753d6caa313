package explorepage

import (
	"context"
	"math/rand/v2"
	"strconv"

	"ganvas/app/words"

	"ganvas/widgets"
)

// stand goes to a spot; undo, which says label, leads back.
func (p *Page) stand(s spot, label string, joinable bool) {
	p.trail.Push(s, label, joinable)
	p.arrive()
}

// arrive shows the spot where the page stands.
func (p *Page) arrive() {
	s := p.trail.Now
	p.place.z = s.z
	p.choice.choose(s.class, s.part)
	p.renderer.choose(p.choice.chosen())
	p.seed.SetValue(s.seed)
	p.moved()
	p.OnMoved()
}

// Undo goes back to the spot before.
func (p *Page) Undo() {
	if _, ok := p.trail.Back(); ok {
		p.arrive()
		p.refreshSliders()
	}
}

// Redo goes to where undo led back from.
func (p *Page) Redo() {
	if _, ok := p.trail.Forward(); ok {
		p.arrive()
		p.refreshSliders()
	}
}

// drag moves with the mouse or the arrow keys; one drag is one step for undo.
func (p *Page) drag(dx, dy float32) {
	if !p.ready {
		return
	}
	reach := 2 * p.place.reach()
	p.place.move(p.axis[0], float64(dx)*reach)
	p.place.move(p.axis[1], float64(dy)*reach)
	p.stand(p.trail.Now.at(p.place.z), "Drag", true)
}

func (p *Page) dragEnd() {
	p.trail.Part()
	p.refreshSliders()
}

func (p *Page) moveAlong(k int, distance float64) {
	if !p.ready {
		return
	}
	p.place.move(k, distance)
	p.stand(p.trail.Now.at(p.place.z), "Wheel", true)
	p.refreshSliders()
}

// GoTo moves to a latent that was kept, of a class and by one of several generators; −1: those that
// are chosen.
func (p *Page) GoTo(z []float32, class, part int, origin string) {
	if !p.ready || len(z) != len(p.place.z) {
		return
	}
	p.place.set(z)
	p.stand(p.trail.Now.at(p.place.z).called(origin, class, part), words.Sentence(origin), false)
	p.refreshSliders()
}

// chose is called when another class or generator was chosen.
func (p *Page) chose(class, part int) {
	if !p.ready {
		return
	}
	s := p.trail.Now
	if s.find != 0 {
		s = s.at(s.z)
	}
	p.stand(s.called(s.origin, class, part), "Choice", false)
}

// checkSeed says what is wrong with a typed seed.
func checkSeed(text string) error {
	_, err := widgets.ParseWhole(text)
	return err
}

// goToSeed moves to the latent of a seed; label is for undo.
func (p *Page) goToSeed(text, label string) {
	seed, err := widgets.ParseWhole(text)
	r := p.s.Run
	if err != nil || r == nil || !p.ready {
		return
	}
	ema := p.wantEMA.Load()
	var z []float32
	p.s.Jobs.Start(func(context.Context) error {
		if g := r.Session.Generator(ema); g != nil {
			z = append(z, g.Noise(seed, 1)...)
		}
		return nil
	}, func(error) {
		if p.s.Run != r || !p.ready || len(z) != len(p.place.z) {
			return
		}
		p.stand(p.trail.Now.atSeed(strconv.FormatUint(seed, 10), z), label, false)
		p.refreshSliders()
	})
}

// random goes to a seed that a person can note down.
func (p *Page) random() {
	if p.ready {
		p.goToSeed(strconv.Itoa(rand.IntN(100000)), "Random")
	}
}

func (p *Page) reset() {
	if p.ready {
		p.stand(p.trail.Now.back(), "Reset", false)
		p.refreshSliders()
	}
}
