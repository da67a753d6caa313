package nn

import (
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

func TestNoise(t *testing.T) {
	n := build(t, Shape{1000}, "noise 0.5")
	x, y := run(n, 10, Eval), run(n, 10, Train)
	sum, squares := 0.0, 0.0
	for i, v := range y.Data {
		d := float64(v - x.Data[i])
		sum += d
		squares += d * d
	}
	// Of 10,000 draws the mean is within 0.005 and the mean square within 0.0035 two times in
	// three.
	if mean, ms := sum/1e4, squares/1e4; math.Abs(mean) > 0.025 || math.Abs(ms-0.25) > 0.0175 {
		t.Errorf("noise has mean %g and mean square %g, want 0 and 0.25", mean, ms)
	}
	if !n.Random() || n.BatchDependent() {
		t.Errorf("Random = %t, BatchDependent = %t, want true and false", n.Random(), n.BatchDependent())
	}
}

// TestWeightNormBegins: a network with "wn" starts as the one without it, and as zero where that is
// asked for.
func TestWeightNormBegins(t *testing.T) {
	with := build(t, Shape{4, 4, 3}, "wn conv 5 3 1 1", "lrelu 0.2", "wn convt 2 4 2 1", "flatten", "wn linear 3")
	without := build(t, Shape{4, 4, 3}, "conv 5 3 1 1", "lrelu 0.2", "convt 2 4 2 1", "flatten", "linear 3")
	want := run(without, 2, Train).Data
	for i, got := range run(with, 2, Train).Data {
		if math.Abs(float64(got-want[i])) > 1e-5 {
			t.Errorf("output %d = %g, want %g", i, got, want[i])
		}
	}
	with.Init("zero-last", rand.New(rand.NewPCG(1, 2)))
	tape := grad.NewTape()
	b := with.Bind(tape, true, nil)
	y := b.Forward(tape.Full(1, 2, 4, 4, 3), Train)
	if tensor.SumSquares(y.Data) != 0 {
		t.Errorf("output with weights of zero = %v", y.Data)
	}
	grads := grad.Grad(grad.Sum(y), b.Values...)
	if name, bad := with.NonFinite(grads); bad {
		t.Errorf("gradient of %s is not finite", name)
	}
	for i, p := range with.Params {
		if p.Name == "4.weight_g" && tensor.SumSquares(grads[i].Data) == 0 {
			t.Error("weights of zero would stay so: their length has no gradient")
		}
	}
}

// TestAttentionBegins: at first it changes nothing, but its factor has a gradient.
func TestAttentionBegins(t *testing.T) {
	n := build(t, Shape{3, 2, 16}, "attention")
	tape := grad.NewTape()
	rng := rand.New(rand.NewPCG(3, 4))
	x := tape.Empty(2, 3, 2, 16)
	for i := range x.Data {
		x.Data[i] = float32(rng.NormFloat64())
	}
	b := n.Bind(tape, true, nil)
	y := b.Forward(x, Train)
	for i, v := range y.Data {
		if v != x.Data[i] {
			t.Fatalf("value %d = %g, want %g as it was", i, v, x.Data[i])
		}
	}
	last := len(n.Params) - 1
	if g := grad.Grad(grad.Sum(grad.Square(y)), b.Values[last])[0]; n.Params[last].Name != "0.gamma" || g.Data[0] == 0 {
		t.Errorf("%s has the gradient %v", n.Params[last].Name, g.Data)
	}
}

// TestMinibatchStd: items that are alike are told from items that differ, whatever the batch.
func TestMinibatchStd(t *testing.T) {
	n := build(t, Shape{2}, "minibatch-std 4")
	tape := grad.NewTape()
	for _, c := range []struct {
		x    []float32
		want []float64 // of each item
	}{
		{[]float32{1, 2, 1, 2}, []float64{1e-4, 1e-4}},
		// Two groups of four: items 0, 2, 4, 6 and the others.
		{[]float32{0, 1, 5, 5, 2, 1, 5, 5, 0, 1, 5, 5, 2, 1, 5, 5}, []float64{0.5, 1e-4, 0.5, 1e-4, 0.5, 1e-4, 0.5, 1e-4}},
		{[]float32{1, 1, 3, 3, 5, 5}, []float64{1.63299, 1.63299, 1.63299}}, // √(8/3)
		{[]float32{7, 7}, []float64{1e-4}},
	} {
		items := len(c.x) / 2
		y := n.Bind(tape, false, nil).Forward(tape.View(c.x, items, 2), Train)
		for i := range items {
			if got := float64(y.Data[3*i+2]); math.Abs(got-c.want[i]) > 1e-4 {
				t.Errorf("%v: item %d gets %g, want %g", c.x, i, got, c.want[i])
			}
		}
	}
	if !n.BatchDependent() {
		t.Error("BatchDependent = false")
	}
}

// TestDiscriminationTellsCopies: the more copies an item has, the larger its sums.
func TestDiscriminationTellsCopies(t *testing.T) {
	n := build(t, Shape{2}, "minibatch-discrimination 3 4")
	tape := grad.NewTape()
	y := n.Bind(tape, false, nil).Forward(tape.View([]float32{90, -90, 1, 1, 1, 1, -90, 90}, 4, 2), Train)
	for i, want := range []float64{1, 2, 2, 1} {
		for k := range 3 {
			if got := float64(y.Data[i*5+2+k]); math.Abs(got-want) > 1e-3 {
				t.Errorf("item %d, kernel %d: got %g, want %g", i, k, got, want)
			}
		}
	}
	if !n.BatchDependent() {
		t.Error("BatchDependent = false")
	}
}
