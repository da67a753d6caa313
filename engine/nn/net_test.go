package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

func build(t *testing.T, in Shape, layers ...string) *Net {
	t.Helper()
	n, err := New(layers, in)
	if err != nil {
		t.Fatal(err)
	}
	n.Init("kaiming", rand.New(rand.NewPCG(1, 2)))
	return n
}

// run returns the network's output for a batch of Gaussian items.
func run(n *Net, rows int, mode Mode) *grad.Value {
	tape := grad.NewTape()
	rng := rand.New(rand.NewPCG(3, 4))
	x := tape.Empty(append([]int{rows}, n.In...)...)
	for i := range x.Data {
		x.Data[i] = float32(rng.NormFloat64())
	}
	return n.Bind(tape, true, rng).Forward(x, mode)
}

func TestForwardShapes(t *testing.T) {
	n := build(t, Shape{8, 8, 3}, "conv 6 4 2 1", "in", "silu", "up 2 bilinear", "gn 3", "gelu", "maxpool 2", "ln", "avgpool 2",
		"pixelnorm", "convt 4 4 2 1", "sigmoid", "flatten", "sn linear 5", "bn", "softplus", "dropout 0.5", "linear 12", "unflatten 2 2 3", "tanh")
	for _, mode := range []Mode{Eval, Train} {
		y := run(n, 7, mode)
		if got, want := y.Shape(), []int{7, 2, 2, 3}; !slices.Equal(got, want) {
			t.Errorf("mode %d: shape %v, want %v", mode, got, want)
		}
		if !tensor.AllFinite(y.Data) {
			t.Errorf("mode %d: not finite", mode)
		}
		for i, g := range grad.Grad(grad.Sum(y), y) {
			if g == nil {
				t.Errorf("mode %d: no gradient %d", mode, i)
			}
		}
	}
	if name, bad := n.NonFinite(nil); bad {
		t.Errorf("%s is not finite", name)
	}
	n.Params[2].Value.Data[0] = float32(math.NaN())
	if name, bad := n.NonFinite(nil); !bad || name != n.Params[2].Name {
		t.Errorf("NonFinite = %q, %t, want %q", name, bad, n.Params[2].Name)
	}
}

// TestBatchNorm compares the running statistics of many batches with those of the distribution, and
// evaluation with them.
func TestBatchNorm(t *testing.T) {
	n := build(t, Shape{2}, "bn")
	tape := grad.NewTape()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		tape.Reset()
		x := tape.Empty(256, 2)
		for i := range 256 {
			x.Data[2*i] = float32(3 + 2*rng.NormFloat64())
			x.Data[2*i+1] = float32(-1 + 0.5*rng.NormFloat64())
		}
		y := n.Bind(tape, false, nil).Forward(x, Train)
		if mean := sum(y.Data) / float64(len(y.Data)); math.Abs(mean) > 1e-5 {
			t.Fatalf("mean after normalisation = %g, want 0", mean)
		}
	}
	for i, want := range []float32{3, -1, 4, 0.25} {
		got := n.Buffers[i/2].Value.Data[i%2]
		if math.Abs(float64(got-want)) > 0.1*math.Abs(float64(want)) {
			t.Errorf("%s[%d] = %g, want about %g", n.Buffers[i/2].Name, i%2, got, want)
		}
	}
	tape.Reset()
	x := tape.Empty(1, 2)
	x.Data[0], x.Data[1] = n.Buffers[0].Value.Data[0], n.Buffers[0].Value.Data[1]+float32(math.Sqrt(float64(n.Buffers[1].Value.Data[1])))
	y := n.Bind(tape, false, nil).Forward(x, Eval).Data
	if math.Abs(float64(y[0])) > 1e-4 || math.Abs(float64(y[1])-1) > 1e-3 {
		t.Errorf("evaluation of mean and mean plus one deviation = %v, want 0 and 1", y)
	}
}

func sum(x []float32) float64 {
	s := 0.0
	for _, v := range x {
		s += float64(v)
	}
	return s
}

// TestSpectral checks that a normalised layer stretches its strongest direction to length one, for
// all three kinds.
func TestSpectral(t *testing.T) {
	for _, test := range []struct {
		in    Shape
		layer string
	}{{Shape{5}, "sn linear 4"}, {Shape{1, 1, 5}, "sn conv 4 1 1 0"}, {Shape{1, 1, 5}, "sn convt 4 1 1 0"}} {
		n := build(t, test.in, test.layer)
		w := n.Params[0].Value
		largest := 0.0
		for range 200 { // power iteration from many places would find no more
			run(n, 2, Train)
		}
		// The layer's image of its own right singular vector has the length of the normalised
		// singular value.
		v := n.Buffers[1].Value.Data
		tape := grad.NewTape()
		x := tape.Empty(append([]int{1}, test.in...)...)
		copy(x.Data, v)
		for _, y := range n.Bind(tape, false, nil).Forward(x, Eval).Data {
			largest += float64(y) * float64(y)
		}
		if math.Abs(math.Sqrt(largest)-1) > 1e-3 {
			t.Errorf("%s: largest singular value = %g, want 1 (weights %v)", test.layer, math.Sqrt(largest), w.Shape)
		}
	}
}

func TestDropout(t *testing.T) {
	n := build(t, Shape{1000}, "dropout 0.25")
	x, y := run(n, 10, Eval), run(n, 10, Train)
	zeros := 0
	for i, v := range y.Data {
		switch {
		case v == 0:
			zeros++
		case math.Abs(float64(v-x.Data[i]/0.75)) > 1e-5:
			t.Fatalf("element %d = %g, want %g", i, v, x.Data[i]/0.75)
		}
	}
	// 10,000 draws with probability 1/4 have a standard deviation of 43.
	if zeros < 2500-200 || zeros > 2500+200 {
		t.Errorf("%d of 10000 dropped, want about 2500", zeros)
	}
}

func TestInit(t *testing.T) {
	tests := []struct {
		name string
		std  float64 // of the first weights of linear 400 from 300, before relu
	}{{"dcgan", 0.02}, {"kaiming", math.Sqrt(2.0 / 300)}, {"zero-last", math.Sqrt(2.0 / 300)}, {"xavier", math.Sqrt(2.0 / 700)}}
	for _, test := range tests {
		n := build(t, Shape{300}, "linear 400", "relu", "bn", "linear 3")
		n.Init(test.name, rand.New(rand.NewPCG(9, 9)))
		w := n.Params[0].Value.Data
		got := math.Sqrt(tensor.SumSquares(w) / float64(len(w)))
		if math.Abs(got-test.std) > 0.02*test.std {
			t.Errorf("%s: standard deviation %g, want %g", test.name, got, test.std)
		}
		if n.Params[1].Value.Data[0] != 0 || n.Params[2].Value.Data[0] != 1 {
			t.Errorf("%s: bias %g, scale %g, want 0 and 1", test.name, n.Params[1].Value.Data[0], n.Params[2].Value.Data[0])
		}
		if last := tensor.SumSquares(n.Params[4].Value.Data); (last == 0) != (test.name == "zero-last") {
			t.Errorf("%s: sum of squares of the last weights = %g", test.name, last)
		}
	}
	for _, layer := range []string{"linear 7", "linear 3"} {
		n := build(t, Shape{5}, layer)
		n.Init("orthogonal", rand.New(rand.NewPCG(9, 9)))
		w := n.Params[0].Value
		rows, cols := w.Shape[0], w.Shape[1]
		for i := range min(rows, cols) {
			for j := range min(rows, cols) {
				dot := 0.0
				for k := range max(rows, cols) {
					a, b := i*cols+k, j*cols+k
					if rows > cols {
						a, b = k*cols+i, k*cols+j
					}
					dot += float64(w.Data[a]) * float64(w.Data[b])
				}
				want := 0.0
				if i == j {
					want = 1
				}
				if math.Abs(dot-want) > 1e-5 {
					t.Errorf("%s: product of vectors %d and %d = %g, want %g", layer, i, j, dot, want)
				}
			}
		}
	}
}

// TestTorchLayout checks the order of flat features on both sides of a picture, and that writing
// undoes reading.
func TestTorchLayout(t *testing.T) {
	n := build(t, Shape{2}, "linear 12", "bn", "unflatten 2 2 3", "conv 4 2 1 0", "flatten", "ln", "linear 1")
	for _, p := range append(slices.Clone(n.Params), n.Buffers...) {
		before := slices.Clone(p.Value.Data)
		for i := range p.Value.Data {
			p.Value.Data[i] = float32(i)
		}
		torch := p.Torch()
		sorted := slices.Sorted(slices.Values(torch))
		for i, v := range sorted {
			if int(v) != i {
				t.Fatalf("%s: Torch is no permutation", p.Name)
			}
		}
		p.SetTorch(torch)
		for i, v := range p.Value.Data {
			if int(v) != i {
				t.Fatalf("%s: SetTorch does not undo Torch", p.Name)
			}
		}
		copy(p.Value.Data, before)
	}
	// Feature (h, w, c) = (0, 1, 2) is number 5 here and number 2·4+1 in PyTorch.
	for _, name := range []string{"0.bias", "1.weight", "1.running_var"} {
		for _, p := range append(slices.Clone(n.Params), n.Buffers...) {
			if p.Name == name {
				clear(p.Value.Data)
				p.Value.Data[5] = 1
				if got := slices.Index(p.Torch(), 1); got != 9 {
					t.Errorf("%s: feature 5 is number %d in PyTorch, want 9", name, got)
				}
			}
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	n := build(t, Shape{3}, "linear 2", "bn")
	c := n.Clone()
	c.Params[0].Value.Data[0]++
	c.Buffers[0].Value.Data[0]++
	if n.Params[0].Value.Data[0] == c.Params[0].Value.Data[0] || n.Buffers[0].Value.Data[0] == c.Buffers[0].Value.Data[0] {
		t.Error("a clone shares memory")
	}
}
