package nn

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// A kernel is the weights of a layer as they are used: as they are stored, divided by their largest
// singular value ("sn"), or put together from a length and a direction for each output ("wn").
type kernel struct {
	weight   int
	spectral *spectral
	wn       *weightNorm
}

// kernel adds the weights of a layer, whose shape is (out, …), or (in, …, out) if it is transposed.
func (n *Net) kernel(i int, l Layer, transposed bool, shape ...int) kernel {
	rows := shape[0]
	cols := tensor.Size(shape[1:])
	if l.WeightNorm {
		w := &weightNorm{dims: tensor.Dims{N: rows, S: 1, G: 1, K: cols}}
		lengths := []int{rows, 1}
		if len(shape) == 4 {
			lengths = []int{rows, 1, 1, 1}
		}
		if transposed {
			out := shape[3]
			w.dims = tensor.Dims{N: 1, S: rows * cols / out, G: out, K: 1}
			lengths = []int{1, 1, 1, out}
		}
		w.length = n.param(i, "weight_g", lengths...)
		n.Params[w.length].start = start{fill: untouched}
		k := kernel{weight: n.param(i, "weight_v", shape...), wn: w}
		n.Params[k.weight].start = start{fill: weights, like: l}
		return k
	}
	k := kernel{weight: n.param(i, weightName(l), shape...)}
	n.Params[k.weight].start = start{fill: weights, like: l}
	k.spectral = n.spectral(i, l, rows, cols, transposed)
	return k
}

func weightName(l Layer) string {
	if l.Spectral {
		return "weight_orig"
	}
	return "weight"
}

// values returns the weights.
func (k kernel) values(c *call) *grad.Value {
	w := c.Values[k.weight]
	if k.wn != nil {
		return k.wn.values(c.Values[k.wn.length], w)
	}
	return k.spectral.normalize(c, w)
}

// begin sets what follows from the weights that Init has drawn. zero asks for weights of zero.
func (k kernel) begin(n *Net, zero bool) {
	w := n.Params[k.weight].Value
	if k.wn != nil {
		k.wn.begin(n.Params[k.wn.length].Value.Data, w.Data, zero)
		return
	}
	k.spectral.init(n.Params[k.weight])
}

// weightNorm gives the weights of output o the length g[o] and the direction v[o]: w = g·v/‖v‖
// (Salimans and Kingma 2016, equation 2). It is PyTorch's weight_norm, of a transposed convolution
// with dim=1: there outputs are the second dimension.
type weightNorm struct {
	length int
	dims   tensor.Dims // a group for each output
}

func (m *weightNorm) values(g, v *grad.Value) *grad.Value {
	return grad.GroupScale(v, grad.Mul(flat(g), grad.Rsqrt(grad.GroupDot(v, v, m.dims))), m.dims)
}

// begin gives v the length that it has: training starts from the weights that were drawn. Weights
// of zero have a direction too.
func (m *weightNorm) begin(g, v []float32, zero bool) {
	if clear(g); zero {
		return
	}
	squares := make([]float32, len(g))
	tensor.GroupDot(squares, v, v, m.dims)
	for i, s := range squares {
		g[i] = float32(math.Sqrt(float64(s)))
	}
}

func flat(x *grad.Value) *grad.Value { return grad.Reshape(x, len(x.Data)) }
