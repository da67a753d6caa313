package others

import (
	"math"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// langevin walks down an energy with noise: x ← x − ε²/2·∇E(x) + ε·ξ. For small ε, and after many
// steps, places are distributed as e^−E (G. Roberts and R. Tweedie, "Exponential Convergence of
// Langevin Distributions and their Discrete Approximations", Bernoulli 2, 1996).
type langevin struct {
	tape  *grad.Tape
	step  float64 // ε
	most  float64 // length of a point's −ε²/2·∇E(x) at most; 0: any
	reach float64 // half of the side of a square that points keep to; 0: none
	noise *gan.Stream
}

// walk moves x (n, 2) by a number of steps down an energy, which gives each item's (n, 1). seen, if
// not nil, is told after each.
func (l *langevin) walk(x *tensor.Tensor, steps int, energy func(x *grad.Value) *grad.Value, seen func()) {
	for range steps {
		l.tape.Reset()
		at := l.tape.Param(x)
		slope := grad.GradOnce(grad.Sum(energy(at)), at)[0]
		l.move(x.Data, slope.Data)
		if seen != nil {
			seen()
		}
	}
}

func (l *langevin) move(x, slope []float32) {
	half := l.step * l.step / 2
	for i := 0; i+1 < len(x); i += 2 {
		dx, dy := half*float64(slope[i]), half*float64(slope[i+1])
		if long := math.Hypot(dx, dy); l.most > 0 && long > l.most {
			dx, dy = dx*l.most/long, dy*l.most/long
		}
		x[i] += float32(l.step*l.noise.NormFloat64() - dx)
		x[i+1] += float32(l.step*l.noise.NormFloat64() - dy)
	}
	if l.reach > 0 {
		tensor.Clamp(x, x, float32(-l.reach), float32(l.reach))
	}
}
