package grad

import (
	"slices"
	"testing"

	"ganvas/engine/tensor"
)

// TestProfile counts the operations of a small network and of its gradient, each under its own
// name.
func TestProfile(t *testing.T) {
	tape := NewTape()
	x := tensor.New(2, 4, 4, 3)
	w := tensor.New(5, 3, 3, 3)
	m := tensor.New(80, 2)
	for _, a := range []*tensor.Tensor{x, w, m} {
		for i := range a.Data {
			a.Data[i] = float32(i%7) - 3
		}
	}
	s := tensor.ConvShape{N: 2, H: 4, W: 4, C: 3, OutC: 5, K: 3, Stride: 1, Pad: 1}
	step := func() {
		tape.Reset()
		a, b := tape.Param(w), tape.Param(m)
		y := Tanh(Relu(Conv(tape.Const(x), a, s)))
		Grad(Sum(MatMul(Reshape(y, 2, 80), b, false, false)), a, b)
		tape.Lap("after")
	}
	step() // before it is asked for
	p := NewProfile()
	tape.SetProfile(p)
	step()
	step()
	tape.SetProfile(nil)
	step() // and after

	conv, product := "2×(4×4×3, 4×4×5) 3/1", "2×2×80"
	type line struct {
		name, shape string
		calls       int
		flops       float64
	}
	want := []line{
		{"Conv", conv, 2, 2 * 2 * 2 * 16 * 5 * 27},
		{"ConvFilter", conv, 2, 2 * 2 * 2 * 16 * 5 * 27},
		{"GroupExpand", "", 2, 0},
		{"GroupSum", "", 2, 0},
		{"LeakyRelu", "", 2, 0},
		{"MatMul", product, 2, 2 * 2 * 2 * 2 * 80},
		{"MatMul", "2×80×2", 2, 2 * 2 * 2 * 2 * 80},
		{"MatMul", "80×2×2", 2, 2 * 2 * 2 * 2 * 80},
		{"Reshape", "", 8, 0}, // of the pixels and of the sum, and back
		{"after", "", 2, 0},
		{"leakyGrad", "", 2, 0},
		{"tanhGrad", "", 2, 0},
		{"Tanh", "", 2, 0},
	}
	var got []line
	for _, l := range p.Lines() {
		if l.Time < 0 {
			t.Errorf("%s %s took %v", l.Name, l.Shape, l.Time)
		}
		if l.Name != Between {
			got = append(got, line{l.Name, l.Shape, l.Calls, l.Flops})
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("no line %+v", w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestProfileOfBatches: products of each item count as so many products.
func TestProfileOfBatches(t *testing.T) {
	tape, p := NewTape(), NewProfile()
	tape.SetProfile(p)
	a, b := tape.Full(1, 3, 5, 2), tape.Full(1, 3, 5, 4)
	BatchMatMul(a, b, true, false)
	for _, l := range p.Lines() {
		if l.Name == "BatchMatMul" && l.Shape == "3×(2×4×5)" && l.Calls == 1 && l.Flops == 2*3*2*4*5 {
			return
		}
	}
	t.Errorf("no line of the products in %+v", p.Lines())
}
