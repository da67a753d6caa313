package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// The operations below see a value as (N, S, G, K), whatever its shape: a group is a pair (n, g),
// its members run over S and K. One pair of operations, GroupSum and GroupExpand, so serves every
// reduction and broadcast.

func checkDims(op string, x *Value, d tensor.Dims) {
	if len(x.Data) != d.N*d.S*d.G*d.K {
		panic(fmt.Sprintf("grad: %s of shape %v as %+v", op, x.Shape(), d))
	}
}

func checkGroups(op string, v *Value, d tensor.Dims) {
	if len(v.Data) != d.N*d.G {
		panic(fmt.Sprintf("grad: %s with %d values for %d groups", op, len(v.Data), d.N*d.G))
	}
}

// whole is the view in which all elements are one group.
func whole(x *Value) tensor.Dims { return tensor.Dims{N: 1, S: 1, G: 1, K: len(x.Data)} }

// perItem is the view in which each row of the batch is a group.
func perItem(x *Value) tensor.Dims {
	return tensor.Dims{N: x.Rows(), S: 1, G: 1, K: len(x.Data) / max(1, x.Rows())}
}

// perChannel is the view in which each channel, the last dimension, is a group.
func perChannel(x *Value) tensor.Dims {
	c := x.dims[x.rank-1]
	return tensor.Dims{N: 1, S: len(x.Data) / max(1, c), G: c, K: 1}
}

// GroupSum returns the sum of each group of x, of shape (N·G).
func GroupSum(x *Value, d tensor.Dims) *Value {
	checkDims("GroupSum", x, d)
	v := x.tape.result([]int{d.N * d.G})
	tensor.GroupSum(v.Data, x.Data, d)
	v.attr.dims = d
	return v.record(groupSumRule, x)
}

func groupSumRule(v, dv *Value, _ int) *Value {
	return GroupExpand(dv, v.attr.dims, v.in[0].Shape()...)
}

// GroupExpand returns a value of a shape in which each member of a group has the group's element of
// v.
func GroupExpand(v *Value, d tensor.Dims, shape ...int) *Value {
	checkGroups("GroupExpand", v, d)
	x := v.tape.result(shape)
	checkDims("GroupExpand", x, d)
	tensor.GroupExpand(x.Data, v.Data, d)
	x.attr.dims = d
	return x.record(groupExpandRule, v)
}

func groupExpandRule(x, dx *Value, _ int) *Value {
	return Reshape(GroupSum(dx, x.attr.dims), x.in[0].Shape()...)
}

// GroupDot returns Σ a·b of each group, of shape (N·G).
func GroupDot(a, b *Value, d tensor.Dims) *Value {
	sameShape("GroupDot", a, b)
	checkDims("GroupDot", a, d)
	v := a.tape.result([]int{d.N * d.G})
	tensor.GroupDot(v.Data, a.Data, b.Data, d)
	v.attr.dims = d
	return v.record(groupDotRule, a, b)
}

func groupDotRule(v, dv *Value, i int) *Value { return GroupScale(v.in[1-i], dv, v.attr.dims) }

// GroupScale returns x with each member of a group multiplied by the group's element of v.
func GroupScale(x, v *Value, d tensor.Dims) *Value {
	checkDims("GroupScale", x, d)
	checkGroups("GroupScale", v, d)
	y := like(x)
	tensor.GroupAffine(y.Data, x.Data, v.Data, nil, d)
	y.attr.dims = d
	return y.record(groupAffineRule, x, v)
}

// GroupAffine returns x·scale+shift with a scale and a shift for each group.
func GroupAffine(x, scale, shift *Value, d tensor.Dims) *Value {
	checkDims("GroupAffine", x, d)
	checkGroups("GroupAffine", scale, d)
	checkGroups("GroupAffine", shift, d)
	y := like(x)
	tensor.GroupAffine(y.Data, x.Data, scale.Data, shift.Data, d)
	y.attr.dims = d
	return y.record(groupAffineRule, x, scale, shift)
}

// GroupAffineLeaky returns LeakyRelu of GroupAffine; a slope of 1 leaves it at that.
func GroupAffineLeaky(x, scale, shift *Value, slope float32, d tensor.Dims) *Value {
	y := GroupAffine(x, scale, shift, d)
	if slope == 1 {
		return y
	}
	leaky(y.Data, y.Data, slope)
	a := y.view() // nobody needs what was there before: the rules of both look at the result of the one and the inputs of the other
	a.attr.s = slope
	return a.record(leakyRule, y)
}

func groupAffineRule(y, dy *Value, i int) *Value {
	d := y.attr.dims
	switch i {
	case 0:
		return GroupScale(dy, y.in[1], d)
	case 1:
		return Reshape(GroupDot(dy, y.in[0], d), y.in[1].Shape()...)
	default:
		return Reshape(GroupSum(dy, d), y.in[2].Shape()...)
	}
}

// addBiasRule is the gradient of x+b, with an element of b for each channel, the last dimension of
// x.
func addBiasRule(y, dy *Value, i int) *Value {
	if i == 1 {
		return Reshape(GroupSum(dy, perChannel(dy)), y.in[1].Shape()...)
	}
	return dy
}

// Sum returns the sum of all elements, a scalar.
func Sum(x *Value) *Value { return Reshape(GroupSum(x, whole(x))) }

// Mean returns the mean of all elements, a scalar.
func Mean(x *Value) *Value { return Scale(Sum(x), 1/float32(len(x.Data))) }

// ScaleItems returns x with row i of the batch multiplied by v[i].
func ScaleItems(x, v *Value) *Value { return GroupScale(x, v, perItem(x)) }
