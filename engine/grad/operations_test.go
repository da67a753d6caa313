package grad

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"ganvas/engine/tensor"
)

// pictureCase is an operation on two pictures of 4 × 3 pixels.
func pictureCase(name string, c int, f func(x *Value) *Value) operation {
	return operation{name, [][]int{{2, 4, 3, c}}, nil, func(x []*Value) *Value { return f(x[0]) }}
}

// perItemCase is an operation on two pictures with a number for each.
func perItemCase(name string, c int, f func(x, v *Value) *Value) operation {
	return operation{name, [][]int{{2, 4, 3, c}, {2}}, nil, func(x []*Value) *Value { return f(x[0], x[1]) }}
}

// augmentations are those that the discriminator's items go through.
func augmentations() []operation {
	return []operation{
		pictureCase("Translate", 2, func(x *Value) *Value { return Translate(x, []int{1, -2}, []int{-1, 2}) }),
		pictureCase("Translate away", 1, func(x *Value) *Value { return Translate(x, []int{9, 0}, []int{0, -3}) }),
		pictureCase("Cutout", 2, func(x *Value) *Value { return Cutout(x, []int{-1, 2}, []int{1, 2}, 3, 2) }),
		pictureCase("Warp", 2, func(x *Value) *Value { return Warp(x, x.tape.View(warps, 2, 6)) }),
		perItemCase("Brightness", 3, Brightness), perItemCase("Saturation", 3, Saturation),
		perItemCase("Contrast", 2, Contrast),
	}
}

// warps turn and stretch one picture and move another.
var warps = []float32{0.9, -0.3, 0.4, 0.2, 1.2, -0.7, 1, 0, -5.5, 0, 1, 1.25}

// packs are of pictures, whose channels move, and of rows, which stay where they are.
func packs() []operation {
	return []operation{
		{"Pack", [][]int{{4, 2, 3, 2}}, nil, func(x []*Value) *Value { return Pack(x[0], 2) }},
		{"unpack", [][]int{{2, 2, 1, 6}}, nil, func(x []*Value) *Value { return unpack(x[0], 3) }},
		{"Pack of rows", [][]int{{4, 3}}, nil, func(x []*Value) *Value { return Pack(x[0], 4) }},
	}
}

// softmaxes are of rows, and of rows of a picture.
func softmaxes() []operation {
	return []operation{
		unary("Softmax", Softmax, nil), pictureCase("Softmax of pixels", 4, Softmax),
		binary("softmaxGrad", func(a, b *Value) *Value { return softmaxGrad(a, b, 4) }),
	}
}

// batches are operations that look at several items, or at neighbouring channels.
func batches() []operation {
	pairs := tensor.From([]float32{0.1, -2, 3, 0.9, 1.3, -4, 2.2, 0.3, 0.7, -0.2, 1.8, -3, -1.1, 0.4, 5, 2, -0.6, -2.5}, 3, 2, 3)
	ops := []operation{
		{"MaxChannels", [][]int{{2, 2, 6}}, spread(), func(x []*Value) *Value { return MaxChannels(x[0], 3) }},
		{"PairDistances", [][]int{{3, 2, 3}}, spread(), func(x []*Value) *Value { return PairDistances(x[0]) }},
		{"pairDistancesGrad", [][]int{{3, 3, 2}}, nil, func(x []*Value) *Value { return pairDistancesGrad(x[0], x[0].tape.Const(pairs)) }},
		{"pairDistancesPush", [][]int{{3, 2, 3}}, nil, func(x []*Value) *Value { return pairDistancesPush(x[0], x[0].tape.Const(pairs)) }},
	}
	for _, trans := range [][2]bool{{false, false}, {false, true}, {true, false}, {true, true}} {
		a, b := []int{2, 3, 4}, []int{2, 4, 2}
		if trans[0] {
			a = []int{2, 4, 3}
		}
		if trans[1] {
			b = []int{2, 2, 4}
		}
		ops = append(ops, operation{fmt.Sprintf("BatchMatMul%v", trans), [][]int{a, b}, nil, func(x []*Value) *Value {
			return BatchMatMul(x[0], x[1], trans[0], trans[1])
		}})
	}
	return ops
}

// TestAugmentationsAndSoftmax compares what these operations make of small numbers with what it
// should be.
func TestAugmentationsAndSoftmax(t *testing.T) {
	tape := NewTape()
	view := func(shape []int, x ...float32) *Value { return tape.View(x, shape...) }
	pic := view([]int{1, 2, 3, 1}, 1, 2, 3, 4, 5, 6)
	pixel := view([]int{1, 1, 1, 3}, 1, 2, 6)
	for _, c := range []struct {
		name string
		got  *Value
		want []float32
	}{
		{"Translate down and left", Translate(pic, []int{1}, []int{-1}), []float32{0, 0, 0, 2, 3, 0}},
		{"Translate up and right", Translate(pic, []int{-1}, []int{2}), []float32{0, 0, 4, 0, 0, 0}},
		{"Warp by half a pixel", Warp(pic, tape.View([]float32{1, 0, 0.5, 0, 1, 0}, 1, 6)), []float32{2.5, 3.5, 4.5, 4, 5, 6}},
		{"Warp upside down", Warp(pic, tape.View([]float32{-1, 0, 0, 0, 1, 0}, 1, 6)), []float32{4, 5, 6, 1, 2, 3}},
		{"Warp beyond the edge", Warp(pic, tape.View([]float32{1, 0, 0, 0, 1, 9}, 1, 6)), []float32{3, 3, 3, 6, 6, 6}},
		{"Cutout", Cutout(pic, []int{-1}, []int{1}, 2, 5), []float32{1, 0, 0, 4, 5, 6}},
		{"Brightness", Brightness(pic, view([]int{1}, 0.5)), []float32{1.5, 2.5, 3.5, 4.5, 5.5, 6.5}},
		{"Saturation", Saturation(pixel, view([]int{1}, 2)), []float32{-1, 1, 9}},
		{"Saturation of grey", Saturation(pic, view([]int{1}, 2)), []float32{1, 2, 3, 4, 5, 6}},
		{"Contrast", Contrast(pixel, view([]int{1}, 0.5)), []float32{2, 2.5, 4.5}},
		{"Pack", Pack(view([]int{2, 1, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8), 2), []float32{1, 2, 5, 6, 3, 4, 7, 8}},
		{"Pack of rows", Pack(view([]int{2, 2}, 1, 2, 3, 4), 2), []float32{1, 2, 3, 4}},
		{"Softmax of large values", Softmax(view([]int{1, 2}, -1000, -1000)), []float32{0.5, 0.5}},
	} {
		if !slices.EqualFunc(c.got.Data, c.want, func(a, b float32) bool { return math.Abs(float64(a-b)) <= 1e-6*(1+math.Abs(float64(b))) }) {
			t.Errorf("%s: got %v, want %v", c.name, c.got.Data, c.want)
		}
	}
}

// TestAugmentationsRefuse: what does not fit is a mistake of the caller's.
func TestAugmentationsRefuse(t *testing.T) {
	tape := NewTape()
	a := tape.Param(tensor.New(3, 4))
	for name, f := range map[string]func(){
		"Translate of a matrix":           func() { Translate(a, []int{0, 0, 0}, []int{0, 0, 0}) },
		"Cutout of another batch":         func() { Cutout(tape.Full(0, 2, 4, 4, 1), []int{0}, []int{0}, 1, 1) },
		"Warp by too few":                 func() { Warp(tape.Full(0, 2, 4, 4, 1), tape.Full(0, 1, 6)) },
		"Brightness by too few":           func() { Brightness(a, tape.Full(0, 2)) },
		"CrossEntropy of too few classes": func() { CrossEntropy(a, []int32{0, 1}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
