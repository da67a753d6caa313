package optim

import (
	"math"

	"ganvas/engine/grad"
)

// A Course is what an optimiser would do if it went on: updates that are operations on a tape, so
// that gradients go through them, into what the parameters' gradients came from as well. It begins
// with what the optimiser remembers, which is a constant, and leaves the optimiser and its
// parameters as they are.
type Course struct {
	o             *Optimizer
	steps         int64
	first, second []*grad.Value
}

// Ahead returns the course from here on.
func (o *Optimizer) Ahead(t *grad.Tape) *Course {
	c := &Course{o: o, steps: o.Steps}
	for _, m := range o.first {
		c.first = append(c.first, t.Const(m))
	}
	for _, v := range o.second {
		c.second = append(c.second, t.Const(v))
	}
	return c
}

// tinySquare keeps the root of a mean square differentiable where that is 0, as of units that never
// had a gradient. It is far below eps².
const tinySquare = 1e-20

// Step returns the parameters after the next update with gradients grads, as Optimizer.Step makes
// it; factor scales the learning rate. A parameter whose gradient is nil stays as it is.
func (c *Course) Step(params, grads []*grad.Value, factor float64) []*grad.Value {
	c.steps++
	o := c.o
	lr := o.LR * factor
	b1, b2 := float32(o.Beta1), float32(o.Beta2)
	next := make([]*grad.Value, len(params))
	for i, p := range params {
		next[i] = p
		g := grads[i]
		if g == nil {
			continue
		}
		switch o.Name {
		case "sgd":
			if c.first != nil {
				g = grad.Add(grad.Scale(c.first[i], float32(o.Momentum)), g)
				c.first[i] = g
			}
			next[i] = grad.AddScaled(p, g, float32(-lr))
		case "rmsprop":
			v := mix(c.second[i], grad.Square(g), b2)
			c.second[i] = v
			next[i] = grad.AddScaled(p, grad.Div(g, root(v)), float32(-lr))
		case "adam":
			m, v := mix(c.first[i], g, b1), mix(c.second[i], grad.Square(g), b2)
			c.first[i], c.second[i] = m, v
			c1, c2 := 1-math.Pow(o.Beta1, float64(c.steps)), 1-math.Pow(o.Beta2, float64(c.steps))
			next[i] = grad.AddScaled(p, grad.Div(m, root(grad.Scale(v, float32(1/c2)))), float32(-lr/c1))
		}
	}
	return next
}

// mix returns decay·old + (1−decay)·x.
func mix(old, x *grad.Value, decay float32) *grad.Value {
	return grad.AddScaled(grad.Scale(old, decay), x, 1-decay)
}

// root returns √v + eps.
func root(v *grad.Value) *grad.Value {
	return grad.AddScalar(grad.Sqrt(grad.AddScalar(v, tinySquare)), eps)
}
