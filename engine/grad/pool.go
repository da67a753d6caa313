package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// A resampling operation keeps n, h, w, c of the larger or smaller picture and the factor in
// attr.n.

func picture(op string, x *Value) (n, h, w, c int) {
	if x.rank != 4 {
		panic(fmt.Sprintf("grad: %s of shape %v; want (N, H, W, C)", op, x.Shape()))
	}
	return x.dims[0], x.dims[1], x.dims[2], x.dims[3]
}

func divides(op string, h, w, k int) {
	if k < 1 || h%k != 0 || w%k != 0 {
		panic(fmt.Sprintf("grad: %s by %d of %d×%d pixels", op, k, h, w))
	}
}

// SumPool returns the sums over k×k blocks of a picture (N, H, W, C).
func SumPool(x *Value, k int) *Value {
	n, h, w, c := picture("SumPool", x)
	divides("SumPool", h, w, k)
	y := x.tape.result([]int{n, h / k, w / k, c})
	tensor.SumPool(y.Data, x.Data, n, h, w, c, k)
	y.attr.n[0] = k
	return y.record(sumPoolRule, x)
}

func sumPoolRule(y, dy *Value, _ int) *Value { return UpNearest(dy, y.attr.n[0]) }

// AvgPool returns the means over k×k blocks of a picture.
func AvgPool(x *Value, k int) *Value { return Scale(SumPool(x, k), 1/float32(k*k)) }

// UpNearest repeats every pixel of a picture f times in both directions.
func UpNearest(x *Value, f int) *Value {
	n, h, w, c := picture("UpNearest", x)
	y := x.tape.result([]int{n, h * f, w * f, c})
	tensor.UpNearest(y.Data, x.Data, n, h, w, c, f)
	y.attr.n[0] = f
	return y.record(upNearestRule, x)
}

func upNearestRule(y, dy *Value, _ int) *Value { return SumPool(dy, y.attr.n[0]) }

// MaxPool returns the maxima over k×k blocks of a picture.
func MaxPool(x *Value, k int) *Value {
	n, h, w, c := picture("MaxPool", x)
	divides("MaxPool", h, w, k)
	y := x.tape.result([]int{n, h / k, w / k, c})
	y.attr.index = x.tape.index(len(y.Data))
	tensor.MaxPool(y.Data, y.attr.index, x.Data, n, h, w, c, k)
	return y.record(maxPoolRule, x)
}

func maxPoolRule(y, dy *Value, _ int) *Value { return scatter(dy, y.attr.index, y.in[0].Shape()) }

// scatter returns zeros of a shape with the elements of y at the places of index.
func scatter(y *Value, index []int32, shape []int) *Value {
	x := y.tape.result(shape)
	tensor.Scatter(x.Data, y.Data, index)
	x.attr.index = index
	return x.record(scatterRule, y)
}

func scatterRule(x, dx *Value, _ int) *Value { return gather(dx, x.attr.index, x.in[0].Shape()) }

func gather(x *Value, index []int32, shape []int) *Value {
	y := x.tape.result(shape)
	tensor.Gather(y.Data, x.Data, index)
	y.attr.index = index
	return y.record(maxPoolRule, x)
}

// UpBilinear enlarges a picture f times with bilinear interpolation between pixel centres
// (PyTorch's align_corners=False).
func UpBilinear(x *Value, f int) *Value {
	n, h, w, c := picture("UpBilinear", x)
	y := x.tape.result([]int{n, h * f, w * f, c})
	tensor.UpBilinear(y.Data, x.Data, n, h, w, c, f)
	y.attr.n[0] = f
	return y.record(upBilinearRule, x)
}

func upBilinearRule(y, dy *Value, _ int) *Value {
	f := y.attr.n[0]
	n, h, w, c := picture("UpBilinear", y.in[0])
	dx := dy.tape.result([]int{n, h, w, c})
	tensor.UpBilinearAdjoint(dx.Data, dy.Data, n, h, w, c, f)
	dx.attr.n[0] = f
	return dx.record(upBilinearAdjointRule, dy)
}

func upBilinearAdjointRule(dx, g *Value, _ int) *Value { return UpBilinear(g, dx.attr.n[0]) }
