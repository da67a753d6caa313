package nn

import (
	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// pointwise is a layer without parameters.
type pointwise func(x *grad.Value) *grad.Value

func (f pointwise) forward(_ *call, x *grad.Value) *grad.Value { return f(x) }

// activations by kind.
var activations = map[string]pointwise{
	"relu": grad.Relu, "silu": grad.SiLU, "gelu": grad.GELU, "tanh": grad.Tanh, "sigmoid": grad.Sigmoid,
	"softplus": grad.Softplus, "pixelnorm": pixelNorm, "flatten": flatten,
}

// module returns layer i with its parameters, which it adds to n.
func (n *Net) module(i int, l Layer, in, out Shape) module {
	if n.join(l) {
		return pointwise(func(x *grad.Value) *grad.Value { return x })
	}
	if f, ok := activations[l.Kind]; ok {
		return f
	}
	switch l.Kind {
	case "linear":
		m := &linear{finish: identity, kernel: n.kernel(i, l, false, out[0], in[0])}
		m.bias = n.param(i, "bias", out[0])
		return m
	case "conv", "convt":
		return n.convolution(i, l, in, out)
	case "lrelu":
		slope := float32(l.Args[0])
		return pointwise(func(x *grad.Value) *grad.Value { return grad.LeakyRelu(x, slope) })
	case "unflatten":
		return pointwise(func(x *grad.Value) *grad.Value { return grad.Reshape(x, x.Rows(), out[0], out[1], out[2]) })
	case "up":
		f := l.Arg(0)
		if l.Mode == "bilinear" {
			return pointwise(func(x *grad.Value) *grad.Value { return grad.UpBilinear(x, f) })
		}
		return pointwise(func(x *grad.Value) *grad.Value { return grad.UpNearest(x, f) })
	case "avgpool":
		return pointwise(func(x *grad.Value) *grad.Value { return grad.AvgPool(x, l.Arg(0)) })
	case "maxpool":
		return pointwise(func(x *grad.Value) *grad.Value { return grad.MaxPool(x, l.Arg(0)) })
	case "maxout":
		return pointwise(func(x *grad.Value) *grad.Value { return grad.MaxChannels(x, l.Arg(0)) })
	case "dropout":
		return dropout(l.Args[0])
	case "noise":
		return noise(l.Args[0])
	case "residual":
		return n.residual(i, l, in)
	case "attention":
		return n.attention(i, in)
	case "minibatch-std":
		return &minibatchStd{l.Arg(0), n.buffer(i, "running_std", 1)}
	case "minibatch-discrimination":
		return n.discrimination(i, l, in)
	case "bn":
		return n.batchNorm(i, in)
	case "in", "ln", "gn":
		return n.norm(i, l, in)
	}
	panic("nn: no module for layer " + l.String())
}

func flatten(x *grad.Value) *grad.Value {
	return grad.Reshape(x, x.Rows(), len(x.Data)/max(1, x.Rows()))
}

// pixelNorm divides each pixel, or flat item, by the root mean square of its channels (Karras et
// al. 2018, section 4.2).
func pixelNorm(x *grad.Value) *grad.Value {
	shape := x.Shape()
	c := shape[len(shape)-1]
	d := tensor.Dims{N: len(x.Data) / c, S: 1, G: 1, K: c}
	meanSquare := grad.Scale(grad.GroupDot(x, x, d), 1/float32(c))
	return grad.GroupScale(x, grad.Rsqrt(grad.AddScalar(meanSquare, 1e-8)), d)
}

// A finish is what a layer with weights does to each of its sums: Leaky with this slope.
type finish float32

const identity finish = 1

// join gives the activation l to the layer before it if that can do both in one pass, and tells
// whether it can.
func (n *Net) join(l Layer) bool {
	slope := finish(0)
	switch l.Kind {
	case "relu":
	case "lrelu":
		slope = finish(l.Args[0])
	default:
		return false
	}
	if len(n.modules) == 0 {
		return false
	}
	f, ok := n.modules[len(n.modules)-1].(interface{ finishWith(slope finish) })
	if ok {
		f.finishWith(slope)
	}
	return ok
}

func (f *finish) finishWith(slope finish) { *f = slope }

// linear is x·Wᵀ + b, with W of shape (out, in).
type linear struct {
	finish
	kernel
	bias int
}

func (m *linear) forward(c *call, x *grad.Value) *grad.Value {
	return grad.Linear(x, m.values(c), c.Values[m.bias], float32(m.finish))
}

// convolution is a convolution with weights (out, K, K, in), or a transposed one with weights (in,
// K, K, out).
type convolution struct {
	finish
	kernel
	bias       int
	shape      tensor.ConvShape // but for N; of a transposed convolution, that of its adjoint
	transposed bool
}

func (n *Net) convolution(i int, l Layer, in, out Shape) module {
	m := &convolution{finish: identity, transposed: l.Kind == "convt"}
	k := l.Arg(1)
	from, to := in, out
	if m.transposed {
		from, to = out, in
	}
	m.shape = tensor.ConvShape{H: from[0], W: from[1], C: from[2], OutC: to[2], K: k, Stride: l.Arg(2), Pad: l.Arg(3)}
	m.kernel = n.kernel(i, l, m.transposed, to[2], k, k, from[2])
	m.bias = n.param(i, "bias", out[2])
	return m
}

func (m *convolution) forward(c *call, x *grad.Value) *grad.Value {
	w := m.values(c)
	s := m.shape
	s.N = x.Rows()
	if m.transposed {
		return grad.BiasedConvTransposed(x, w, c.Values[m.bias], float32(m.finish), s)
	}
	return grad.BiasedConv(x, w, c.Values[m.bias], float32(m.finish), s)
}

// dropout is the probability with which a value is set to zero in training; the others are scaled
// to keep the mean (Srivastava et al. 2014, section 10).
type dropout float64

func (p dropout) forward(c *call, x *grad.Value) *grad.Value {
	if c.mode == Eval || p == 0 {
		return x
	}
	mask := x.Tape().Empty(x.Shape()...)
	tensor.DropoutMask(mask.Data, float32(1/(1-float64(p))), float64(p), c.Rand.Uint64())
	return grad.Mul(x, mask)
}

// noise is the standard deviation of the Gaussian noise that is added in training.
type noise float64

func (sigma noise) forward(c *call, x *grad.Value) *grad.Value {
	if c.mode == Eval || sigma == 0 {
		return x
	}
	drawn := x.Tape().Empty(x.Shape()...)
	tensor.Gaussian(drawn.Data, c.Rand.Uint64())
	return grad.AddScaled(x, drawn, float32(sigma))
}
