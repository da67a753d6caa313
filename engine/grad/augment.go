package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// The operations below are those of DiffAugment (Zhao et al. 2020), in which the discriminator sees
// real and generated pictures changed at random and gradients go on through the change. What is
// random, the caller draws.

// Translate returns pictures (N, H, W, C), each moved: item i by down[i] pixels and right[i],
// either of which may be negative, with zeros where nothing arrives.
func Translate(x *Value, down, right []int) *Value {
	n, _, _, _ := picture("Translate", x)
	return translate(x, x.tape.pairs("Translate", n, down, right))
}

func translate(x *Value, shifts []int32) *Value {
	n, h, w, c := picture("Translate", x)
	y := like(x)
	tensor.Translate(y.Data, x.Data, shifts, n, h, w, c)
	y.attr.index = shifts
	return y.record(translateRule, x)
}

// translateRule moves back.
func translateRule(y, dy *Value, _ int) *Value {
	back := y.tape.index(len(y.attr.index))
	for i, s := range y.attr.index {
		back[i] = -s
	}
	return translate(dy, back)
}

// Cutout returns pictures (N, H, W, C) with a rectangle of zeros in each: item i's has its top left
// pixel at (top[i], left[i]), is high × wide pixels large, and may lie partly outside.
func Cutout(x *Value, top, left []int, high, wide int) *Value {
	n, _, _, _ := picture("Cutout", x)
	return cutout(x, x.tape.pairs("Cutout", n, top, left), high, wide)
}

func cutout(x *Value, corners []int32, high, wide int) *Value {
	n, h, w, c := picture("Cutout", x)
	y := like(x)
	tensor.Cutout(y.Data, x.Data, corners, high, wide, n, h, w, c)
	y.attr.index = corners
	y.attr.n[0], y.attr.n[1] = high, wide
	return y.record(cutoutRule, x)
}

func cutoutRule(y, dy *Value, _ int) *Value {
	return cutout(dy, y.attr.index, y.attr.n[0], y.attr.n[1])
}

// Warp returns pictures (N, H, W, C), each resampled by the six numbers of it in maps (N, 6), as
// tensor.Warp says: turned, enlarged, sheared, moved. No gradient goes to maps.
func Warp(x, maps *Value) *Value {
	n, h, w, c := picture("Warp", x)
	y := like(x)
	tensor.Warp(y.Data, x.Data, maps.Data, n, h, w, c)
	return y.record(warpRule, x, Detach(maps))
}

func warpRule(y, dy *Value, _ int) *Value { return warpBack(dy, y.in[1]) }

func warpBack(y, maps *Value) *Value {
	n, h, w, c := picture("Warp", y)
	x := like(y)
	tensor.WarpAdjoint(x.Data, y.Data, maps.Data, n, h, w, c)
	return x.record(warpBackRule, y, maps)
}

func warpBackRule(x, dx *Value, _ int) *Value { return Warp(dx, x.in[1]) }

// pairs returns a[0], b[0], a[1], b[1] … as long as the present nodes live.
func (t *Tape) pairs(op string, n int, a, b []int) []int32 {
	if len(a) != n || len(b) != n {
		panic(fmt.Sprintf("grad: %s of %d items by %d and %d numbers", op, n, len(a), len(b)))
	}
	out := t.index(2 * n)
	for i := range a {
		out[2*i], out[2*i+1] = int32(a[i]), int32(b[i])
	}
	return out
}

// Brightness returns x with by[i] added to every value of item i; by is of shape (N).
func Brightness(x, by *Value) *Value {
	d := perItem(x)
	checkGroups("Brightness", by, d)
	return Add(x, GroupExpand(by, d, x.Shape()...))
}

// Saturation returns pictures (N, H, W, C) with the distance of each channel from the mean of its
// pixel's channels multiplied by factor[i]; factor is of shape (N). Pictures of one channel stay as
// they are.
func Saturation(x, factor *Value) *Value {
	n, h, w, c := picture("Saturation", x)
	if c == 1 {
		return x
	}
	pixel := tensor.Dims{N: n * h * w, S: 1, G: 1, K: c}
	mean := Reshape(Scale(GroupSum(x, pixel), 1/float32(c)), n, h*w)
	rest := ScaleItems(mean, oneMinus(factor))
	return Add(ScaleItems(x, factor), GroupExpand(rest, pixel, x.Shape()...))
}

// Contrast returns x with the distance of each value from its item's mean multiplied by factor[i];
// factor is of shape (N).
func Contrast(x, factor *Value) *Value {
	d := perItem(x)
	mean := Scale(GroupSum(x, d), 1/float32(d.K))
	return GroupAffine(x, factor, Mul(mean, oneMinus(factor)), d)
}

func oneMinus(v *Value) *Value { return AddScalar(Scale(v, -1), 1) }
