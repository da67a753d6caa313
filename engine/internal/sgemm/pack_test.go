package sgemm

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
)

// packed is what a Packer must make of value(column, depth).
func packedPanels(width, count, depth int, value func(c, d int) float32) []float32 {
	want := make([]float32, ceil(count, width)*width*depth)
	for c := range count {
		for d := range depth {
			want[(c/width*depth+d)*width+c%width] = value(c, d)
		}
	}
	return want
}

func TestPack(t *testing.T) {
	forEachISA(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(4, 4))
		for _, width := range []int{4, 6, 12, 16, 32} {
			for range 60 {
				count, depth := 1+r.IntN(100), 1+r.IntN(40)
				if r.IntN(8) == 0 {
					depth += 300 // more than one piece
				}
				comparePack(t, r, width, count, depth, max(count, depth)+r.IntN(9))
			}
			comparePack(t, r, width, 50, 30, 515)
		}
	})
}

func comparePack(t *testing.T, r *rand.Rand, width, count, depth, ld int) {
	t.Helper()
	compare := func(name string, got, want []float32) {
		t.Helper()
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%s: width %d, count %d, depth %d, ld %d: element %d: got %g, want %g",
					name, width, count, depth, ld, i, got[i], want[i])
			}
		}
	}
	m := Matrix{Data: randoms(r, (max(count, depth)-1)*ld+max(count, depth)), Stride: ld}
	got := randoms(r, ceil(count, width)*width*depth)
	(*Columns)(&m).Pack(got, width, 0, count, 0, depth)
	compare("columns", got, packedPanels(width, count, depth, func(c, d int) float32 { return m.Data[d*ld+c] }))
	m.Data = m.Data[:(count-1)*ld+depth] // nothing may be read beyond the last value
	(*Transposed)(&m).Pack(got, width, 0, count, 0, depth)
	compare("transposed", got, packedPanels(width, count, depth, func(c, d int) float32 { return m.Data[c*ld+d] }))

	table := make([]*float32, depth+GatherAhead)
	for i := range table {
		table[i] = &m.Data[r.IntN(len(m.Data))]
	}
	first := make([]int, depth)
	n, off := 1+r.IntN(min(width, len(m.Data))), r.IntN(3)
	for i := range first {
		first[i] = r.IntN(max(1, len(m.Data)-n-off+1))
		table[i] = &m.Data[first[i]]
	}
	if n+off > len(m.Data) {
		return
	}
	GatherRuns(got, width, table, off, n)
	for d := range depth {
		compare("gather", got[d*width:], m.Data[first[d]+off:first[d]+off+n])
	}
}

// TestTileOfAVX512 runs the driver with tiles of the size of AVX-512's, computed by Go, as not
// every processor that tests run on has AVX-512.
func TestTileOfAVX512(t *testing.T) {
	before := active.Load()
	defer active.Store(before)
	active.Store(&kernels{
		name: "test", mr: 12, nr: 32, rows: rowsBig, packed: packedBig,
		transpose8: before.transpose8, copies: before.copies,
	})
	r := rand.New(rand.NewPCG(6, 6))
	trans := []blas.Transpose{blas.NoTrans, blas.Trans}
	for range 60 {
		compareSgemm(t, r, gemmCase{
			trans[r.IntN(2)], trans[r.IntN(2)], 1 + r.IntN(90), 1 + r.IntN(90), 1 + r.IntN(600), 1, float32(r.IntN(2)),
			r.IntN(3), r.IntN(3), r.IntN(3),
		})
	}
}
