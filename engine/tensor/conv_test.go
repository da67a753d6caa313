package tensor

import (
	"math"
	"math/rand/v2"
	"testing"
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
func closeTo(t *testing.T, name string, got []float32, want []float64, terms int) {
	t.Helper()
	tol := 2e-6 * math.Sqrt(float64(terms)+1) * 4
	for i := range want {
		if d := math.Abs(float64(got[i]) - want[i]); !(d <= tol) {
			t.Fatalf("%s: element %d: got %g, want %g (difference %g, tolerance %g)", name, i, got[i], want[i], d, tol)
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
	closeTo(t, "Conv", gotY, wantY, s.K*s.K*s.C)
	ConvTransposed(gotX, y, w, s)
	closeTo(t, "ConvTransposed", gotX, wantX, s.K*s.K*s.OutC)
	ConvFilter(gotW, x, y, s)
	closeTo(t, "ConvFilter", gotW, wantW, s.N*oh*ow)
}

// nans is what a result must overwrite completely.
func nans(n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(math.NaN())
	}
	return v
}

func TestConvAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 150 {
		s := randomConvShape(r)
		testConvShape(t, r, s)
		if t.Failed() {
			t.Fatalf("case %d: %+v", i, s)
		}
	}
}
