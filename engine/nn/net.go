package nn

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// Param is a named array of a network: a parameter that training changes, or a buffer that it keeps
// (running statistics). The name is that of PyTorch's state dict, such as "0.weight".
type Param struct {
	Name   string
	Value  *tensor.Tensor
	layout layout
	layer  int // that it belongs to
	start  start
	extra  bool // belongs to the network's role, not to a layer
}

// Layer returns the number of the layer that p belongs to, in each part of several networks; −1 for
// what the network's role has besides its layers.
func (p *Param) Layer() int {
	if p.extra {
		return -1
	}
	return p.layer
}

// Net is a network built from layer strings: a chain of modules and their parameters.
// It may be used by one goroutine at a time.
type Net struct {
	Layers  []Layer
	In, Out Shape
	Params  []*Param
	Buffers []*Param
	Parts   []*Net // the networks that this one is, nil if it is only one

	modules []module
	role    Role
	extras  extras
}

// A module is one layer with its parameters.
type module interface {
	forward(c *call, x *grad.Value) *grad.Value
}

// call is what a module may need besides its input.
type call struct {
	*Bound
	mode Mode
}

// Mode says how a network is used.
type Mode int

const (
	// Eval uses running statistics and leaves everything as it is.
	Eval Mode = iota
	// Train uses statistics of the batch, updates running ones, drops out, and adds noise.
	Train
)

// New builds a network for items of shape in, with all weights zero; Init fills them. The error is
// Infer's.
func New(layers []string, in Shape) (*Net, error) {
	shapes, err := Infer(layers, in)
	if err != nil {
		return nil, err
	}
	n := &Net{In: in, Out: in}
	for i, text := range layers {
		l, err := ParseLayer(text)
		if err != nil {
			return nil, err
		}
		n.Layers = append(n.Layers, l)
		n.modules = append(n.modules, n.module(i, l, n.Out, shapes[i]))
		n.Out = shapes[i]
	}
	n.setLayouts(shapes)
	return n, nil
}

// param adds a parameter of layer i.
func (n *Net) param(i int, name string, shape ...int) int {
	n.Params = append(n.Params, &Param{Name: fmt.Sprintf("%d.%s", i, name), Value: tensor.New(shape...), layer: i})
	return len(n.Params) - 1
}

// buffer adds a buffer of layer i.
func (n *Net) buffer(i int, name string, shape ...int) *tensor.Tensor {
	p := &Param{Name: fmt.Sprintf("%d.%s", i, name), Value: tensor.New(shape...), layer: i}
	n.Buffers = append(n.Buffers, p)
	return p.Value
}

// CountParams returns the number of values that training changes.
func (n *Net) CountParams() int {
	total := 0
	for _, p := range n.Params {
		total += len(p.Value.Data)
	}
	return total
}

// BatchDependent reports whether, in training, an item's output depends on more than the item and
// the weights: on the rest of the batch (batch normalisation, the minibatch layers), or on earlier
// calls (spectral normalisation).
func (n *Net) BatchDependent() bool {
	return slices.ContainsFunc(n.Layers, Layer.BatchDependent)
}

// Random reports whether the network draws random numbers in training.
func (n *Net) Random() bool {
	return slices.ContainsFunc(n.Layers, func(l Layer) bool { return l.Kind == "dropout" || l.Kind == "noise" })
}

// CopyFrom copies all parameters and buffers of src, a network of the same layers. It panics if
// they differ.
func (n *Net) CopyFrom(src *Net) {
	copyParams(n.Params, src.Params)
	copyParams(n.Buffers, src.Buffers)
}

func copyParams(dst, src []*Param) {
	if len(dst) != len(src) {
		panic("nn: copy between networks of different layers")
	}
	for i, p := range dst {
		if p.Name != src[i].Name || len(p.Value.Data) != len(src[i].Value.Data) {
			panic("nn: copy between networks of different layers")
		}
		copy(p.Value.Data, src[i].Value.Data)
	}
}

// Clone returns a copy that shares nothing with n.
func (n *Net) Clone() *Net {
	if n.Parts != nil {
		return n.cloneParts()
	}
	layers := make([]string, len(n.Layers))
	for i, l := range n.Layers {
		layers[i] = l.String()
	}
	c, err := NewRole(layers, n.In, n.role)
	if err != nil {
		panic(err) // they built n
	}
	c.CopyFrom(n)
	return c
}

// Bound is a network whose parameters are values on a tape.
type Bound struct {
	Net    *Net
	Values []*grad.Value                              // of Net.Params, in order
	Rand   *rand.Rand                                 // for dropout and noise
	Watch  func(layer int, x *grad.Value)             // told of every layer's output, if not nil; an activation may be that of the layer before
	Change func(layer int, x *grad.Value) *grad.Value // what the next layer is given in place of a layer's output, if not nil

	sparing bool // no layer's output is needed once the next layer has seen it

	Classes []int32 // of the items, where the network's role asks for them
	Blend   Blend   // of a second class, where an embedding of the class is joined to the input
	Heads   Heads   // of the last batch
}

// A Blend is a second class whose embedding is mixed into that of each item's own: Share of it, from
// 0 to 1. The zero value mixes nothing.
type Blend struct {
	With  int32
	Share float32
}

// Bind records the parameters on a tape: as parameters if they are to be trained, otherwise as
// constants, so that nothing is computed for them. rng is for dropout and noise and may be nil
// where there are none.
func (n *Net) Bind(t *grad.Tape, trainable bool, rng *rand.Rand) *Bound {
	b := &Bound{Net: n, Rand: rng, Values: make([]*grad.Value, len(n.Params))}
	for i, p := range n.Params {
		if trainable {
			b.Values[i] = t.Param(p.Value)
		} else {
			b.Values[i] = t.Const(p.Value)
		}
	}
	return b
}

// BindPrepared is Bind for a network that only computes, many times, with weights that do not
// change: kept, which is of the same length as Params or empty, keeps what convolutions make of
// their weights. It returns kept for the next time.
func (n *Net) BindPrepared(t *grad.Tape, kept []tensor.Prepared) (*Bound, []tensor.Prepared) {
	if len(kept) == 0 {
		kept = make([]tensor.Prepared, len(n.Params))
	}
	b := &Bound{Net: n, Values: make([]*grad.Value, len(n.Params)), sparing: true}
	for i, p := range n.Params {
		b.Values[i] = t.Prepared(p.Value, &kept[i])
	}
	return b, kept
}

// BindLowMemory is Bind for a network that only computes, and in little memory: a layer's output is
// freed once the next layer has used it.
func (n *Net) BindLowMemory(t *grad.Tape) *Bound {
	b := n.Bind(t, false, nil)
	b.sparing = true
	return b
}

// Forward returns the network's output for a batch x of shape (N, In…): shape (N, Out…).
func (b *Bound) Forward(x *grad.Value, mode Mode) *grad.Value {
	if got := Shape(x.Shape()[1:]); !got.Equal(b.Net.In) {
		panic(fmt.Sprintf("nn: forward of items of shape %v; want %v", got, b.Net.In))
	}
	if b.Net.Parts != nil {
		return b.forwardParts(x, mode)
	}
	c := &call{Bound: b, mode: mode}
	x = c.joined(x)
	features := x
	start := x.Tape().Mark()
	for i, m := range b.Net.modules {
		features = x
		x = m.forward(c, x)
		if b.Change != nil {
			x = b.Change(i, x)
		}
		if b.Watch != nil {
			b.Watch(i, x)
		}
		if b.sparing && b.Watch == nil && !b.Net.role.HasHeads() {
			x.Tape().Recycle(start, x)
		}
	}
	if b.Net.role.HasHeads() {
		return c.say(features, x)
	}
	if !b.sparing { // else their memory is given back
		b.Heads = Heads{Features: features}
	}
	return x
}

// ForwardFrom returns the network's output for features x, (N, ...), in place of the output of a
// layer; what Watch and Change are told begins with the layer after it. It panics for a network of
// several parts, or one that has heads.
func (b *Bound) ForwardFrom(layer int, x *grad.Value, mode Mode) *grad.Value {
	if b.Net.Parts != nil || b.Net.role.HasHeads() {
		panic("nn: forward from a layer of several networks or of one with heads")
	}
	c := &call{Bound: b, mode: mode}
	for i := layer + 1; i < len(b.Net.modules); i++ {
		x = b.Net.modules[i].forward(c, x)
		if b.Change != nil {
			x = b.Change(i, x)
		}
		if b.Watch != nil {
			b.Watch(i, x)
		}
	}
	return x
}

// NonFinite returns the name of the first parameter, or gradient of one, that holds an infinity or
// NaN, and whether there is any.
func (n *Net) NonFinite(grads []*grad.Value) (string, bool) {
	for i, p := range n.Params {
		if !tensor.AllFinite(p.Value.Data) || grads != nil && grads[i] != nil && !tensor.AllFinite(grads[i].Data) {
			return p.Name, true
		}
	}
	return "", false
}
