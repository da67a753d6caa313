package latent

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPath goes through its pins, closes, stays on the sphere or in the cube, and has neither jumps
// nor corners.
func TestPath(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, uniform := range []bool{false, true} {
		for _, closed := range []bool{false, true} {
			p := Path{Uniform: uniform, Closed: closed}
			for range 4 {
				z := make([]float32, 6)
				for k := range z {
					z[k] = float32(r.NormFloat64())
					if uniform {
						z[k] = 2*r.Float32() - 1
					}
				}
				p.Pins = append(p.Pins, z)
			}
			n := p.Segments()
			if want := map[bool]int{false: 3, true: 4}[closed]; n != want {
				t.Fatalf("%d segments, want %d", n, want)
			}
			for i := range n + 1 {
				z, _, _, _ := p.At(float64(i) / float64(n))
				for k, v := range p.Pins[i%4] {
					if math.Abs(float64(z[k]-v)) > 1e-5 {
						t.Fatalf("uniform %v, closed %v: pin %d is %v, it goes through %v", uniform, closed, i, p.Pins[i%4], z)
					}
				}
			}
			const steps = 4000
			before, _, _, _ := p.At(0)
			speed := []float32(nil)
			for i := 1; i <= steps; i++ {
				z, _, _, _ := p.At(float64(i) / steps)
				now := make([]float32, len(z))
				for k := range z {
					now[k] = (z[k] - before[k]) * steps
					if uniform && (z[k] < -1 || z[k] > 1) {
						t.Fatalf("it leaves the cube: %v", z)
					}
				}
				if speed != nil && !uniform && far(now, speed) > 0.05*(1+size(now)) {
					t.Fatalf("closed %v: a corner at %d of %d: %v, then %v", closed, i, steps, speed, now)
				}
				before, speed = z, now
			}
		}
	}
}

func far(a, b []float32) float64 {
	d := slices.Clone(a)
	for k := range d {
		d[k] -= b[k]
	}
	return size(d)
}

// TestPathEase rests at the pins, and says between which it is.
func TestPathEase(t *testing.T) {
	p := Path{Pins: [][]float32{{1, 0}, {0, 1}, {-1, 0.1}}, Closed: true, Ease: 1}
	a, from, to, at := p.At(1.0/3 + 0.001)
	if b, _, _, _ := p.At(1.0 / 3); far(a, b) > 1e-4 || from != 1 || to != 2 || at > 1e-4 {
		t.Errorf("just after a pin it is %v away, from %d to %d at %v", far(a, b), from, to, at)
	}
	if _, from, to, _ := p.At(1); from != 2 || to != 0 {
		t.Errorf("at its end it is between %d and %d", from, to)
	}
}
