package core

import "ganvas/engine/sampler"

// A Place is where a page stands in the latent space: the latent of a seed, and how far it was
// moved along each direction.
type Place struct {
	Seed        uint64
	Moves       []float64 // may be fewer than the directions
	Class, Part int       // which class, and which of several networks makes it
}

// An Engine makes what a page shows. It may be used by one goroutine at a time.
type Engine struct {
	model Model
	g     *sampler.Generator
}

// NewEngine returns an engine of a model.
func NewEngine(m Model) *Engine { return &Engine{m, m.Generator()} }

// Reach is how far sliders go from 0, and half of how far a drag over the whole picture moves.
func Reach(kind string) float64 {
	if kind == "uniform" {
		return 1
	}
	return 3
}

// latent returns the latent of a place.
func (e *Engine) latent(p Place) []float32 {
	z := e.g.Noise(p.Seed, 1)
	for k, distance := range p.Moves[:min(len(p.Moves), len(e.model.Directions))] {
		for i, v := range e.model.Directions[k] {
			z[i] += float32(distance) * v
		}
	}
	if e.model.Kind == "uniform" {
		for i, v := range z {
			z[i] = max(-1, min(1, v))
		}
	}
	return z
}

// Along returns how far the latent of a seed lies along each direction.
func (e *Engine) Along(seed uint64) []float64 {
	z := e.g.Noise(seed, 1)
	along := make([]float64, len(e.model.Directions))
	for k, d := range e.model.Directions {
		for i, v := range d {
			along[k] += float64(v) * float64(z[i])
		}
	}
	return along
}

// Values returns the item of a place: a picture (H, W, C) with values from −1 to 1, or a point. It
// holds until the engine is used again.
func (e *Engine) Values(p Place) []float32 {
	e.g.Choose(p.Class, p.Part)
	return e.g.Render(e.latent(p), 1)
}

// Picture returns the picture of a place: RGBA, row after row, colours not multiplied by alpha.
func (e *Engine) Picture(p Place) []byte {
	values, c := e.Values(p), e.g.Out().Channels()
	pixels := make([]byte, 0, 4*len(values)/c)
	for ; len(values) > 0; values = values[c:] {
		v := values
		switch c {
		case 1:
			grey := toByte(v[0])
			pixels = append(pixels, grey, grey, grey, 255)
		case 3:
			pixels = append(pixels, toByte(v[0]), toByte(v[1]), toByte(v[2]), 255)
		default:
			pixels = append(pixels, toByte(v[0]), toByte(v[1]), toByte(v[2]), toByte(v[3]))
		}
	}
	return pixels
}

// toByte is datasets.ToByte, which the page has no room for.
func toByte(v float32) uint8 {
	if !(v > -1) { // also NaN
		return 0
	}
	if v >= 1 {
		return 255
	}
	return uint8((v+1)*127.5 + 0.5)
}

const (
	cloudPoints = 600
	gridLines   = 13 // along each of two directions
)

// LinePoints is how many points each of Lines has.
const LinePoints = 33

// Cloud returns points of random latents, x and y in turn; the same every time.
func (e *Engine) Cloud(class, part int) []float32 {
	e.g.Choose(class, part)
	return append([]float32(nil), e.g.Render(e.g.Noise(1, cloudPoints), cloudPoints)...)
}

// Lines returns where the lines of a grid of latents around a place go that lie along the two
// strongest directions: LinePoints points, x and y in turn, for each of 2·gridLines lines. It does
// not matter where the place lies along these two. A latent of one number has one line.
func (e *Engine) Lines(p Place) []float32 {
	e.g.Choose(p.Class, p.Part)
	axes := min(2, len(e.model.Directions))
	reach := Reach(e.model.Kind)
	moves := make([]float64, len(e.model.Directions))
	copy(moves, p.Moves)
	along := e.Along(p.Seed)
	at := func(t float64, k int) float64 { return reach*(2*t-1) - along[k] }
	var z []float32
	for k := range axes {
		for i := range gridLines {
			side := append([]float64(nil), moves...)
			if axes > 1 {
				side[1-k] = at(float64(i)/(gridLines-1), 1-k)
			}
			for j := range LinePoints {
				side[k] = at(float64(j)/(LinePoints-1), k)
				z = append(z, e.latent(Place{Seed: p.Seed, Moves: side})...)
			}
			if axes == 1 {
				break
			}
		}
	}
	return append([]float32(nil), e.g.Render(z, len(z)/e.g.Latent())...)
}
