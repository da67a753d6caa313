package nn

import (
	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// minibatchStd appends to each item one more channel, the same all over it, that says how much the
// items of its group differ: the standard deviation over the group of each of the item's numbers,
// and of these the mean (Karras et al., "Progressive Growing of GANs", 2018, section 3). Groups are
// as in StyleGAN2: of n groups, item i is in group i mod n. They are as large as asked for or,
// where that does not divide the batch, as the largest number below it that does. In evaluation,
// when items have nothing to do with each other, the deviation is what it was on average in
// training.
type minibatchStd struct {
	group   int
	running *tensor.Tensor // (1): mean deviation
}

const (
	stdEps = 1e-8
	// runningShare is how much of the way to a batch's statistics running ones go, as in batch
	// normalisation.
	runningShare = 0.1
)

func (m *minibatchStd) forward(c *call, x *grad.Value) *grad.Value {
	shape := x.Shape()
	n := x.Rows()
	if c.mode == Eval {
		return grad.Join(x, x.Tape().Full(m.running.Data[0], append(shape[:len(shape)-1:len(shape)-1], 1)...))
	}
	size := groupSize(n, m.group)
	groups, item := n/size, len(x.Data)/n
	column := tensor.Dims{N: 1, S: size, G: groups * item, K: 1}
	mean := grad.Scale(grad.GroupSum(x, column), 1/float32(size))
	off := grad.Sub(x, grad.GroupExpand(mean, column, shape...))
	std := grad.Sqrt(grad.AddScalar(grad.Scale(grad.GroupDot(off, off, column), 1/float32(size)), stdEps))
	all := tensor.Dims{N: groups, S: 1, G: 1, K: item}
	of := grad.Scale(grad.GroupSum(std, all), 1/float32(item))
	follow(m.running.Data, of.Data)
	if len(shape) == 2 {
		return grad.Join(x, grad.GroupExpand(of, tensor.Dims{N: 1, S: size, G: groups, K: 1}, n, 1))
	}
	d := tensor.Dims{N: 1, S: size, G: groups, K: shape[1] * shape[2]}
	return grad.Join(x, grad.GroupExpand(of, d, n, shape[1], shape[2], 1))
}

// follow moves running means towards the means of rows of a batch's values.
func follow(running, values []float32) {
	rows := len(values) / len(running)
	for k, old := range running {
		sum := 0.0
		for r := range rows {
			sum += float64(values[r*len(running)+k])
		}
		running[k] += runningShare * (float32(sum/float64(rows)) - old)
	}
}

// groupSize returns the largest divisor of n of at most most.
func groupSize(n, most int) int {
	for g := min(n, most); g > 1; g-- {
		if n%g == 0 {
			return g
		}
	}
	return 1
}

// discrimination appends to each item how close it is to the others of its batch (Salimans et al.,
// "Improved Techniques for Training GANs", 2016, section 3.2): for each of B kernels Σ
// exp(−‖M[i,b]−M[j,b]‖₁) over all items j, itself among them, where M is the product with a matrix
// of B·C rows. In evaluation, when items have nothing to do with each other, the sums are what they
// were on average in training.
type discrimination struct {
	weight        int
	kernels, dims int
	running       *tensor.Tensor // (kernels): mean sums
}

func (n *Net) discrimination(i int, l Layer, in Shape) module {
	m := &discrimination{kernels: l.Arg(0), dims: l.Arg(1)}
	m.weight = n.param(i, "weight", m.kernels*m.dims, in[0])
	n.Params[m.weight].start = start{fill: weights, like: Layer{Kind: "linear"}, gain: 1}
	m.running = n.buffer(i, "running_sums", m.kernels)
	return m
}

func (m *discrimination) forward(c *call, x *grad.Value) *grad.Value {
	n := x.Rows()
	if c.mode == Eval {
		mean := x.Tape().Empty(n, m.kernels)
		for i := range n {
			copy(mean.Data[i*m.kernels:], m.running.Data)
		}
		return grad.Join(x, mean)
	}
	seen := grad.Reshape(grad.MatMul(x, c.Values[m.weight], false, true), n, m.kernels, m.dims)
	near := grad.Exp(grad.Scale(grad.PairDistances(seen), -1))
	sums := grad.GroupSum(near, tensor.Dims{N: n, S: n, G: m.kernels, K: 1})
	follow(m.running.Data, sums.Data)
	return grad.Join(x, grad.Reshape(sums, n, m.kernels))
}
