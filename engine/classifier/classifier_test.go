package classifier

import (
	"context"
	"math"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/tensor"
)

// testDigits returns the test half of MNIST.
func testDigits(t *testing.T) (x []float32, labels []int) {
	t.Helper()
	set, err := datasets.Open(context.Background(), "digits-test", datasets.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	const size = Side * Side
	x, labels = make([]float32, set.Len()*size), make([]int, set.Len())
	for i := range labels {
		labels[i] = set.Read(i, x[i*size:(i+1)*size])
	}
	return x, labels
}

// TestAccuracy examines the embedded network. Other kinds of processors round differently: a digit
// or two may go the other way.
func TestAccuracy(t *testing.T) {
	x, labels := testDigits(t)
	features, said := New().Look(x, len(labels))
	if len(features) != len(labels)*FeatureCount {
		t.Fatalf("%d features of %d digits", len(features), len(labels))
	}
	right := 0
	for i, l := range labels {
		if said[i] == l {
			right++
		}
	}
	got := float64(right) / float64(len(labels))
	if math.Abs(got-Accuracy) > 2e-4 || got < 0.99 {
		t.Errorf("accuracy %.4f; %g is stated, at least 0.99 promised", got, Accuracy)
	}
}

// TestAnyThreads: the features have the same bits however many threads compute them, and whatever
// they are looked at with.
func TestAnyThreads(t *testing.T) {
	x, _ := testDigits(t)
	x = x[:300*Side*Side]
	want, _ := New().Look(x, 300)
	before := tensor.Threads()
	defer tensor.SetThreads(before)
	tensor.SetThreads(3)
	got, _ := New().Look(x, 300)
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("feature %d is %g with three threads, %g with %d", i, got[i], want[i], before)
		}
	}
}
