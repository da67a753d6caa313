package datasets

import (
	"context"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// counting is a set whose item i is a picture of two pixels, i and −i.
type counting struct{ n int }

func (c counting) Info() Info {
	return Info{Kind: Pictures, Count: c.n, Shape: []int{1, 2, 1}}
}
func (c counting) Len() int { return c.n }
func (c counting) Read(i int, dst []float32) int {
	dst[0], dst[1] = float32(i), float32(-i)
	return i % 3
}

// Every epoch deals each item once, in another order, whatever the batches.
func TestEpochs(t *testing.T) {
	const n = 103
	l := NewLoader(counting{n}, 9, false)
	var dealt []int
	for len(dealt) < 4*n {
		batch := min(10, 4*n-len(dealt))
		dst, labels := make([]float32, 2*batch), make([]int, batch)
		l.Next(batch, dst, labels)
		for k := range batch {
			i := int(dst[2*k])
			if labels[k] != i%3 || dst[2*k+1] != float32(-i) {
				t.Fatalf("item %d came with label %d and %v", i, labels[k], dst[2*k:2*k+2])
			}
			dealt = append(dealt, i)
		}
		if got := l.Seen(); got != int64(len(dealt)) {
			t.Errorf("%d items seen, want %d", got, len(dealt))
		}
	}
	for e := range 4 {
		epoch := dealt[e*n : (e+1)*n]
		if e > 0 && slices.Equal(epoch, dealt[:n]) {
			t.Errorf("epochs 0 and %d have one order", e)
		}
		sorted := slices.Sorted(slices.Values(epoch))
		for i, v := range sorted {
			if v != i {
				t.Fatalf("epoch %d is no permutation: %v", e, sorted)
			}
		}
	}
}

func TestLoaderState(t *testing.T) {
	for _, mirror := range []bool{false, true} {
		for _, start := range []int{0, 1, 29, 30, 31, 300} { // an epoch has 30 items
			l := NewLoader(counting{30}, 4, mirror)
			l.Next(start, make([]float32, 2*start), nil)
			state := l.State()
			if len(state) > 64 {
				t.Errorf("a state of %d bytes is not small", len(state))
			}
			want, got := make([]float32, 2*77), make([]float32, 2*77)
			l.Next(77, want, nil)
			fresh := NewLoader(counting{30}, 999, mirror)
			fresh.Next(5, make([]float32, 10), nil)
			if err := fresh.Restore(state); err != nil {
				t.Fatal(err)
			}
			if fresh.Seen() != int64(start) {
				t.Errorf("%d seen after restoring, want %d", fresh.Seen(), start)
			}
			fresh.Next(77, got, nil)
			if !slices.Equal(got, want) {
				t.Errorf("mirror %v, from item %d: %v, want %v", mirror, start, got, want)
			}
			if !slices.Equal(fresh.State(), l.State()) {
				t.Errorf("mirror %v, from item %d: states differ afterwards", mirror, start)
			}
		}
	}
}

func TestLoaderRestoreErrors(t *testing.T) {
	state := NewLoader(counting{30}, 4, false).State()
	newer := slices.Clone(state)
	newer[0] = 2
	beyond := slices.Clone(state)
	beyond[32] = 31
	stream := slices.Clone(state)
	stream[40] = 'x'
	tests := []struct {
		name  string
		set   Set
		state []byte
		want  string
	}{
		{"cut", counting{30}, state[:20], "20 bytes of state"},
		{"other data", counting{31}, state, "it is of 30 items, the data now have 31"},
		{"newer", counting{30}, newer, "version 2"},
		{"beyond", counting{30}, beyond, "beyond the last item"},
		{"stream", counting{30}, stream, "damaged"},
	}
	for _, tt := range tests {
		l := NewLoader(tt.set, 1, false)
		before := l.State()
		if err := l.Restore(tt.state); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if !slices.Equal(l.State(), before) {
			t.Errorf("%s: the loader changed", tt.name)
		}
	}
}

// About half of the pictures are flipped, pixel for pixel; the order is the same as without flips.
func TestMirror(t *testing.T) {
	const n = 1000
	with, without := make([]float32, 2*n), make([]float32, 2*n)
	NewLoader(counting{n}, 2, true).Next(n, with, nil)
	NewLoader(counting{n}, 2, false).Next(n, without, nil)
	flipped := 0
	for i := 0; i < 2*n; i += 2 {
		switch {
		case with[i] == without[i]:
		case with[i] == without[i+1] && with[i+1] == without[i]:
			flipped++
		default:
			t.Fatalf("%v became %v", without[i:i+2], with[i:i+2])
		}
	}
	if flipped < 420 || flipped > 580 { // five standard deviations around 500
		t.Errorf("%d of %d flipped, want about half", flipped, n)
	}
	row := []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	flip(row, 3, 2) // two rows of three pixels
	if want := []float32{5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8}; !slices.Equal(row, want) {
		t.Errorf("flipped rows %v, want %v", row, want)
	}
	points, err := Open(context.Background(), "ring", Options{}, nil)
	datatest.Must(t, err)
	NewLoader(points, 2, true).Next(n, with, nil)
	NewLoader(points, 2, false).Next(n, without, nil)
	if !slices.Equal(with, without) {
		t.Error("points were flipped")
	}
}

func TestLoaderAllocations(t *testing.T) {
	for _, name := range []string{"digits-test", "ring", "shapes"} {
		set, err := Open(context.Background(), name, Options{}, nil)
		datatest.Must(t, err)
		n := 1
		for _, d := range set.Info().Shape {
			n *= d
		}
		l := NewLoader(set, 1, true)
		dst, labels := make([]float32, 64*n), make([]int, 64)
		if name == "digits-test" {
			set.Read(set.Len()-1, dst[:n]) // unpacks the whole file
		}
		if got := testing.AllocsPerRun(20, func() { l.Next(64, dst, labels) }); got != 0 {
			t.Errorf("%s: %v allocations a batch, want none", name, got)
		}
	}
	small := NewLoader(counting{7}, 1, true) // an epoch in every batch
	dst := make([]float32, 20)
	if got := testing.AllocsPerRun(50, func() { small.Next(10, dst, nil) }); got != 0 {
		t.Errorf("a new epoch costs %v allocations, want none", got)
	}
}
