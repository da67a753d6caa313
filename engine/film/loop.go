package film

import (
	"context"
	"image"
	"time"

	"ganvas/datasets"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/latent"
)

// A Pin is a latent that a loop goes through, of a class and by one of several networks; −1: there is
// none to choose.
type Pin struct {
	Z           []float32
	Class, Part int
}

// A Loop says how the way through some pins, and back to the first, looks.
type Loop struct {
	Pins   []Pin // two or more, of latents of the generator
	Frames int
	Time   time.Duration
	Ease   float64 // how much it rests at each pin: 0 to 1
	Scale  int     // pixels of the film for each pixel of a picture
	Smooth bool    // enlarged smoothly, instead of as squares
}

// Film returns the film that g makes of a loop; g belongs to it from then on, and makes pictures. The
// classes of two pins are blended on the way between them, and where they are by two networks, those
// change in the middle.
func (l Loop) Film(g *gan.Generator) *Film {
	shape := g.Out()
	path := &latent.Path{Uniform: g.Kind() == "uniform", Closed: true, Ease: l.Ease}
	for _, p := range l.Pins {
		path.Pins = append(path.Pins, p.Z)
	}
	f := &Film{W: shape[1] * l.Scale, H: shape[0] * l.Scale, Frames: l.Frames, Time: l.Time}
	f.Frame = func(ctx context.Context, i int) (*image.RGBA, error) {
		z, from, to, t := path.At(float64(i) / float64(l.Frames))
		choose(g, l.Pins[from], l.Pins[to], t)
		img := datasets.ToImage(g.Render(z, 1), shape[0], shape[1], shape[2])
		return gallery.Enlarged(ctx, img, f.W, f.H, l.Smooth, func(int) {})
	}
	return f
}

// choose has g make what lies at a share of the way between two pins.
func choose(g *gan.Generator, from, to Pin, t float64) {
	part := from.Part
	if t > 0.5 {
		part = to.Part
	}
	g.Choose(from.Class, part)
	if g.Classes() > 0 && from.Class >= 0 && to.Class >= 0 {
		g.Blend(to.Class, float32(t))
	} else {
		g.Blend(0, 0)
	}
}
