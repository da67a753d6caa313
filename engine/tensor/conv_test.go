package tensor

import (
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/engine/internal/sgemm"
)

// naiveConv walks over every product x·w that contributes to an output y of the convolution.
func naiveConv(s ConvShape, visit func(x, y, w int)) {
	oh, ow := s.Out()
	for n := range s.N {
		for i := range oh {
			for j := range ow {
				for o := range s.OutC {
					for k := range s.K {
						for l := range s.K {
							h, v := i*s.Stride-s.Pad+k, j*s.Stride-s.Pad+l
							if h < 0 || h >= s.H || v < 0 || v >= s.W {
								continue
							}
							for c := range s.C {
								visit(((n*s.H+h)*s.W+v)*s.C+c, ((n*oh+i)*ow+j)*s.OutC+o, ((o*s.K+k)*s.K+l)*s.C+c)
							}
						}
					}
				}
			}
		}
	}
}

func randoms(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

// closeTo compares with a tolerance for sums of about terms products of order one.
func closeTo(t *testing.T, name string, s ConvShape, got []float32, want []float64, terms int) {
	t.Helper()
	tol := 2e-6 * math.Sqrt(float64(terms)+1) * 4
	for i := range want {
		if d := math.Abs(float64(got[i]) - want[i]); !(d <= tol) {
			t.Fatalf("%s %+v: element %d: got %g, want %g (difference %g, tolerance %g)", name, s, i, got[i], want[i], d, tol)
		}
	}
}

func randomConvShape(r *rand.Rand) ConvShape {
	channels := []int{1, 2, 3, 5, 8, 16, 17, 40}
	for {
		s := ConvShape{
			N: 1 + r.IntN(4), H: 1 + r.IntN(13), W: 1 + r.IntN(13), C: channels[r.IntN(len(channels))],
			OutC: channels[r.IntN(len(channels))], K: 1 + r.IntN(5), Stride: 1 + r.IntN(3), Pad: r.IntN(4),
		}
		if s.H+2*s.Pad >= s.K && s.W+2*s.Pad >= s.K {
			return s
		}
	}
}

func testConvShape(t *testing.T, r *rand.Rand, s ConvShape) {
	t.Helper()
	oh, ow := s.Out()
	x, y, w := randoms(r, s.N*s.H*s.W*s.C), randoms(r, s.N*oh*ow*s.OutC), randoms(r, s.OutC*s.K*s.K*s.C)
	wantX, wantY, wantW := make([]float64, len(x)), make([]float64, len(y)), make([]float64, len(w))
	naiveConv(s, func(i, j, k int) {
		wantX[i] += float64(y[j]) * float64(w[k])
		wantY[j] += float64(x[i]) * float64(w[k])
		wantW[k] += float64(x[i]) * float64(y[j])
	})
	gotX, gotY, gotW := nans(len(x)), nans(len(y)), nans(len(w))
	Conv(gotY, x, w, s)
	closeTo(t, "Conv", s, gotY, wantY, s.K*s.K*s.C)
	ConvTransposed(gotX, y, w, s)
	closeTo(t, "ConvTransposed", s, gotX, wantX, s.K*s.K*s.OutC)
	ConvFilter(gotW, x, y, s)
	closeTo(t, "ConvFilter", s, gotW, wantW, s.N*oh*ow)
}

// nans is what a result must overwrite completely.
func nans(n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(math.NaN())
	}
	return v
}

// forEachISA runs f with every instruction set that this processor has.
func forEachISA(t *testing.T, f func(t *testing.T)) {
	before := sgemm.ISA()
	defer sgemm.SetISA(before)
	for _, name := range sgemm.ISAs() {
		sgemm.SetISA(name)
		t.Run(name, f)
	}
}

func TestConvAgainstNaive(t *testing.T) {
	forEachISA(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for range 150 {
			testConvShape(t, r, randomConvShape(r))
		}
		for _, s := range []ConvShape{
			{N: 3, H: 4, W: 4, C: 20, OutC: 7, K: 4, Stride: 1},            // whole input is the patch
			{N: 2, H: 9, W: 8, C: 20, OutC: 7, K: 1, Stride: 3},            // stride above kernel: pixels without weights
			{N: 2, H: 16, W: 16, C: 64, OutC: 32, K: 4, Stride: 2, Pad: 1}, // several blocks of depth
			{N: 1, H: 5, W: 5, C: 300, OutC: 270, K: 3, Stride: 1, Pad: 1}, // segments longer than a block
			{N: 0, H: 5, W: 5, C: 3, OutC: 2, K: 3, Stride: 1, Pad: 1},
			{N: 2, H: 5, W: 5, C: 3, OutC: 0, K: 3, Stride: 1, Pad: 1},
			{N: 2, H: 5, W: 5, C: 0, OutC: 3, K: 3, Stride: 1, Pad: 1},
			{N: 1, H: 9, W: 9, C: 17, OutC: 20, K: 5, Stride: 4, Pad: 9}, // patches that see nothing
			// In fewer products: segments of two, of three and of both, lines left over, edges,
			// several groups of images.
			{N: 70, H: 4, W: 4, C: 16, OutC: 24, K: 4, Stride: 2, Pad: 1},
			{N: 30, H: 6, W: 6, C: 24, OutC: 16, K: 4, Stride: 2, Pad: 1},
			{N: 9, H: 14, W: 17, C: 16, OutC: 16, K: 4, Stride: 2, Pad: 1},
			{N: 4, H: 21, W: 16, C: 32, OutC: 40, K: 4, Stride: 2, Pad: 0},
			{N: 3, H: 17, W: 20, C: 16, OutC: 16, K: 4, Stride: 2, Pad: 3},
			{N: 2, H: 32, W: 32, C: 64, OutC: 64, K: 4, Stride: 2, Pad: 1},
			{N: 130, H: 6, W: 4, C: 128, OutC: 72, K: 4, Stride: 2, Pad: 1},
			// Filter gradients in planes: several chunks, strides, edges, channels, more columns
			// than a panel.
			{N: 30, H: 28, W: 28, C: 1, OutC: 64, K: 4, Stride: 2, Pad: 1},
			{N: 13, H: 25, W: 31, C: 3, OutC: 17, K: 5, Stride: 2, Pad: 2},
			{N: 6, H: 31, W: 27, C: 2, OutC: 40, K: 3, Stride: 1, Pad: 3},
			{N: 60, H: 29, W: 26, C: 5, OutC: 16, K: 4, Stride: 3, Pad: 0},
			{N: 2, H: 80, W: 90, C: 4, OutC: 18, K: 1, Stride: 1, Pad: 4},  // lines of the input that no weight meets
			{N: 1, H: 20, W: 540, C: 1, OutC: 16, K: 3, Stride: 1, Pad: 1}, // lines longer than a block of depth
		} {
			testConvShape(t, r, s)
		}
	})
}

func TestConvSameBitsForAnyThreads(t *testing.T) {
	before := Threads()
	defer SetThreads(before)
	forEachISA(t, func(t *testing.T) {
		for _, s := range []ConvShape{
			{N: 9, H: 14, W: 14, C: 64, OutC: 24, K: 4, Stride: 2, Pad: 1},
			{N: 200, H: 6, W: 6, C: 16, OutC: 24, K: 4, Stride: 2, Pad: 1},
			{N: 17, H: 28, W: 28, C: 1, OutC: 20, K: 4, Stride: 2, Pad: 1},
			{N: 17, H: 20, W: 20, C: 3, OutC: 20, K: 5, Stride: 1, Pad: 2},
		} {
			var want [3][]float32
			for threads := 1; threads <= 3; threads++ {
				SetThreads(threads)
				got := allConv(rand.New(rand.NewPCG(8, 8)), s)
				if threads == 1 {
					want = got
				}
				for f := range got {
					for i, x := range got[f] {
						if math.Float32bits(x) != math.Float32bits(want[f][i]) {
							t.Fatalf("%+v, kernel %d, %d threads: element %d: got %g, want %g", s, f, threads, i, x, want[f][i])
						}
					}
				}
			}
		}
	})
}

// allConv returns what the three kernels make of random operands.
func allConv(r *rand.Rand, s ConvShape) [3][]float32 {
	oh, ow := s.Out()
	x, y, w := randoms(r, s.N*s.H*s.W*s.C), randoms(r, s.N*oh*ow*s.OutC), randoms(r, s.OutC*s.K*s.K*s.C)
	gotX, gotY, gotW := nans(len(x)), nans(len(y)), nans(len(w))
	Conv(gotY, x, w, s)
	ConvTransposed(gotX, y, w, s)
	ConvFilter(gotW, x, y, s)
	return [3][]float32{gotX, gotY, gotW}
}

func TestConvAllocatesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for _, s := range []ConvShape{
		{N: 24, H: 14, W: 14, C: 16, OutC: 24, K: 4, Stride: 2, Pad: 1},
		{N: 64, H: 28, W: 28, C: 1, OutC: 20, K: 4, Stride: 2, Pad: 1},
	} {
		oh, ow := s.Out()
		x, y, w := randoms(r, s.N*s.H*s.W*s.C), randoms(r, s.N*oh*ow*s.OutC), randoms(r, s.OutC*s.K*s.K*s.C)
		got := testing.AllocsPerRun(10, func() {
			Conv(y, x, w, s)
			ConvTransposed(x, y, w, s)
			ConvFilter(w, x, y, s)
		})
		if got != 0 {
			t.Errorf("%+v: got %g allocations, want 0", s, got)
		}
	}
}
