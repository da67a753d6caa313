package nn

import (
	"fmt"
	"strings"

	"ganvas/engine/tensor"
)

// layout says how an array differs from PyTorch's: filters are stored with channels last, and
// features that come from, or become, the pixels of a picture are ordered H, W, C instead of C, H,
// W.
type layout struct {
	filter  bool  // (A, K, K, B) here, (A, B, K, K) there
	out, in Shape // pictures whose pixels the outputs and the inputs are, or nil
}

// setLayouts finds the pictures behind flat features: forwards from flatten, backwards from
// unflatten.
func (n *Net) setLayouts(shapes []Shape) {
	after := make([]Shape, len(n.Layers)+1) // picture behind what leaves layer i−1
	for i, l := range n.Layers {
		in := n.In
		if i > 0 {
			in = shapes[i-1]
		}
		switch {
		case l.Kind == "flatten" && in.Picture():
			after[i+1] = in
		case l.Kind == "maxout" && !in.Picture() && after[i] != nil:
			after[i+1] = after[i].resized(after[i][2] / l.Arg(0))
		case !l.weighted() && !shapes[i].Picture():
			after[i+1] = after[i]
		}
	}
	for i := len(n.Layers) - 1; i >= 0; i-- {
		l := n.Layers[i]
		switch {
		case l.Kind == "unflatten":
			after[i] = shapes[i]
		case l.Kind == "maxout" && !shapes[i].Picture() && after[i] == nil && after[i+1] != nil:
			after[i] = after[i+1].resized(after[i+1][2] * l.Arg(0))
		case !l.weighted() && l.Kind != "flatten" && !shapes[i].Picture() && after[i] == nil:
			after[i] = after[i+1]
		}
	}
	for i, p := range append(append([]*Param(nil), n.Params...), n.Buffers...) {
		p.setLayout(n.Layers[p.layer], after[p.layer], after[p.layer+1], i >= len(n.Params))
	}
}

// setLayout finds the layout of an array, a parameter or a buffer of layer l, from the pictures
// behind what enters and leaves the layer.
func (p *Param) setLayout(l Layer, before, behind Shape, buffer bool) {
	p.layout.filter = len(p.Value.Shape) == 4
	if !p.layout.filter {
		p.layout.out = behind
	}
	if len(p.Value.Shape) == 2 {
		p.layout.in = before
	}
	switch {
	case l.Kind == "minibatch-discrimination" || l.Kind == "minibatch-std":
		p.layout.out = nil // it runs over kernels, or is a single number
	case buffer && strings.HasSuffix(p.Name, "weight_v"): // runs over inputs
		p.layout.out = before
		if l.Kind == "conv" {
			k := l.Arg(1)
			p.layout.out = Shape{k, k, len(p.Value.Data) / (k * k)}
		}
	}
}

// TorchShape returns the shape of the array in PyTorch's state dict.
func (p *Param) TorchShape() []int {
	s := p.Value.Shape
	if p.layout.filter {
		return []int{s[0], s[3], s[1], s[2]}
	}
	return s
}

// Torch returns the values in the order of PyTorch's state dict.
func (p *Param) Torch() []float32 {
	out := make([]float32, len(p.Value.Data))
	p.eachTorch(func(here, there int) { out[there] = p.Value.Data[here] })
	return out
}

// SetTorch sets the values from the order of PyTorch's state dict. It panics if the length differs.
func (p *Param) SetTorch(x []float32) {
	if len(x) != len(p.Value.Data) {
		panic(fmt.Sprintf("nn: %d values for %s of shape %v", len(x), p.Name, p.Value.Shape))
	}
	p.eachTorch(func(here, there int) { p.Value.Data[here] = x[there] })
}

// eachTorch calls f with each index here and in PyTorch's order.
func (p *Param) eachTorch(f func(here, there int)) {
	s := p.Value.Shape
	switch {
	case p.layout.filter:
		a, k, b := s[0], s[1], s[3]
		for i := range a {
			for y := range k {
				for x := range k {
					for c := range b {
						f(((i*k+y)*k+x)*b+c, ((i*b+c)*k+y)*k+x)
					}
				}
			}
		}
	case len(s) == 2:
		for o := range s[0] {
			for i := range s[1] {
				f(o*s[1]+i, channelsFirst(o, p.layout.out)*s[1]+channelsFirst(i, p.layout.in))
			}
		}
	default:
		for i := range tensor.Size(s) {
			f(i, channelsFirst(i, p.layout.out))
		}
	}
}

// channelsFirst returns the place in C, H, W order of element i in H, W, C order; i itself if there
// is no picture, or behind it.
func channelsFirst(i int, picture Shape) int {
	if picture == nil || i >= picture.Size() {
		return i
	}
	c := i % picture[2]
	pixel := i / picture[2]
	return c*picture[0]*picture[1] + pixel
}
