package grad

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/engine/tensor"
)

// operation is one case of the generic check of first and second derivatives.
type operation struct {
	name   string
	shapes [][]int
	draw   func(rng *rand.Rand) float64 // of an element; nil: away from 0, where activations have their kinks
	f      func(x []*Value) *Value
}

func apart(rng *rand.Rand) float64 {
	x := 0.3 + rng.Float64()
	if rng.IntN(2) == 0 {
		return -x
	}
	return x
}

func positive(rng *rand.Rand) float64 { return 0.5 + rng.Float64() }

var (
	bn   = tensor.Dims{N: 1, S: 12, G: 3, K: 1}
	gn   = tensor.Dims{N: 2, S: 3, G: 2, K: 3}
	conv = tensor.ConvShape{N: 2, H: 5, W: 4, C: 2, OutC: 3, K: 3, Stride: 2, Pad: 1}
)

func unary(name string, f func(*Value) *Value, draw func(*rand.Rand) float64) operation {
	return operation{name, [][]int{{3, 4}}, draw, func(x []*Value) *Value { return f(x[0]) }}
}

func binary(name string, f func(a, b *Value) *Value) operation {
	return operation{name, [][]int{{3, 4}, {3, 4}}, nil, func(x []*Value) *Value { return f(x[0], x[1]) }}
}

func operations() []operation {
	ops := []operation{
		binary("Add", Add), binary("Sub", Sub), binary("Mul", Mul), binary("Div", Div),
		binary("AddScaled", func(a, b *Value) *Value { return AddScaled(a, b, -1.7) }),
		binary("Concat", Concat),
		unary("Scale", func(a *Value) *Value { return Scale(a, 1.3) }, nil),
		unary("AddScalar", func(a *Value) *Value { return AddScalar(a, 1.3) }, nil),
		unary("Square", Square, nil), unary("Sqrt", Sqrt, positive), unary("Rsqrt", Rsqrt, positive),
		unary("Exp", Exp, nil), unary("Log", Log, positive),
		unary("Relu", Relu, nil), unary("LeakyRelu", func(a *Value) *Value { return LeakyRelu(a, 0.2) }, nil),
		unary("Tanh", Tanh, nil), unary("Sigmoid", Sigmoid, nil), unary("Softplus", Softplus, nil),
		unary("SiLU", SiLU, nil), unary("GELU", GELU, nil), unary("normPDF", normPDF, nil),
		unary("Sum", Sum, nil), unary("Mean", Mean, nil),
		unary("Reshape", func(a *Value) *Value { return Reshape(a, 2, 6) }, nil),
		unary("Rows", func(a *Value) *Value { return Rows(a, 1, 3) }, nil),
		unary("padRows", func(a *Value) *Value { return padRows(a, 1, 5) }, nil),
		{"ScaleItems", [][]int{{3, 4}, {3}}, nil, func(x []*Value) *Value { return ScaleItems(x[0], x[1]) }},
		{"GroupSum", [][]int{{2, 3, 6}}, nil, func(x []*Value) *Value { return GroupSum(x[0], gn) }},
		{"GroupExpand", [][]int{{4}}, nil, func(x []*Value) *Value { return GroupExpand(x[0], gn, 2, 3, 6) }},
		{"GroupDot", [][]int{{2, 3, 6}, {2, 3, 6}}, nil, func(x []*Value) *Value { return GroupDot(x[0], x[1], gn) }},
		{"GroupScale", [][]int{{2, 3, 6}, {4}}, nil, func(x []*Value) *Value { return GroupScale(x[0], x[1], gn) }},
		{"GroupAffine", [][]int{{12, 3}, {3}, {3}}, nil, func(x []*Value) *Value { return GroupAffine(x[0], x[1], x[2], bn) }},
		{"GroupAffineLeaky", [][]int{{12, 3}, {3}, {3}}, positive, func(x []*Value) *Value {
			return GroupAffineLeaky(x[0], Scale(x[1], -1), Scale(x[2], 0.1), 0.2, bn)
		}},
		{"Conv", [][]int{{2, 5, 4, 2}, {3, 3, 3, 2}}, nil, func(x []*Value) *Value { return Conv(x[0], x[1], conv) }},
		{"ConvTransposed", [][]int{{2, 3, 2, 3}, {3, 3, 3, 2}}, nil, func(x []*Value) *Value { return ConvTransposed(x[0], x[1], conv) }},
		{"ConvFilter", [][]int{{2, 5, 4, 2}, {2, 3, 2, 3}}, nil, func(x []*Value) *Value { return ConvFilter(x[0], x[1], conv) }},
		{"BiasedConv", [][]int{{2, 5, 4, 2}, {3, 3, 3, 2}, {3}}, nil, func(x []*Value) *Value { return BiasedConv(x[0], x[1], x[2], 1, conv) }},
		{"BiasedConvTransposed", [][]int{{2, 3, 2, 3}, {3, 3, 3, 2}, {2}}, nil, func(x []*Value) *Value {
			return BiasedConvTransposed(x[0], x[1], x[2], 1, conv)
		}},
		{"Linear", [][]int{{3, 4}, {2, 4}, {2}}, nil, func(x []*Value) *Value { return Linear(x[0], x[1], x[2], 1) }},
		// Of positive values only, so that the sums stay away from the kink at 0.
		{"Linear with a slope", [][]int{{3, 4}, {2, 4}, {2}}, positive, func(x []*Value) *Value { return Linear(x[0], Scale(x[1], -1), x[2], 0.2) }},
		unary("leakyGrad", func(a *Value) *Value { return leakyGrad(a, a.tape.Full(-1, 3, 4), 0.2) }, nil),
	}
	ops = append(ops, classOperations()...)
	for _, d := range []tensor.Dims{bn, {N: 2, S: 6, G: 3, K: 1}, {N: 2, S: 1, G: 1, K: 18}, gn} {
		ops = append(ops, operation{fmt.Sprintf("Normalize%+v", d), [][]int{{12, 3}}, nil, func(x []*Value) *Value {
			y, _, _ := Normalize(x[0], 0.1, d)
			return y
		}})
	}
	for _, slope := range []float32{1, 0.2, 0} {
		ops = append(ops, operation{fmt.Sprintf("BatchNorm with slope %g", slope), [][]int{{6, 3}, {3}, {3}}, positive, func(x []*Value) *Value {
			apart := x[0].tape.Empty(6, 3) // so that what is normalised stays away from the kink at 0
			for i := range apart.Data {
				apart.Data[i] = float32(8*(i/2%2) - 4)
			}
			y, _, _ := BatchNorm(Add(x[0], apart), x[1], Scale(x[2], 0.1), slope, 0.1)
			return y
		}})
	}
	for _, trans := range [][2]bool{{false, false}, {false, true}, {true, false}, {true, true}} {
		a, b := []int{3, 4}, []int{4, 2}
		if trans[0] {
			a = []int{4, 3}
		}
		if trans[1] {
			b = []int{2, 4}
		}
		ops = append(ops, operation{fmt.Sprintf("MatMul%v", trans), [][]int{a, b}, nil, func(x []*Value) *Value {
			return MatMul(x[0], x[1], trans[0], trans[1])
		}})
	}
	for name, f := range map[string]func(*Value) *Value{
		"SumPool": func(x *Value) *Value { return SumPool(x, 2) }, "AvgPool": func(x *Value) *Value { return AvgPool(x, 2) },
		"MaxPool": func(x *Value) *Value { return MaxPool(x, 2) }, "UpNearest": func(x *Value) *Value { return UpNearest(x, 2) },
		"UpBilinear": func(x *Value) *Value { return UpBilinear(x, 2) },
	} {
		ops = append(ops, operation{name, [][]int{{2, 4, 2, 3}}, spread(), func(x []*Value) *Value { return f(x[0]) }})
	}
	return ops
}

// spread draws values that differ by at least a tenth from one another, so that a maximum stays
// where it is.
func spread() func(*rand.Rand) float64 {
	i := 0
	return func(*rand.Rand) float64 {
		i++
		return float64(i*29%48)/10 - 2
	}
}

// project returns Σ r∘y with fixed pseudo-random weights r, in order to have a scalar that depends
// on every element.
func project(y *Value, seed uint64) *Value {
	r := y.tape.Empty(y.Shape()...)
	rng := rand.New(rand.NewPCG(seed, 2))
	for i := range r.Data {
		r.Data[i] = float32(0.5 + rng.Float64())
	}
	return Sum(Mul(y, r))
}

// TestDerivatives compares the first and the second derivative of every operation with central
// differences: f is projected to a scalar, and so is the gradient of that scalar, whose gradient is
// the second derivative.
func TestDerivatives(t *testing.T) {
	for _, op := range slices.Concat(operations(), augmentations(), packs(), softmaxes(), batches()) {
		t.Run(op.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, 1))
			draw := op.draw
			if draw == nil {
				draw = apart
			}
			var xs []*tensor.Tensor
			for _, s := range op.shapes {
				x := tensor.New(s...)
				for i := range x.Data {
					x.Data[i] = float32(draw(rng))
				}
				xs = append(xs, x)
			}
			compare(t, "first", xs, op.first)
			compare(t, "second", xs, op.second)
		})
	}
}

// first records Σ r∘f(x) and returns it with the parameters.
func (op operation) first(tape *Tape, xs []*tensor.Tensor) (*Value, []*Value) {
	var in []*Value
	for _, x := range xs {
		in = append(in, tape.Param(x))
	}
	return project(op.f(in), 3), in
}

// second records a projection of the gradient of (Σ r∘f(x))², so that linear operations have a
// second derivative too.
func (op operation) second(tape *Tape, xs []*tensor.Tensor) (*Value, []*Value) {
	y, in := op.first(tape, xs)
	var total *Value
	for i, g := range Grad(AddScaled(y, Square(y), 0.1), in...) {
		if g == nil {
			continue
		}
		p := project(g, uint64(10+i))
		if total == nil {
			total = p
		} else {
			total = Add(total, p)
		}
	}
	return total, in
}

func compare(t *testing.T, order string, xs []*tensor.Tensor, f func(*Tape, []*tensor.Tensor) (*Value, []*Value)) {
	t.Helper()
	tape := NewTape()
	y, in := f(tape, xs)
	grads := Grad(y, in...)
	got := make([][]float64, len(xs))
	largest := 0.0
	for i, g := range grads {
		got[i] = make([]float64, len(xs[i].Data))
		if g == nil {
			continue
		}
		if fmt.Sprint(g.Shape()) != fmt.Sprint(xs[i].Shape) {
			t.Fatalf("%s derivative by input %d has shape %v, want %v", order, i, g.Shape(), xs[i].Shape)
		}
		for j, v := range g.Data {
			got[i][j] = float64(v)
			largest = math.Max(largest, math.Abs(got[i][j]))
		}
	}
	tape.Reset()
	y, in = f(tape, xs)
	for i, g := range GradOnce(y, in...) {
		for j := range xs[i].Data {
			if g == nil && got[i][j] == 0 {
				continue
			}
			if float64(g.Data[j]) != got[i][j] {
				t.Fatalf("%s derivative by element %d of input %d: %g if it is the last, else %g", order, j, i, g.Data[j], got[i][j])
			}
		}
	}
	value := func() float64 {
		tape.Reset()
		y, _ := f(tape, xs)
		return float64(y.Scalar())
	}
	// A fifth-order difference: steps large enough for float32, small enough for the kinks.
	const h = 0.02
	for i, x := range xs {
		for j, old := range x.Data {
			at := func(s float64) float64 {
				x.Data[j] = old + float32(s*h)
				return value()
			}
			want := (8*(at(1)-at(-1)) - (at(2) - at(-2))) / (12 * h)
			x.Data[j] = old
			if math.Abs(got[i][j]-want) > 5e-3*(1+largest) {
				t.Fatalf("%s derivative by element %d of input %d: got %g, want %g", order, j, i, got[i][j], want)
			}
		}
	}
}

func TestGradVisitsOnlyWhatLeadsThere(t *testing.T) {
	tape := NewTape()
	a, b := tape.Param(tensor.From([]float32{2}, 1)), tape.Param(tensor.From([]float32{5}, 1))
	unused := tape.Param(tensor.From([]float32{7}, 1))
	y := Sum(Mul(a, b))
	before := tape.length
	grads := Grad(y, a, unused)
	if got := grads[0].Data[0]; got != 5 {
		t.Errorf("d(ab)/da = %g, want 5", got)
	}
	if grads[1] != nil {
		t.Errorf("gradient by an unused parameter = %v, want nil", grads[1].Data)
	}
	// One seed, and for Sum and Mul one rule each for a alone: Reshape, GroupExpand and Mul.
	if got := tape.length - before; got > 5 {
		t.Errorf("Grad recorded %d values, want at most 5", got)
	}
}

// TestLastTakesMemoryBack: of the gradients of a chain no more than two arrays exist at a time, and
// results last.
func TestLastTakesMemoryBack(t *testing.T) {
	const n, layers = 1000, 10
	tape := NewTape()
	x := tape.Param(tensor.From(make([]float32, n), n))
	y := x
	for i := range layers {
		if y = Square(AddScalar(y, 1)); i%2 == 0 {
			y = Tanh(LeakyRelu(y, 0.2))
		}
	}
	want := append([]float32(nil), Grad(Sum(y), x)[0].Data...)
	loss := Sum(y)
	before, _, _ := tape.Bytes()
	got := GradOnce(loss, x)[0]
	after, peak, _ := tape.Bytes()
	if got.needs || after-before > 4*n {
		t.Errorf("%d bytes in use after the gradient, %d before it", after, before)
	}
	tape.Full(7, n)
	for i, v := range got.Data {
		if v != want[i] {
			t.Fatalf("element %d: got %g, want %g", i, v, want[i])
		}
	}
	tape.Reset()
	if inUse, _, _ := tape.Bytes(); inUse != 0 {
		t.Errorf("%d bytes in use after a reset, of at most %d", inUse, peak)
	}
}

func TestReleaseKeepsWhatIsBeforeTheMark(t *testing.T) {
	tape := NewTape()
	a := tape.Full(3, 4)
	mark := tape.Mark()
	first := Scale(a, 2)
	data := &first.Data[0]
	tape.Release(mark)
	if a.Data[0] != 3 {
		t.Errorf("value before the mark = %g, want 3", a.Data[0])
	}
	if again := Scale(a, 5); &again.Data[0] != data {
		t.Error("memory after the mark was not used again")
	}
}

func TestGradThroughDetachAndVariable(t *testing.T) {
	tape := NewTape()
	x := tape.Param(tensor.From([]float32{3}, 1))
	h := Square(x)
	if g := Grad(Sum(Mul(Detach(h), x)), x)[0].Data[0]; g != 9 {
		t.Errorf("gradient past a detached value = %g, want 9", g)
	}
	v := Variable(h)
	grads := Grad(Sum(Square(v)), v, x)
	if got := grads[0].Data[0]; got != 18 || grads[1] != nil {
		t.Errorf("gradients by a variable and behind it = %g, %v, want 18 and nil", got, grads[1])
	}
}
