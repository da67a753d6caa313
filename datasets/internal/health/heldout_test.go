package health

import (
	"context"
	"slices"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// More similar pictures than a split keeps together lie on both sides of it, which is said.
func TestExamineHeldOutCopies(t *testing.T) {
	p := smooth(600, 7)
	for i := 1; i < 40; i++ { // the same picture, each a little different
		copy(bytesAt(p, i), bytesAt(p, 0))
		bytesAt(p, i)[i] ^= 1
	}
	found, err := Examine(context.Background(), p, nil)
	datatest.Must(t, err)
	i := slices.IndexFunc(found, func(f Finding) bool { return f.Name == "held-out-copies" })
	if i < 0 {
		t.Fatalf("found %v, want held-out-copies", found)
	}
	_, held, err := Split(context.Background(), p, nil)
	datatest.Must(t, err)
	var want []int
	for _, item := range held.Items {
		if item < 40 {
			want = append(want, item)
		}
	}
	if !slices.Equal(found[i].Items, want) {
		t.Errorf("items %v, want those held out of the first 40, %v", found[i].Items, want)
	}
}

// Stripes of one pixel differ by half of their contrast from the mean of their neighbours, up
// and down.
func TestSharpness(t *testing.T) {
	stripes := make([]float32, 64)
	for i := range stripes {
		stripes[i] = float32(i % 2 * 100)
	}
	if got := sharpness(stripes, 8, 8); got < 49.9 || got > 50.1 {
		t.Errorf("stripes have a sharpness of %g, want 50", got)
	}
}
