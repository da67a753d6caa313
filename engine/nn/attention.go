package nn

import (
	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// attention lets every pixel look at all others: the self-attention of Zhang et al.,
// "Self-Attention Generative Adversarial Networks", 2019, section 3. With 1×1 convolutions f, g, h
// from C channels to C/8, and v back to C, none with a bias,
//
//	o[j] = v(Σ β[j,i]·h(x[i])), β[j,·] = softmax over i of f(x[i])·g(x[j]), y = γ·o + x
//
// with γ, which is 0 at first, learnt.
type attention struct {
	f, g, h, v, gamma int
	narrow            int // channels in between
}

// attentionPixels is how many pixels may look at each other: there is a number for each pair in
// each item of a batch.
const attentionPixels = 4096

// narrowChannels returns the channels in which pixels are compared.
func narrowChannels(c int) int { return max(1, c/8) }

func (n *Net) attention(i int, in Shape) module {
	c := in.Channels()
	m := &attention{narrow: narrowChannels(c)}
	m.f = n.pixelWeights(i, "f.weight", m.narrow, c)
	m.g = n.pixelWeights(i, "g.weight", m.narrow, c)
	m.h = n.pixelWeights(i, "h.weight", m.narrow, c)
	m.v = n.pixelWeights(i, "v.weight", c, m.narrow)
	m.gamma = n.param(i, "gamma", 1)
	return m
}

func (m *attention) forward(c *call, x *grad.Value) *grad.Value {
	s := x.Shape()
	n, pixels := s[0], s[1]*s[2]
	narrow := func(w int) *grad.Value { return grad.Reshape(perPixel(x, c.Values[w]), n, pixels, m.narrow) }
	scores := grad.BatchMatMul(narrow(m.g), narrow(m.f), false, true)
	seen := grad.BatchMatMul(grad.Softmax(scores), narrow(m.h), false, false)
	o := perPixel(grad.Reshape(seen, n, s[1], s[2], m.narrow), c.Values[m.v])
	return grad.Add(x, grad.GroupScale(o, c.Values[m.gamma], tensor.Dims{N: 1, S: 1, G: 1, K: len(o.Data)}))
}
