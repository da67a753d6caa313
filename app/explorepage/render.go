package explorepage

import (
	"context"
	"image"
	"sync"
	"time"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// A frame is one finished drawing of a renderer.
type frame struct {
	picture  image.Image    // of picture generators
	manifold [][][2]float32 // of point generators: where a grid of latents around the place goes
	fake     [][2]float32   // of point generators: a cloud of samples
	here     *[2]float32    // of point generators: where the latent itself goes
	asked    time.Time      // when the drawing was asked for

	z           []float32
	class, part int   // that were drawn
	step        int64 // of the generator
}

// A strip is a finished row of pictures, with the spots that were drawn.
type strip struct {
	line     []spot
	pictures []image.Image
}

// A scene is what a renderer is asked to draw.
type scene struct {
	z     []float32
	grid  [][]float32 // lines of latents for the manifold, each line flattened; pictures: nil
	asked time.Time
}

// A renderer draws latents with a generator of its own, on its own goroutine. A request that was
// not begun when a newer one of its kind comes is dropped.
type renderer struct {
	shown    func(frame) // called on the renderer's goroutine
	stripped func(strip) // the same for a strip

	wake chan struct{}
	mu   sync.Mutex
	next struct {
		forget    bool // the generator is no longer the right one
		generator *gan.Generator
		step      int64 // of the generator
		scene     *scene
		strip     []spot
	}
	class, part int   // that are drawn; −1: as the latents say
	latest      scene // drawn again when the generator changes
	line        []spot
}

func newRenderer(shown func(frame), stripped func(strip)) *renderer {
	return &renderer{shown: shown, stripped: stripped, wake: make(chan struct{}, 1)}
}

// setGenerator hands over g, the generator of a step, which belongs to the renderer from then on.
func (r *renderer) setGenerator(g *gan.Generator, step int64) {
	r.ask(func() {
		r.next.generator, r.next.step = g, step
		if r.next.scene == nil && r.latest.z != nil {
			again := r.latest
			again.asked = time.Now()
			r.next.scene = &again
		}
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
		if r.class == class && r.part == part {
			return
		}
		r.class, r.part = class, part
		if r.next.scene == nil && r.latest.z != nil {
			again := r.latest
			again.asked = time.Now()
			r.next.scene = &again
		}
	})
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

// run draws until ctx ends.
func (r *renderer) run(ctx context.Context) {
	defer r.ask(func() {}) // what woke this one at its end may have been for the next
	var g *gan.Generator
	var step int64
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		}
		for ctx.Err() == nil {
			r.mu.Lock()
			next := r.next
			if next.scene != nil {
				next.strip = nil // the large picture first
				r.next.scene = nil
			} else {
				r.next.strip = nil
			}
			r.next.forget, r.next.generator = false, nil
			class, part := r.class, r.part
			r.mu.Unlock()
			if next.forget || next.generator != nil {
				g, step = next.generator, next.step
			}
			if g == nil || next.scene == nil && next.strip == nil {
				break
			}
			if next.scene == nil {
				r.stripped(strip{next.strip, renderPictures(g, next.strip)})
				continue
			}
			g.Choose(class, part)
			if f, ok := drawScene(g, *next.scene); ok {
				f.class, f.part, f.step = class, part, step
				r.shown(f)
			}
		}
	}
}

// drawScene draws a scene; it is none of g's where it was asked for before the generator changed.
func drawScene(g *gan.Generator, s scene) (f frame, ok bool) {
	if len(s.z) != g.Latent() {
		return f, false
	}
	f = frame{asked: s.asked, z: s.z}
	if g.Out().Picture() {
		f.picture = toPicture(g.Render(s.z, 1), g.Out())
	} else {
		for _, line := range s.grid {
			f.manifold = append(f.manifold, toPoints(g.Render(line, len(line)/g.Latent())))
		}
		f.here = &toPoints(g.Render(s.z, 1))[0]
		const cloud = 600
		f.fake = toPoints(g.Render(g.Noise(1, cloud), cloud))
	}
	return f, true
}

// renderPictures draws spots, one picture each; none where one is of another generator.
func renderPictures(g *gan.Generator, line []spot) []image.Image {
	if !g.Out().Picture() {
		return nil
	}
	var out []image.Image
	for _, s := range line {
		if len(s.z) != g.Latent() {
			return nil
		}
		g.Choose(s.class, s.part)
		out = append(out, toPicture(g.Render(s.z, 1), g.Out()))
	}
	return out
}

// toPicture makes a picture of an item's values, sharing no memory with them.
func toPicture(values []float32, shape nn.Shape) image.Image {
	return datasets.ToImage(values, shape[0], shape[1], shape[2])
}

func toPoints(values []float32) [][2]float32 {
	points := make([][2]float32, len(values)/2)
	for i := range points {
		points[i] = [2]float32{values[2*i], values[2*i+1]}
	}
	return points
}
