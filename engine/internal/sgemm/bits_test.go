package sgemm

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
)

// TestSameBitsOnAllProcessors holds the kernels in assembly, for whatever processor, to the same
// sums in the same order.
func TestSameBitsOnAllProcessors(t *testing.T) {
	const want uint64 = 0x40ab06c784dd398d
	forEachISA(t, func(t *testing.T) {
		if ISA() == "generic" { // which leaves plain products to gonum
			return
		}
		r, h := rand.New(rand.NewPCG(7, 7)), fnv.New64a()
		for _, g := range []gemmCase{
			{blas.NoTrans, blas.NoTrans, 61, 75, 90, 1, 0, 0, 0, 0},
			{blas.Trans, blas.NoTrans, 40, 91, 700, 2.5, 1, 0, 3, 0},
			{blas.Trans, blas.Trans, 70, 33, 515, 1, 0.5, 1, 0, 2},
			{blas.NoTrans, blas.Trans, 65, 5, 600, -1, 1, 0, 0, 0},
			{blas.NoTrans, blas.Trans, 65, 3, 604, 1, 1, 0, 0, 0}, // as dot products, whose last one to three values
			{blas.NoTrans, blas.Trans, 9, 1, 128, 1, 0, 0, 0, 0},  // beyond a multiple of four differ
		} {
			a, lda, b, ldb, c, ldc := g.operands(r)
			Implementation{}.Sgemm(g.tA, g.tB, g.m, g.n, g.k, g.alpha, a, lda, b, ldb, g.beta, c, ldc)
			for i := range g.m {
				for _, x := range c[i*ldc : i*ldc+g.n] {
					_ = binary.Write(h, binary.LittleEndian, math.Float32bits(x)) // a hash takes anything
				}
			}
		}
		if got := h.Sum64(); got != want {
			t.Errorf("got fingerprint %#x, want %#x", got, want)
		}
	})
}
