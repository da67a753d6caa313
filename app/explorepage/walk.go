package explorepage

import (
	"context"
	"math/rand/v2"
	"strconv"

	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/widgets"
)

// A walk is where Explore stands, where it stood, and how it moves. It belongs to the UI goroutine.
type walk struct {
	s       *studio.Studio
	place   place
	trail   studio.History[spot]
	axis    [2]int      // the directions that dragging right and down goes along
	ready   bool        // a generator has come
	ema     func() bool // whether seeds are of the averaged generator
	arrived func()      // told whenever the page stands elsewhere
	settled func()      // told then too, unless a slider or a drag leads there, and once a drag ends
}

// stand goes to a spot; undo, which says label, leads back.
func (w *walk) stand(s spot, label string, joinable bool) {
	w.trail.Push(s, label, joinable)
	w.arrive()
}

// jump stands at a spot to which no slider leads.
func (w *walk) jump(s spot, label string, joinable bool) {
	w.stand(s, label, joinable)
	w.settled()
}

// arrive goes to the spot where the trail ends.
func (w *walk) arrive() {
	w.place.z = w.trail.Now.z
	w.arrived()
}

// Undo goes back to the spot before.
func (w *walk) Undo() {
	if _, ok := w.trail.Back(); ok {
		w.arrive()
		w.settled()
	}
}

// Redo goes to where undo led back from.
func (w *walk) Redo() {
	if _, ok := w.trail.Forward(); ok {
		w.arrive()
		w.settled()
	}
}

// EditLabels returns what Undo and Redo would take back and do again, empty where there is nothing.
func (w *walk) EditLabels() (undo, redo string) { return w.trail.Labels() }

// drag moves with the mouse or the arrow keys; one drag is one step for undo.
func (w *walk) drag(dx, dy float32) {
	if !w.ready {
		return
	}
	reach := 2 * w.place.reach()
	w.place.move(w.axis[0], float64(dx)*reach)
	w.place.move(w.axis[1], float64(dy)*reach)
	w.stand(w.trail.Now.at(w.place.z), "Drag", true)
}

func (w *walk) dragEnd() {
	w.trail.Part()
	w.settled()
}

// scroll moves with the wheel along the third direction.
func (w *walk) scroll(dy float32) { w.moveAlong(2, float64(dy)/100*w.place.reach()) }

func (w *walk) moveAlong(k int, distance float64) {
	if !w.ready || k >= len(w.place.directions) {
		return
	}
	w.place.move(k, distance)
	w.jump(w.trail.Now.at(w.place.z), "Wheel", true)
}

// GoTo moves to a latent that was kept, of a class and by one of several generators; −1: those that
// are chosen.
func (w *walk) GoTo(z []float32, class, part int, origin string) {
	w.goTo(spot{z: z, class: class, part: part}, origin)
}

// goTo moves to a spot that was kept on this page.
func (w *walk) goTo(s spot, origin string) {
	if !w.ready || len(s.z) != len(w.place.z) {
		return
	}
	w.place.set(s.z)
	now := w.trail.Now.at(w.place.z).called(origin, s.class, s.part)
	now.inside = s.inside
	w.jump(now, words.Sentence(origin), false)
}

// chose is called when another class or generator was chosen.
func (w *walk) chose(class, part int) {
	if !w.ready {
		return
	}
	s := w.trail.Now
	if s.find != 0 {
		s = s.at(s.z)
	}
	w.stand(s.called(s.origin, class, part), "Choice", false)
}

// checkSeed says what is wrong with a typed seed.
func checkSeed(text string) error {
	_, err := widgets.ParseWhole(text)
	return err
}

// goToSeed moves to the latent of a seed; label is for undo.
func (w *walk) goToSeed(text, label string) {
	seed, err := widgets.ParseWhole(text)
	r := w.s.Run
	if err != nil || r == nil || !w.ready {
		return
	}
	ema := w.ema()
	var z []float32
	w.s.Jobs.Start(func(context.Context) error {
		if g := r.Session.Generator(ema); g != nil {
			z = append(z, g.Noise(seed, 1)...)
		}
		return nil
	}, func(error) {
		if w.s.Run != r || !w.ready || len(z) != len(w.place.z) {
			return
		}
		w.jump(w.trail.Now.atSeed(strconv.FormatUint(seed, 10), z), label, false)
	})
}

// random goes to a seed that a person can note down.
func (w *walk) random() {
	if w.ready {
		w.goToSeed(strconv.Itoa(rand.IntN(100000)), "Random")
	}
}

// reset goes back to the last seed.
func (w *walk) reset() {
	if w.ready {
		w.jump(w.trail.Now.back(), "Reset", false)
	}
}
