package sgemm

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
)

// TestThin: products with one small extent have the bits that tiles give, on any number of threads.
func TestThin(t *testing.T) {
	forEachISA(t, func(t *testing.T) {
		k := active.Load()
		if k.sums == nil {
			return // all are tiles
		}
		tiles := *k
		tiles.sums, tiles.outer = nil, nil
		defer active.Store(k)
		r := rand.New(rand.NewPCG(8, 8))
		extents := []int{32, 33, 63, 64, 100, 257, 784}
		var g Implementation
		for _, small := range []int{1, 2, 3} {
			for _, threads := range []int{1, 3} {
				withThreads(t, threads)
				for range 12 {
					x, y := extents[r.IntN(len(extents))], extents[r.IntN(len(extents))]
					if r.IntN(10) == 0 {
						x, y = 700, 900
					}
					for _, c := range []gemmCase{
						{blas.Trans, blas.NoTrans, small, x, y, 1, 0, r.IntN(3), r.IntN(3), r.IntN(3)},
						{blas.Trans, blas.NoTrans, x, small, y, 1, 0, r.IntN(3), r.IntN(3), r.IntN(3)},
						{blas.NoTrans, blas.NoTrans, x, y, small, 1, 0, r.IntN(3), r.IntN(3), r.IntN(3)},
						{blas.NoTrans, blas.Trans, x, y, small, 1, 0, r.IntN(3), r.IntN(3), r.IntN(3)},
					} {
						a, lda, b, ldb, got, ldc := c.operands(r)
						want := slices.Clone(got)
						active.Store(k)
						g.Sgemm(c.tA, c.tB, c.m, c.n, c.k, 1, a, lda, b, ldb, 0, got, ldc)
						active.Store(&tiles)
						g.Sgemm(c.tA, c.tB, c.m, c.n, c.k, 1, a, lda, b, ldb, 0, want, ldc)
						for i := range c.m {
							if !slices.Equal(got[i*ldc:][:c.n], want[i*ldc:][:c.n]) {
								t.Fatalf("%+v: row %d: got %v, want %v", c, i, got[i*ldc:][:c.n], want[i*ldc:][:c.n])
							}
						}
					}
				}
			}
		}
	})
}
