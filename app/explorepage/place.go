package explorepage

import (
	"slices"

	"ganvas/engine/latent"
)

// A place is where Explore stands in the space of latents, with the directions along which it
// moves. It belongs to the UI goroutine.
type place struct {
	z          []float32
	uniform    bool // coordinates stay within [-1,1]
	directions []latent.Direction
}

// reach is how far sliders go from 0, and how far a drag over the whole picture moves.
func (p *place) reach() float64 {
	if p.uniform {
		return 1
	}
	return 3
}

// set moves to z, which is copied.
func (p *place) set(z []float32) {
	p.z = slices.Clone(z)
	p.clamp()
}

func (p *place) clamp() {
	if !p.uniform {
		return
	}
	for i, v := range p.z {
		p.z[i] = max(-1, min(1, v))
	}
}

// along returns how far the place lies along direction k: its projection.
func (p *place) along(k int) float64 {
	var sum float64
	for i, v := range p.directions[k].V {
		sum += float64(v) * float64(p.z[i])
	}
	return sum
}

// move goes by distance along direction k.
func (p *place) move(k int, distance float64) {
	if k < 0 || k >= len(p.directions) {
		return
	}
	z := slices.Clone(p.z) // the renderer may still read the old one
	for i, v := range p.directions[k].V {
		z[i] += float32(distance) * v
	}
	p.z = z
	p.clamp()
}

// setAlong moves along direction k until the place lies v along it.
func (p *place) setAlong(k int, v float64) { p.move(k, v-p.along(k)) }

// setCoordinate moves along one axis of the latent space.
func (p *place) setCoordinate(i int, v float64) {
	z := slices.Clone(p.z)
	z[i] = float32(v)
	p.z = z
	p.clamp()
}
