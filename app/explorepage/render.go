package explorepage

import (
	"context"
	"image"
	"sync"
	"time"

	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/engine/gan"
)

// A frame is one finished drawing of a renderer.
type frame struct {
	content     content   // nil: nothing was drawn yet
	asked       time.Time // when the drawing was asked for
	z           []float32
	class, part int   // that were drawn
	inside            // that was done to the generator
	step        int64 // of the generator
	averaged    bool  // whether the generator is the averaged one
	of          *gan.Generator
}

// A strip is a finished row of pictures, with the spots that were drawn.
type strip struct {
	line     []spot
	pictures []image.Image
}

// A scene is what a renderer is asked to draw.
type scene struct {
	z []float32
	inside
	grid  [][]float32 // lines of latents that the view of the kind wants besides, each line flattened
	asked time.Time
}

// A renderer draws latents with a generator of its own, on its own goroutine. A request that was
// not begun when a newer one of its kind comes is dropped.
type renderer struct {
	views    map[datasets.Kind]kindView
	shown    func(frame) // called on the renderer's goroutine
	stripped func(strip) // the same for a strip

	wake   chan struct{}
	mu     sync.Mutex
	next   request
	latest scene // drawn again when the generator changes
	line   []spot
}

// A request is what a renderer is asked for.
type request struct {
	forget      bool // the generator is no longer the right one
	generator   *gan.Generator
	step        int64 // of the generator
	averaged    bool  // whether the generator is the averaged one
	class, part int   // that are drawn; −1: as the latents say
	scene       *scene
	strip       []spot
}

func newRenderer(views map[datasets.Kind]kindView, shown func(frame), stripped func(strip)) *renderer {
	return &renderer{views: views, shown: shown, stripped: stripped, wake: make(chan struct{}, 1)}
}

// setGenerator hands over g, the generator of a step, averaged or not, which belongs to the
// renderer from then on.
func (r *renderer) setGenerator(g *gan.Generator, step int64, averaged bool) {
	r.ask(func() {
		r.next.generator, r.next.step, r.next.averaged = g, step, averaged
		r.again()
		if r.next.strip == nil {
			r.next.strip = r.line
		}
	})
}

// forget drops the generator and all that was asked of it.
func (r *renderer) forget() {
	r.ask(func() {
		r.latest, r.line = scene{}, nil
		r.next.forget, r.next.generator, r.next.scene, r.next.strip = true, nil, nil, nil
	})
}

// choose has the next drawings be of a class and by one of several generators, and draws anew if
// that is news.
func (r *renderer) choose(class, part int) {
	r.ask(func() {
		if r.next.class == class && r.next.part == part {
			return
		}
		r.next.class, r.next.part = class, part
		r.again()
	})
}

// again asks for what was drawn last, unless something is asked for. The caller holds mu.
func (r *renderer) again() {
	if r.next.scene != nil || r.latest.z == nil {
		return
	}
	s := r.latest
	s.asked = time.Now()
	r.next.scene = &s
}

// draw asks for a drawing of s, whose slices must not be written again.
func (r *renderer) draw(s scene) {
	r.ask(func() {
		r.latest = s
		r.next.scene = &s
	})
}

// drawStrip asks for a row of pictures, each of its own class and generator.
func (r *renderer) drawStrip(line []spot) {
	r.ask(func() {
		r.line = line
		r.next.strip = line
	})
}

func (r *renderer) ask(change func()) {
	r.mu.Lock()
	change()
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// take returns what is to be done next: the large picture first.
func (r *renderer) take() request {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := r.next
	if next.scene != nil {
		next.strip = nil
		r.next.scene = nil
	} else {
		r.next.strip = nil
	}
	r.next.forget, r.next.generator = false, nil
	return next
}

// run draws until ctx ends.
func (r *renderer) run(ctx context.Context) {
	defer r.ask(func() {}) // what woke this one at its end may have been for the next
	var g *gan.Generator
	var step int64
	var averaged bool
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		}
		for ctx.Err() == nil {
			next := r.take()
			if next.forget || next.generator != nil {
				g, step, averaged = next.generator, next.step, next.averaged
			}
			if g == nil || next.scene == nil && next.strip == nil {
				break
			}
			view := r.views[studio.KindOf(g.Out())]
			if next.scene == nil {
				r.stripped(strip{next.strip, drawStrip(g, view, next.strip)})
				continue
			}
			if len(next.scene.z) != g.Latent() {
				continue // it was asked for before the generator changed
			}
			g.Choose(next.class, next.part)
			if !next.scene.on(g) {
				continue
			}
			r.shown(frame{
				content: view.draw(g, *next.scene), asked: next.scene.asked, z: next.scene.z, inside: next.scene.inside,
				class: next.class, part: next.part, step: step, averaged: averaged, of: g,
			})
		}
	}
}

// drawStrip draws spots, one picture each; none where one is of another generator.
func drawStrip(g *gan.Generator, view kindView, line []spot) []image.Image {
	if !view.pins() {
		return nil
	}
	var out []image.Image
	for _, s := range line {
		if len(s.z) != g.Latent() {
			return nil
		}
		g.Choose(s.class, s.part)
		if !s.on(g) {
			return nil
		}
		out = append(out, view.draw(g, scene{z: s.z}).picture())
	}
	return out
}
