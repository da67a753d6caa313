package tensor

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// pictures are sizes n, h, w, c with a cell size.
var pictures = []struct{ n, h, w, c, k int }{
	{1, 1, 1, 1, 1},
	{2, 4, 6, 3, 2},
	{3, 5, 7, 2, 2},
	{1, 9, 9, 20, 3},
	{2, 8, 8, 64, 4},
	{4, 28, 28, 17, 2},
}

func eachPicture(t *testing.T, f func(t *testing.T, rng *rand.Rand, n, h, w, c, k int)) {
	for _, p := range pictures {
		t.Run(fmt.Sprint(p), func(t *testing.T) { f(t, rand.New(rand.NewPCG(41, 42)), p.n, p.h, p.w, p.c, p.k) })
	}
}

func TestSumAndMaxPool(t *testing.T) {
	eachPicture(t, func(t *testing.T, rng *rand.Rand, n, h, w, c, k int) {
		x := random(rng, n*h*w*c)
		oh, ow := h/k, w/k
		sum, top, idx := make([]float32, n*oh*ow*c), make([]float32, n*oh*ow*c), make([]int32, n*oh*ow*c)
		SumPool(sum, x, n, h, w, c, k)
		MaxPool(top, idx, x, n, h, w, c, k)
		for i := range sum {
			ch, ox, oy, b := i%c, i/c%ow, i/c/ow%oh, i/c/ow/oh
			var wantSum float64
			wantAt := -1
			for dy := range k {
				for dx := range k {
					at := ((b*h+oy*k+dy)*w+ox*k+dx)*c + ch
					wantSum += float64(x[at])
					if wantAt < 0 || x[at] > x[wantAt] {
						wantAt = at
					}
				}
			}
			if !near(sum[i], wantSum, 1e-6) {
				t.Fatalf("sum %d: got %v, want %v", i, sum[i], wantSum)
			}
			if int(idx[i]) != wantAt || top[i] != x[wantAt] {
				t.Fatalf("maximum %d: got %v at %d, want %v at %d", i, top[i], idx[i], x[wantAt], wantAt)
			}
		}
		picked := make([]float32, len(idx))
		Gather(picked, x, idx)
		for i, got := range picked {
			if got != top[i] {
				t.Fatalf("gathered %d: got %v, want %v", i, got, top[i])
			}
		}
		back, want := random(rng, len(x)), make([]float32, len(x))
		Scatter(back, sum, idx)
		for i, at := range idx {
			want[at] += sum[i]
		}
		for i, got := range back {
			if got != want[i] {
				t.Fatalf("scattered %d: got %v, want %v", i, got, want[i])
			}
		}
	})
}

func TestScatterAddsRepeatedIndices(t *testing.T) {
	dst := []float32{9, 9, 9}
	Scatter(dst, []float32{1, 2, 4}, []int32{2, 0, 2})
	for i, want := range []float32{2, 0, 5} {
		if dst[i] != want {
			t.Errorf("element %d: got %v, want %v", i, dst[i], want)
		}
	}
}

func TestUpNearest(t *testing.T) {
	eachPicture(t, func(t *testing.T, rng *rand.Rand, n, h, w, c, f int) {
		x := random(rng, n*h*w*c)
		dst := make([]float32, n*h*f*w*f*c)
		UpNearest(dst, x, n, h, w, c, f)
		for i, got := range dst {
			ch, ox, oy, b := i%c, i/c%(w*f), i/c/(w*f)%(h*f), i/c/(w*f)/(h*f)
			if want := x[((b*h+oy/f)*w+ox/f)*c+ch]; got != want {
				t.Fatalf("element %d: got %v, want %v", i, got, want)
			}
		}
	})
}

// TestUpBilinearLikePyTorch compares with torch.nn.functional.interpolate(torch.tensor([[[[1., 2.],
// [4., 8.]]]]), scale_factor=2, mode="bilinear", align_corners=False).
func TestUpBilinearLikePyTorch(t *testing.T) {
	want := []float32{
		1, 1.25, 1.75, 2,
		1.75, 2.1875, 3.0625, 3.5,
		3.25, 4.0625, 5.6875, 6.5,
		4, 5, 7, 8,
	}
	got := make([]float32, 16)
	UpBilinear(got, []float32{1, 2, 4, 8}, 1, 2, 2, 1, 2)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("element %d: got %v, want %v", i, got[i], want[i])
		}
	}
}

// TestUpBilinearAdjoint checks ⟨Ux, y⟩ = ⟨x, U*y⟩, and that constants stay constant.
func TestUpBilinearAdjoint(t *testing.T) {
	eachPicture(t, func(t *testing.T, rng *rand.Rand, n, h, w, c, f int) {
		x, y := random(rng, n*h*w*c), random(rng, n*h*f*w*f*c)
		up, down := make([]float32, len(y)), make([]float32, len(x))
		UpBilinear(up, x, n, h, w, c, f)
		UpBilinearAdjoint(down, y, n, h, w, c, f)
		left, right := kernels.Dot(up, y), kernels.Dot(x, down)
		if diff := left - right; diff*diff > 1e-10*float64(len(y)) {
			t.Errorf("⟨Ux, y⟩ = %v, ⟨x, U*y⟩ = %v", left, right)
		}
		Fill(x, 0.7)
		UpBilinear(up, x, n, h, w, c, f)
		for i, got := range up {
			if !near(got, 0.7, 1e-7) {
				t.Fatalf("constant: element %d: got %v, want 0.7", i, got)
			}
		}
	})
}

func TestPool(t *testing.T) {
	p := NewPool()
	a, b := p.Get(10), p.Get(20)
	p.Put(a)
	if c := p.Get(10); &c[0] != &a[0] {
		t.Error("a buffer that was put back is not used again")
	}
	p.Put(b)
	inUse, peak, total := p.Bytes()
	if inUse != 40 || peak != 120 || total != 120 {
		t.Errorf("got %d bytes in use, peak %d, total %d, want 40, 120, 120", inUse, peak, total)
	}
}

func TestFloatsAreAligned(t *testing.T) {
	for n := 1; n < 20000; n += 1 + n/7 {
		for range 3 {
			x := Floats(n)
			if at := uintptr(unsafe.Pointer(&x[0])); len(x) != n || cap(x) != n || at%64 != 0 {
				t.Fatalf("%d values: %d with room for %d, at %#x", n, len(x), cap(x), at)
			}
		}
	}
}
