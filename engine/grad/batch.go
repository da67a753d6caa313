package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// BatchMatMul returns op(a)·op(b) of the matrices of each item of the batch, where op transposes if
// asked to: a and b are (N, rows, columns).
func BatchMatMul(a, b *Value, transA, transB bool) *Value {
	if a.rank != 3 || b.rank != 3 {
		panic(fmt.Sprintf("grad: BatchMatMul of shapes %v and %v; want batches of matrices", a.Shape(), b.Shape()))
	}
	m, n := a.dims[1], b.dims[2]
	if transA {
		m = a.dims[2]
	}
	if transB {
		n = b.dims[1]
	}
	y := a.tape.result([]int{a.dims[0], m, n})
	yt, at, bt := y.tensor(), a.tensor(), b.tensor()
	tensor.BatchMatMul(&yt, &at, &bt, transA, transB)
	y.attr.trans = [2]bool{transA, transB}
	return y.record(batchMatMulRule, a, b)
}

// batchMatMulRule is matMulRule for each item.
func batchMatMulRule(y, dy *Value, i int) *Value {
	a, b := y.in[0], y.in[1]
	ta, tb := y.attr.trans[0], y.attr.trans[1]
	switch {
	case i == 0 && !ta:
		return BatchMatMul(dy, b, false, !tb)
	case i == 0:
		return BatchMatMul(b, dy, tb, true)
	case !tb:
		return BatchMatMul(a, dy, !ta, false)
	default:
		return BatchMatMul(dy, a, true, ta)
	}
}

// MaxChannels returns the maxima over each pieces channels that are next to one another; pieces
// divides the last dimension.
func MaxChannels(x *Value, pieces int) *Value {
	shape := x.dims
	c := shape[x.rank-1]
	if pieces < 1 || c%pieces != 0 {
		panic(fmt.Sprintf("grad: MaxChannels of shape %v by %d", x.Shape(), pieces))
	}
	shape[x.rank-1] = c / pieces
	y := x.tape.result(shape[:x.rank])
	y.attr.index = x.tape.index(len(y.Data))
	tensor.MaxChannels(y.Data, y.attr.index, x.Data, pieces)
	return y.record(maxPoolRule, x)
}

// PairDistances returns the distances Σ|x[i,k,·] − x[j,k,·]| between the items of x (N, B, C) in
// each of their B parts, of shape (N, N, B).
func PairDistances(x *Value) *Value {
	if x.rank != 3 {
		panic(fmt.Sprintf("grad: PairDistances of shape %v; want three dimensions", x.Shape()))
	}
	n, b, c := x.dims[0], x.dims[1], x.dims[2]
	y := x.tape.result([]int{n, n, b})
	tensor.PairDistances(y.Data, x.Data, n, b, c)
	return y.record(pairDistancesRule, x)
}

func pairDistancesRule(y, dy *Value, _ int) *Value { return pairDistancesGrad(dy, y.in[0]) }

// pairDistancesGrad is linear in dy and flat in x, as only signs of differences of x matter.
func pairDistancesGrad(dy, x *Value) *Value {
	dx := like(x)
	tensor.PairDistancesGrad(dx.Data, dy.Data, x.Data, x.dims[0], x.dims[1], x.dims[2])
	return dx.record(pairDistancesGradRule, dy, x)
}

func pairDistancesGradRule(dx, g *Value, i int) *Value {
	if i == 1 {
		return nil
	}
	return pairDistancesPush(g, dx.in[1])
}

// pairDistancesPush returns by how much the distances between the items of x change when these
// change by g; it is the adjoint of pairDistancesGrad, and flat in x too.
func pairDistancesPush(g, x *Value) *Value {
	n, b := x.dims[0], x.dims[1]
	y := g.tape.result([]int{n, n, b})
	tensor.PairDistancesPush(y.Data, g.Data, x.Data, n, b, x.dims[2])
	return y.record(pairDistancesPushRule, g, x)
}

func pairDistancesPushRule(y, dy *Value, i int) *Value {
	if i == 1 {
		return nil
	}
	return pairDistancesGrad(dy, y.in[1])
}
