package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// MatMul returns op(a)·op(b) of two matrices, where op transposes if asked to.
func MatMul(a, b *Value, transA, transB bool) *Value {
	if a.rank != 2 || b.rank != 2 {
		panic(fmt.Sprintf("grad: MatMul of shapes %v and %v; want matrices", a.Shape(), b.Shape()))
	}
	m, ka := a.dims[0], a.dims[1]
	if transA {
		m, ka = ka, m
	}
	kb, n := b.dims[0], b.dims[1]
	if transB {
		kb, n = n, kb
	}
	if ka != kb {
		panic(fmt.Sprintf("grad: MatMul of shapes %v and %v (transposed: %t, %t)", a.Shape(), b.Shape(), transA, transB))
	}
	y := a.tape.result([]int{m, n})
	yt, at, bt := y.tensor(), a.tensor(), b.tensor()
	tensor.MatMul(&yt, &at, &bt, transA, transB)
	y.attr.trans = [2]bool{transA, transB}
	return y.record(matMulRule, a, b)
}

func matMulRule(y, dy *Value, i int) *Value {
	a, b := y.in[0], y.in[1]
	ta, tb := y.attr.trans[0], y.attr.trans[1]
	switch {
	case i == 0 && !ta:
		return MatMul(dy, b, false, !tb)
	case i == 0:
		return MatMul(b, dy, tb, true)
	case !tb:
		return MatMul(a, dy, !ta, false)
	default:
		return MatMul(dy, a, true, ta)
	}
}

// Linear returns x·wᵀ+b with LeakyRelu of a slope applied, where 1 leaves it out: x is (N, in), w
// (out, in), b (out).
func Linear(x, w, b *Value, slope float32) *Value { return biased(MatMul(x, w, false, true), b, slope) }

// biased returns LeakyRelu(y+b, slope), with an element of b for each channel, in one pass and in
// y's memory: y must be the result of a product or a convolution, whose rule does not look at it,
// and nobody else may use it.
func biased(y, b *Value, slope float32) *Value {
	checkGroups("biased", b, perChannel(y))
	if slope < 0 {
		panic("grad: LeakyRelu with a negative slope")
	}
	sum := y.view()
	tensor.BiasLeaky(y.Data, b.Data, slope)
	sum.record(addBiasRule, y, b)
	if slope == 1 {
		return sum
	}
	a := y.view()
	a.attr.s = slope
	return a.record(leakyRule, sum)
}

func (v *Value) tensor() tensor.Tensor { return tensor.Tensor{Shape: v.Shape(), Data: v.Data} }

// Conv returns the convolution (cross-correlation) of x (N, H, W, C) with w (OutC, K, K, C), as s
// says: (N, OH, OW, OutC).
func Conv(x, w *Value, s tensor.ConvShape) *Value {
	oh, ow := s.Out()
	y := x.tape.result([]int{s.N, oh, ow, s.OutC})
	w.prepared.Conv(y.Data, x.Data, w.Data, s)
	y.attr.conv = s
	return y.record(convRule, x, w)
}

func convRule(y, dy *Value, i int) *Value {
	if i == 0 {
		return ConvTransposed(dy, y.in[1], y.attr.conv)
	}
	return ConvFilter(y.in[0], dy, y.attr.conv)
}

// BiasedConv returns Conv(x, w, s) with b, an element for each channel, added and LeakyRelu of a
// slope applied, where 1 leaves it out.
func BiasedConv(x, w, b *Value, slope float32, s tensor.ConvShape) *Value {
	return biased(Conv(x, w, s), b, slope)
}

// ConvTransposed is the adjoint of Conv in its first argument: y (N, OH, OW, OutC) becomes (N, H,
// W, C).
func ConvTransposed(y, w *Value, s tensor.ConvShape) *Value {
	x := y.tape.result([]int{s.N, s.H, s.W, s.C})
	w.prepared.ConvTransposed(x.Data, y.Data, w.Data, s)
	x.attr.conv = s
	return x.record(convTransposedRule, y, w)
}

func convTransposedRule(x, dx *Value, i int) *Value {
	if i == 0 {
		return Conv(dx, x.in[1], x.attr.conv)
	}
	return ConvFilter(dx, x.in[0], x.attr.conv)
}

// BiasedConvTransposed is to ConvTransposed as BiasedConv is to Conv.
func BiasedConvTransposed(y, w, b *Value, slope float32, s tensor.ConvShape) *Value {
	return biased(ConvTransposed(y, w, s), b, slope)
}

// ConvFilter is the adjoint of Conv in its second argument: x (N, H, W, C) and y (N, OH, OW, OutC)
// give (OutC, K, K, C).
func ConvFilter(x, y *Value, s tensor.ConvShape) *Value {
	w := x.tape.result([]int{s.OutC, s.K, s.K, s.C})
	tensor.ConvFilter(w.Data, x.Data, y.Data, s)
	w.attr.conv = s
	return w.record(convFilterRule, x, y)
}

func convFilterRule(w, dw *Value, i int) *Value {
	if i == 0 {
		return ConvTransposed(w.in[1], dw, w.attr.conv)
	}
	return Conv(w.in[0], dw, w.attr.conv)
}
