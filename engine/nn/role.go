package nn

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// A Role says what a network has besides its layers in games with classes or with several
// generators. The zero value is a network that is its layers.
type Role struct {
	Classes       int  // of the items; 0: they have none
	ConcatEmbed   bool // an embedding of the class is joined to the input (concat)
	Projection    bool // the output gets the product of the class embedding and the features (projection)
	AuxClassifier bool // a second head gives the logits of the classes (AC-GAN)
	ClassLogits   bool // the last layer gives the logits of the classes; their log-sum-exp is the output (SGAN)
	GeneratorHead int  // generators that a further head tells apart (MDGAN); 0: no such head
}

// Width of an embedding that is joined to the input: numbers in a row, or further channels of a
// picture that are each the same all over it. It does not depend on the number of classes, so that
// neither do the shapes after it.
const (
	flatEmbedding    = 16
	pictureEmbedding = 4
)

// Input returns the shape that enters the first layer for items of shape in.
func (r Role) Input(in Shape) Shape {
	if !r.ConcatEmbed {
		return in
	}
	in = slices.Clone(in)
	if in.Picture() {
		in[2] += pictureEmbedding
	} else {
		in[0] += flatEmbedding
	}
	return in
}

// HasHeads tells whether the last layer's input, the features, serves for more than that layer.
func (r Role) HasHeads() bool {
	return r.Projection || r.AuxClassifier || r.ClassLogits || r.GeneratorHead > 0
}

// layers returns the layers as they are built.
func (r Role) layers(layers []string) ([]string, error) {
	if !r.HasHeads() {
		return layers, nil
	}
	i := len(layers) - 1
	var last Layer
	if i >= 0 {
		last, _ = ParseLayer(layers[i])
	}
	if last.Kind != "linear" {
		return nil, fmt.Errorf("the last layer must be linear for what is said besides: its input are the features")
	}
	if !r.ClassLogits {
		return layers, nil
	}
	layers = slices.Clone(layers)
	layers[i] = last.with(0, r.Classes)
	return layers, nil
}

// CountParams returns the number of parameters of each of the layers and in all, with what the role
// has besides, for items of shape in.
func (r Role) CountParams(layers []string, in Shape) (perLayer []int, total int, err error) {
	if layers, err = r.layers(layers); err != nil {
		return nil, 0, err
	}
	inner := r.Input(in)
	if perLayer, total, err = CountParams(layers, inner); err != nil {
		return nil, 0, err
	}
	total += r.Classes * (inner.Channels() - in.Channels())
	if r.HasHeads() {
		features := inner.Size()
		if shapes, err := Infer(layers, inner); err == nil && len(shapes) > 1 {
			features = shapes[len(shapes)-2].Size()
		}
		if r.Projection {
			total += r.Classes * features
		}
		if r.AuxClassifier {
			total += r.Classes * (features + 1)
		}
		total += r.GeneratorHead * (features + 1)
	}
	return perLayer, total, nil
}

// Heads are what a network gives for a batch besides its output. They are nil where its role has
// none.
type Heads struct {
	Features   *grad.Value // (N, …): what enters the last layer
	Classes    *grad.Value // (N, K): logits
	Generators *grad.Value // (N, generators): logits
}

// extras are a role's parameters, by their place in Net.Params; −1: none.
type extras struct {
	given, project int
	classes        head
	generators     head
	spectral       []*spectral // of project, classes and makers where the last layer is normalised
}

// A head is a linear layer on the features, by the places of its parameters and its place in
// extras.spectral.
type head struct{ weight, bias, norm int }

// NewRole is New for a network with a role.
func NewRole(layers []string, in Shape, role Role) (*Net, error) {
	layers, err := role.layers(layers)
	if err != nil {
		return nil, err
	}
	n, err := New(layers, role.Input(in))
	if err != nil {
		return nil, err
	}
	n.role = role
	inner := n.In
	n.In = in
	e := extras{-1, -1, head{-1, -1, 1}, head{-1, -1, 2}, make([]*spectral, 3)}
	if role.ConcatEmbed {
		e.given = n.extra("embed.weight", role.Classes, inner.Channels()-in.Channels())
	}
	if role.HasHeads() {
		last := n.lastWeight()
		features := last.Value.Shape[1]
		sn := n.Layers[len(n.Layers)-1].Spectral
		if role.Projection {
			e.project = n.extra("project.weight", role.Classes, features)
			e.spectral[0] = n.extraSpectral(sn, "project.", role.Classes, features)
		}
		for _, x := range []struct {
			h    *head
			name string
			n    int
		}{{&e.classes, "classes.", classesOf(role)}, {&e.generators, "makers.", role.GeneratorHead}} {
			if x.n > 0 {
				x.h.weight, x.h.bias = n.extra(x.name+"weight", x.n, features), n.extra(x.name+"bias", x.n)
				e.spectral[x.h.norm] = n.extraSpectral(sn, x.name, x.n, features)
			}
		}
		for _, p := range n.Params {
			if len(p.Value.Shape) == 2 && p.Value.Shape[1] == features && p.extra {
				p.layout.in = last.layout.in
			}
		}
		for _, norm := range e.spectral {
			for _, p := range n.Buffers {
				if norm != nil && p.Value == norm.v { // runs over features
					p.layout.out = last.layout.in
				}
			}
		}
	}
	if role.ClassLogits {
		n.Out = Shape{1}
	}
	n.extras = e
	return n, nil
}

func classesOf(r Role) int {
	if r.AuxClassifier {
		return r.Classes
	}
	return 0
}

func (n *Net) extra(name string, shape ...int) int {
	n.Params = append(n.Params, &Param{Name: name, Value: tensor.New(shape...), extra: true})
	return len(n.Params) - 1
}

// lastWeight returns the weights of the last layer.
func (n *Net) lastWeight() *Param {
	for i := len(n.Params) - 1; ; i-- {
		if p := n.Params[i]; !p.extra && len(p.Value.Shape) == 2 {
			return p
		}
	}
}

// extraSpectral returns a normaliser of an additional matrix, or nil.
func (n *Net) extraSpectral(on bool, name string, rows, cols int) *spectral {
	if !on {
		return nil
	}
	s := &spectral{rows: rows, cols: cols, u: tensor.New(rows), v: tensor.New(cols)}
	n.Buffers = append(n.Buffers, &Param{Name: name + "weight_u", Value: s.u}, &Param{Name: name + "weight_v", Value: s.v})
	return s
}

// initExtras starts what a role has besides the layers: embeddings that are joined to the input are
// N(0, 1), as in PyTorch, the others are weights of a linear layer.
func (n *Net) initExtras(name string, rng *rand.Rand) {
	e := n.extras
	for i, p := range n.Params {
		switch {
		case !p.extra:
		case i == e.given:
			for j := range p.Value.Data {
				p.Value.Data[j] = float32(rng.NormFloat64())
			}
		case len(p.Value.Shape) == 1 || name == "zero-last":
			clear(p.Value.Data)
		default:
			initWeights(p.Value, Layer{Kind: "linear"}, 1, name, rng)
		}
	}
	for i, at := range []int{e.project, e.classes.weight, e.generators.weight} {
		if len(e.spectral) > 0 && at >= 0 {
			e.spectral[i].init(n.Params[at])
		}
	}
}

// joined returns x with an embedding of the items' classes, if they are given to the network.
func (c *call) joined(x *grad.Value) *grad.Value {
	e := c.Net.extras
	if !c.Net.role.ConcatEmbed {
		return x
	}
	y := grad.Lookup(c.Values[e.given], c.classes(x.Rows()))
	if c.Blend.Share != 0 {
		second := grad.Lookup(c.Values[e.given], slices.Repeat([]int32{c.Blend.With}, x.Rows()))
		y = grad.AddScaled(grad.Scale(y, 1-c.Blend.Share), second, c.Blend.Share)
	}
	if s := x.Shape(); len(s) == 4 {
		d := tensor.Dims{N: s[0], S: s[1] * s[2], G: y.Shape()[1], K: 1}
		y = grad.GroupExpand(y, d, s[0], s[1], s[2], d.G)
	}
	return grad.Join(x, y)
}

// classes returns those of n items. Where there are several times as many items as Bound.Classes,
// as when real and generated ones go through together, each time is of the same classes.
func (c *call) classes(n int) []int32 {
	given := c.Classes
	if len(given) == 0 || n%len(given) != 0 {
		panic(fmt.Sprintf("nn: classes of %d items, but %d items go through the network", len(given), n))
	}
	for len(given) < n {
		given = append(given[:len(given):len(given)], c.Classes...)
	}
	return given
}

// say returns the output for features and what the last layer made of them, and notes what is said
// besides.
func (c *call) say(features, y *grad.Value) *grad.Value {
	r, e := c.Net.role, c.Net.extras
	said := Heads{Features: features}
	n := y.Rows()
	if r.Projection {
		w := e.spectral[0].normalize(c, c.Values[e.project])
		d := tensor.Dims{N: n, S: 1, G: 1, K: len(features.Data) / n}
		y = grad.Add(y, grad.Reshape(grad.GroupDot(grad.Lookup(w, c.classes(n)), features, d), n, 1))
	}
	if r.AuxClassifier {
		said.Classes = e.head(c, e.classes, features)
	}
	if r.ClassLogits {
		said.Classes = y
		y = grad.Reshape(grad.LogSumExp(y), n, 1)
	}
	if r.GeneratorHead > 0 {
		said.Generators = e.head(c, e.generators, features)
		y = grad.Sub(y, grad.Reshape(grad.LogSumExp(said.Generators), n, 1))
	}
	c.Bound.Heads = said
	return y
}

func (e *extras) head(c *call, h head, features *grad.Value) *grad.Value {
	w := e.spectral[h.norm].normalize(c, c.Values[h.weight])
	return grad.Linear(features, w, c.Values[h.bias], 1)
}
