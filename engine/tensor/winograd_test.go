package tensor

import (
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/engine/internal/sgemm"
)

// TestFastError measures the largest error of convolutions in fewer products against sums in
// float64, in units of the largest value, and compares it with that of the direct products.
func TestFastError(t *testing.T) {
	s := ConvShape{N: 16, H: 14, W: 16, C: 64, OutC: 64, K: 4, Stride: 2, Pad: 1}
	if !s.fast() {
		t.Fatal("this shape is meant to be computed in fewer products")
	}
	oh, ow := s.Out()
	r := rand.New(rand.NewPCG(5, 5))
	x, y, w := randoms(r, s.N*s.H*s.W*s.C), randoms(r, s.N*oh*ow*s.OutC), randoms(r, s.OutC*s.K*s.K*s.C)
	wantX, wantY, wantW := make([]float64, len(x)), make([]float64, len(y)), make([]float64, len(w))
	naiveConv(s, func(i, j, k int) {
		wantX[i] += float64(y[j]) * float64(w[k])
		wantY[j] += float64(x[i]) * float64(w[k])
		wantW[k] += float64(x[i]) * float64(y[j])
	})
	slow := s // one image at a time is too little to be fast
	slow.N = 1
	slowX, slowY := make([]float32, len(x)), make([]float32, len(y))
	in, out := len(x)/s.N, len(y)/s.N
	for n := range s.N {
		Conv(slowY[n*out:(n+1)*out], x[n*in:(n+1)*in], w, slow)
		ConvTransposed(slowX[n*in:(n+1)*in], y[n*out:(n+1)*out], w, slow)
	}
	gotX, gotY, gotW := nans(len(x)), nans(len(y)), nans(len(w))
	Conv(gotY, x, w, s)
	ConvTransposed(gotX, y, w, s)
	ConvFilter(gotW, x, y, s)
	for _, test := range []struct {
		name  string
		got   float64
		bound float64
	}{
		{"Conv", relativeError(gotY, wantY), 4 * relativeError(slowY, wantY)},
		{"ConvTransposed", relativeError(gotX, wantX), 4 * relativeError(slowX, wantX)},
		{"ConvFilter", relativeError(gotW, wantW), 4 * relativeError(slowY, wantY)},
	} {
		t.Logf("%s: %.2g, allowed %.2g", test.name, test.got, test.bound)
		if !(test.got <= test.bound) {
			t.Errorf("%s: relative error %.2g, want at most %.2g", test.name, test.got, test.bound)
		}
	}
}

func relativeError(got []float32, want []float64) float64 {
	largest, scale := 0.0, 0.0
	for i := range want {
		largest = max(largest, math.Abs(float64(got[i])-want[i]))
		scale = max(scale, math.Abs(want[i]))
	}
	return largest / scale
}

// TestFastAllocatesNothing: once warm, by whatever number of threads.
func TestFastAllocatesNothing(t *testing.T) {
	before := Threads()
	defer SetThreads(before)
	SetThreads(2)
	s := ConvShape{N: 24, H: 14, W: 14, C: 32, OutC: 32, K: 4, Stride: 2, Pad: 1}
	oh, ow := s.Out()
	r := rand.New(rand.NewPCG(6, 6))
	x, y, w := randoms(r, s.N*s.H*s.W*s.C), randoms(r, s.N*oh*ow*s.OutC), randoms(r, s.OutC*s.K*s.K*s.C)
	if n := testing.AllocsPerRun(5, func() {
		Conv(y, x, w, s)
		ConvTransposed(x, y, w, s)
		ConvFilter(w, x, y, s)
	}); n > 0 {
		t.Errorf("%v allocations a call on %s", n, sgemm.ISA())
	}
}
