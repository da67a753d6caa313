package tensor

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestPrepared compares convolutions with kept weights with those without: the same bits, also
// after the weights have changed.
func TestPrepared(t *testing.T) {
	forEachISA(t, func(t *testing.T) {
		for _, s := range []ConvShape{
			{H: 4, W: 4, C: 40, OutC: 30, K: 4, Stride: 1},
			{H: 14, W: 14, C: 16, OutC: 24, K: 4, Stride: 2, Pad: 1},
			{H: 9, W: 9, C: 17, OutC: 20, K: 3, Stride: 1, Pad: 1},
			{H: 8, W: 8, C: 3, OutC: 20, K: 4, Stride: 2, Pad: 1},
		} {
			var forward, back Prepared
			for round := range 2 {
				r := rand.New(rand.NewPCG(7, uint64(round)))
				w := randoms(r, s.OutC*s.K*s.K*s.C)
				for _, n := range []int{1, 0, 3, 12, 1, 12} { // 12 of the second shape are computed in fewer products
					s.N = n
					oh, ow := s.Out()
					x, y := randoms(r, n*s.H*s.W*s.C), randoms(r, n*oh*ow*s.OutC)
					got, want := nans(len(y)), nans(len(y))
					forward.Conv(got, x, w, s)
					Conv(want, x, w, s)
					sameBits(t, s, got, want)
					got, want = nans(len(x)), nans(len(x))
					back.ConvTransposed(got, y, w, s)
					ConvTransposed(want, y, w, s)
					sameBits(t, s, got, want)
				}
				forward.Forget()
				back.Forget()
			}
		}
	})
}

func sameBits(t *testing.T, s ConvShape, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%+v: element %d: got %g, want %g", s, i, got[i], want[i])
		}
	}
}
