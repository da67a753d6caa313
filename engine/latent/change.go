package latent

import (
	"fmt"
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
)

// A Change is what is done to the inside of a generator while it draws: the outputs of some of its
// layers are scaled and shifted, number by number. Switching a unit off, giving it another strength,
// pasting it into a place, drawing the features towards their mean and moving along a direction of
// the features are all of that form. The zero value, and nil, change nothing. A Change is never
// written once it is made.
type Change struct {
	Layers []LayerChange `json:"layers,omitempty"` // ascending, each layer at most once
}

// A LayerChange turns a layer's output x into Scale·x + Shift. Each has a number for every value of
// the output, in its order (H, W, C), or none: scaled by 1, shifted by 0.
type LayerChange struct {
	Layer int       `json:"layer"`
	Scale []float32 `json:"scale,omitempty"`
	Shift []float32 `json:"shift,omitempty"`
}

// Empty tells whether c changes nothing.
func (c *Change) Empty() bool { return c == nil || len(c.Layers) == 0 }

// Then returns the change that does c and, to its result, next.
func (c *Change) Then(next *Change) *Change {
	switch {
	case c.Empty():
		return next
	case next.Empty():
		return c
	}
	out := &Change{Layers: slices.Clone(c.Layers)}
	for _, l := range next.Layers {
		at, found := slices.BinarySearchFunc(out.Layers, l.Layer, func(a LayerChange, layer int) int { return a.Layer - layer })
		if found {
			out.Layers[at] = out.Layers[at].then(l)
		} else {
			out.Layers = slices.Insert(out.Layers, at, l)
		}
	}
	return out
}

// then returns the change that does l and then next, of the same layer: next.Scale·(l.Scale·x +
// l.Shift) + next.Shift.
func (l LayerChange) then(next LayerChange) LayerChange {
	out := LayerChange{Layer: l.Layer, Scale: product(l.Scale, next.Scale), Shift: next.Shift}
	if l.Shift != nil {
		out.Shift = product(l.Shift, next.Scale)
		if next.Shift != nil {
			out.Shift = slices.Clone(out.Shift)
			for i, v := range next.Shift {
				out.Shift[i] += v
			}
		}
	}
	return out
}

// product multiplies number by number; nil stands for ones.
func product(a, b []float32) []float32 {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	out := slices.Clone(a)
	for i, v := range b {
		out[i] *= v
	}
	return out
}

// Fits returns an error unless c can be done to g: each of its layers exists and has as many values
// as c has numbers, all of them finite.
func (c *Change) Fits(g *gan.Generator) error {
	if c.Empty() {
		return nil
	}
	sizes := Sizes(g)
	last := -1
	for _, l := range c.Layers {
		switch {
		case l.Layer < 0 || l.Layer >= len(sizes):
			return fmt.Errorf("layer %d: the generator has %d layers", l.Layer+1, len(sizes))
		case l.Layer <= last:
			return fmt.Errorf("layer %d is changed twice", l.Layer+1)
		}
		last = l.Layer
		for _, numbers := range [][]float32{l.Scale, l.Shift} {
			if numbers != nil && len(numbers) != sizes[l.Layer] {
				return fmt.Errorf("layer %d has %d values, and the change is of %d", l.Layer+1, sizes[l.Layer], len(numbers))
			}
			if slices.ContainsFunc(numbers, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }) {
				return fmt.Errorf("layer %d is changed by a number that is not finite", l.Layer+1)
			}
		}
	}
	return nil
}

// On returns what does c to the outputs of layers, as Generator.Change and nn.Bound.Change want it;
// nil if c is empty.
func (c *Change) On() func(layer int, x *grad.Value) *grad.Value {
	if c.Empty() {
		return nil
	}
	return func(layer int, x *grad.Value) *grad.Value {
		for _, l := range c.Layers {
			if l.Layer == layer {
				return l.apply(x)
			}
		}
		return x
	}
}

// apply scales and shifts each item of x, (N, ...).
func (l LayerChange) apply(x *grad.Value) *grad.Value {
	size := len(x.Data) / max(1, x.Rows())
	each := func(numbers []float32) *grad.Value {
		v := x.Tape().Empty(x.Shape()...)
		for i := range x.Rows() {
			copy(v.Data[i*size:(i+1)*size], numbers)
		}
		return v
	}
	if l.Scale != nil {
		x = grad.Mul(x, each(l.Scale))
	}
	if l.Shift != nil {
		x = grad.Add(x, each(l.Shift))
	}
	return x
}
