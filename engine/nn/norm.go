package nn

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

const normEps = 1e-5 // as in PyTorch

// batchNorm normalises each channel over the batch (Ioffe and Szegedy 2015). Running statistics
// move by a tenth each step, the variance unbiased, as in PyTorch.
type batchNorm struct {
	finish
	weight, bias int
	mean, vari   *tensor.Tensor
}

func (n *Net) batchNorm(i int, in Shape) module {
	c := in.Channels()
	m := &batchNorm{finish: identity, weight: n.scales(i, c), bias: n.param(i, "bias", c)}
	m.mean = n.buffer(i, "running_mean", c)
	m.vari = n.buffer(i, "running_var", c)
	tensor.Fill(m.vari.Data, 1)
	return m
}

// scales adds a factor for each of c channels to layer i.
func (n *Net) scales(i, c int) int {
	w := n.param(i, "weight", c)
	n.Params[w].start.fill = ones
	return w
}

func (m *batchNorm) forward(c *call, x *grad.Value) *grad.Value {
	d := perChannel(x)
	if c.mode == Eval {
		return m.eval(c, x, d)
	}
	y, mean, rstd := grad.BatchNorm(x, c.Values[m.weight], c.Values[m.bias], float32(m.finish), normEps)
	const momentum = 0.1
	unbiased := float64(d.S) / float64(max(1, d.S-1))
	for i, r := range rstd {
		v := (1/(float64(r)*float64(r)) - normEps) * unbiased
		m.mean.Data[i] += momentum * (mean[i] - m.mean.Data[i])
		m.vari.Data[i] += momentum * (float32(v) - m.vari.Data[i])
	}
	return y
}

// eval applies the running statistics: one scale and one shift a channel.
func (m *batchNorm) eval(c *call, x *grad.Value, d tensor.Dims) *grad.Value {
	rstd := x.Tape().Empty(d.G)
	shift := x.Tape().Empty(d.G)
	for i, v := range m.vari.Data {
		rstd.Data[i] = float32(1 / math.Sqrt(float64(v)+normEps))
		shift.Data[i] = -m.mean.Data[i] * rstd.Data[i]
	}
	w := c.Values[m.weight]
	return grad.GroupAffineLeaky(x, grad.Mul(w, rstd), grad.Add(grad.Mul(w, shift), c.Values[m.bias]), float32(m.finish), d)
}

func perChannel(x *grad.Value) tensor.Dims {
	shape := x.Shape()
	c := shape[len(shape)-1]
	return tensor.Dims{N: 1, S: len(x.Data) / c, G: c, K: 1}
}

// norm is instance, layer or group normalisation, with a weight and a bias a channel.
type norm struct {
	weight, bias int
	groups       int // of channels that share statistics
}

func (n *Net) norm(i int, l Layer, in Shape) module {
	c := in.Channels()
	m := &norm{weight: n.scales(i, c), bias: n.param(i, "bias", c)}
	switch l.Kind {
	case "in":
		m.groups = c
	case "ln":
		m.groups = 1
	case "gn":
		m.groups = l.Arg(0)
	}
	return m
}

func (m *norm) forward(c *call, x *grad.Value) *grad.Value {
	channel := perChannel(x)
	n := x.Rows()
	d := tensor.Dims{N: n, S: channel.S / max(1, n), G: m.groups, K: channel.G / m.groups}
	y, _, _ := grad.Normalize(x, normEps, d)
	return grad.GroupAffine(y, c.Values[m.weight], c.Values[m.bias], channel)
}
