package latent

import (
	"fmt"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// An Inner is one network of a generator, of one class where it knows classes, opened up: it gives
// the outputs of its layers, draws from them, and tells how an item changes with its latent or with
// the output of a layer. Its layers are those of the network, from 0; Latents is what goes into the
// first. It reads the weights of the generator that it was made from, which must not change
// meanwhile. It may be used by one goroutine at a time.
type Inner struct {
	net    *nn.Net
	class  int32
	blend  nn.Blend
	change *Change
	tape   *grad.Tape
	kept   []tensor.Prepared
}

// Latents stands for the number of a layer where latents are meant.
const Latents = -1

// Open returns the network of g that makes items of a class and is number part of several; −1
// stands for the first. Neither matters where there is but one.
func Open(g *gan.Generator, class, part int) *Inner {
	return &Inner{net: g.Net().Part(max(part, 0)), class: int32(max(class, 0)), tape: grad.NewTape()}
}

// Blend mixes a share of a second class into the class.
func (n *Inner) Blend(with int, share float32) { n.blend = nn.Blend{With: int32(with), Share: share} }

// Change has c done to the layers from now on; nil ends that. It panics if c is of other layers.
func (n *Inner) Change(c *Change) {
	if !c.Empty() {
		sizes := n.Sizes()
		for _, l := range c.Layers {
			if l.Layer >= len(sizes) || l.Scale != nil && len(l.Scale) != sizes[l.Layer] || l.Shift != nil && len(l.Shift) != sizes[l.Layer] {
				panic(fmt.Sprintf("latent: a change of layer %d of a generator with other layers", l.Layer))
			}
		}
	}
	n.change = c
}

// Shapes returns the shape of each layer's output.
func (n *Inner) Shapes() []nn.Shape { return shapesOf(n.net) }

// Sizes returns how many values each layer's output has.
func (n *Inner) Sizes() []int { return sizesOf(n.net) }

// Sizes returns how many values the output of each of the generator's layers has.
func Sizes(g *gan.Generator) []int { return sizesOf(g.Net().Part(0)) }

func shapesOf(n *nn.Net) []nn.Shape {
	layers := make([]string, len(n.Layers))
	for i, l := range n.Layers {
		layers[i] = l.String()
	}
	shapes, err := nn.Infer(layers, n.Role().Input(n.In))
	if err != nil {
		panic(err) // they built n
	}
	return shapes
}

func sizesOf(n *nn.Net) (sizes []int) {
	for _, s := range shapesOf(n) {
		sizes = append(sizes, s.Size())
	}
	return sizes
}

// Features returns the outputs of a layer for rows inputs x, (rows, ...): latents, or with from not
// Latents the outputs of that layer. The result is the caller's. To the outputs of from nothing is
// done any more; what is done to those of layer is in the result.
func (n *Inner) Features(x []float32, rows, from, layer int) []float32 {
	n.tape.Reset()
	var b *nn.Bound
	b, n.kept = n.net.BindPrepared(n.tape, n.kept)
	var out []float32
	b.Watch = func(i int, v *grad.Value) {
		if i == layer {
			out = append(out, v.Data...)
		}
	}
	n.forward(b, n.input(x, rows, from), from)
	return out
}

// Items returns the items of rows inputs, as Features does for a layer: (rows, H, W, C) or points.
func (n *Inner) Items(x []float32, rows, from int) []float32 {
	return n.Features(x, rows, from, len(n.net.Layers)-1)
}

// A Trace is one way through a generator, on a tape.
type Trace struct {
	X      *grad.Value   // what went in
	Layers []*grad.Value // the outputs of the layers, nil for those before the one that was begun with
	Items  *grad.Value   // the output of the last, (rows, ...)
}

// Gradient returns loss, a number that f makes of a way through the generator, and how it changes
// with each number of x: (rows, ...), as Features takes it. Both are the caller's.
func (n *Inner) Gradient(x []float32, rows, from int, f func(*Trace) *grad.Value) (loss float32, dx []float32) {
	n.tape.Reset()
	b := n.net.Bind(n.tape, false, nil)
	t := &Trace{X: grad.Variable(n.input(x, rows, from)), Layers: make([]*grad.Value, len(n.net.Layers))}
	b.Watch = func(i int, v *grad.Value) { t.Layers[i] = v }
	t.Items = n.forward(b, t.X, from)
	y := f(t)
	loss = y.Scalar()
	return loss, append(dx, grad.Grad(y, t.X)[0].Data...)
}

// input puts rows inputs on the tape.
func (n *Inner) input(x []float32, rows, from int) *grad.Value {
	shape := n.net.In
	if from >= 0 {
		shape = n.Shapes()[from]
	}
	if len(x) != rows*shape.Size() {
		panic(fmt.Sprintf("latent: %d numbers for %d inputs of shape %v", len(x), rows, shape))
	}
	v := n.tape.Empty(append([]int{rows}, shape...)...)
	copy(v.Data, x)
	return v
}

func (n *Inner) forward(b *nn.Bound, x *grad.Value, from int) *grad.Value {
	b.Change, b.Blend = n.change.On(), n.blend
	if from >= 0 {
		return b.ForwardFrom(from, x, nn.Eval)
	}
	if n.net.Role().ConcatEmbed {
		b.Classes = []int32{n.class}
	}
	return b.Forward(x, nn.Eval)
}
