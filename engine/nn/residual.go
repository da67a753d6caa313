package nn

import (
	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// residual is the pre-activation block of Mescheder et al., "Which Training Methods for GANs do
// actually Converge?", 2018, appendix D: without normalisation
//
//	y = s(x) + 0.1·conv2(lrelu(conv1(lrelu(x))))
//
// with 3×3 filters, LeakyReLU of slope 0.2, the smaller one of both numbers of channels between the
// filters, and as shortcut s the identity or, where the numbers of channels differ, a 1×1
// convolution without bias. "down" is the mean over blocks of 2×2 before the block, "up" repeats
// each pixel 2×2 times behind it: both compute at the lower resolution.
type residual struct {
	conv1, conv2 *convolution
	shortcut     int // −1: none
	mode         string
}

const (
	residualSlope = 0.2
	residualShare = 0.1
)

// residualShapes returns what enters the first filter, and the channels between the filters.
func residualShapes(l Layer, in Shape) (inner Shape, hidden int) {
	inner = in
	if l.Mode == "down" {
		inner = Shape{in[0] / 2, in[1] / 2, in[2]}
	}
	return inner, min(in[2], l.Arg(0))
}

func (n *Net) residual(i int, l Layer, in Shape) module {
	x, hidden := residualShapes(l, in)
	out := l.Arg(0)
	m := &residual{mode: l.Mode, shortcut: -1}
	m.conv1 = n.filter(i, "conv1.", x, hidden, 3)
	m.conv1.finish = residualSlope
	m.conv2 = n.filter(i, "conv2.", Shape{x[0], x[1], hidden}, out, 3)
	if out != in[2] {
		m.shortcut = n.pixelWeights(i, "shortcut.weight", out, in[2])
	}
	return m
}

// filter adds a convolution that keeps the size of a picture x, behind a LeakyReLU, to layer i.
func (n *Net) filter(i int, name string, x Shape, out, k int) *convolution {
	m := &convolution{finish: identity}
	m.shape = tensor.ConvShape{H: x[0], W: x[1], C: x[2], OutC: out, K: k, Stride: 1, Pad: k / 2}
	m.kernel = kernel{weight: n.param(i, name+"weight", out, k, k, x[2])}
	like := Layer{Kind: "conv", Args: []float64{float64(out), float64(k), 1, float64(k / 2)}}
	n.Params[m.weight].start = start{fill: weights, like: like, gain: leakyGain(residualSlope)}
	m.bias = n.param(i, name+"bias", out)
	return m
}

// pixelWeights adds the weights of a 1×1 convolution without bias to layer i.
func (n *Net) pixelWeights(i int, name string, out, in int) int {
	w := n.param(i, name, out, 1, 1, in)
	n.Params[w].start = start{fill: weights, like: Layer{Kind: "conv", Args: []float64{float64(out), 1, 1, 0}}, gain: 1}
	return w
}

func (m *residual) forward(c *call, x *grad.Value) *grad.Value {
	if m.mode == "down" {
		x = grad.AvgPool(x, 2)
	}
	h := m.conv1.forward(c, grad.LeakyRelu(x, residualSlope))
	h = m.conv2.forward(c, h)
	if m.shortcut >= 0 {
		x = perPixel(x, c.Values[m.shortcut])
	}
	y := grad.AddScaled(x, h, residualShare)
	if m.mode == "up" {
		y = grad.UpNearest(y, 2)
	}
	return y
}

// perPixel applies weights (out, 1, 1, in) to the channels of each pixel.
func perPixel(x, w *grad.Value) *grad.Value {
	s := x.Shape()
	out := w.Rows()
	y := grad.MatMul(grad.Reshape(x, s[0]*s[1]*s[2], s[3]), grad.Reshape(w, out, s[3]), false, true)
	return grad.Reshape(y, s[0], s[1], s[2], out)
}
