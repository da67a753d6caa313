package sgemm

import (
	"os"
	"sync/atomic"
)

// kernels are the innermost loops of one instruction set. A tile is mr rows by nr columns of the
// product.
//
// rows and packed compute panels tiles that lie below each other. B's panel holds k rows of nr
// values; c lists the addresses of C's rows, mr a tile, to which cOff bytes are added; with add = 0
// the tile is stored, else it is added.
//
// rows reads A where it lies. A row of it is made of segs segments of segLen contiguous values (k =
// segs·segLen): a lists the addresses of the segments, mr a segment, to which aOff bytes are added;
// aStep bytes lie between the lists of two tiles.
//
// packed reads tiles of A as k columns of mr values, tile after tile.
type kernels struct {
	name   string
	mr, nr int
	// block is how many values of the operand that a worker has to itself stay in the second-level
	// cache, slab how many values are packed for all workers at once.
	block, slab int
	rows        func(panels, segs, segLen int, a **float32, aStep, aOff int, b *float32, c **float32, cOff, add int)
	packed      func(panels, k int, a, b *float32, c **float32, cOff, add int)
	// transpose8 writes 8·blocks columns of 8 rows of src as rows of dst, steps in bytes; nil where
	// there is none.
	transpose8 func(dst *float32, dstStep int, src *float32, srcStep, blocks int)
	// copies lists functions that copy count runs of n values, by falling n.
	copies []copyFunc
	// adds lists functions that add count runs of n values, steps in bytes, by falling n.
	adds []addFunc
	// dots lists functions for 1, 2, … columns.
	dots []dotFunc
	// sums lists functions for 1, 2, … columns of a left operand that lies transposed: c, of 32
	// columns, receives that many rows, each the sum over depth of a value of a times a row of b.
	sums []thinFunc
	// outer lists functions for products of depth 1, 2, …: rows of 32 columns, each the sum of so
	// many values of a times a row of b.
	outer []thinFunc
}

// A thinFunc computes thinColumns columns of a product with one small extent; steps between rows
// are in bytes. It adds up products in the order of the tiles.
type thinFunc func(count int, a *float32, aStep int, b *float32, bStep int, c *float32, cStep int)

const thinColumns = 32

type addFunc struct {
	n   int
	add func(dst *float32, dstStep int, src *float32, srcStep, count int)
}

// A dotFunc computes groups of four rows of a product with few columns, whose right operand lies
// transposed: its rows, bStep bytes apart, and those of A run along the depth. a lists the
// addresses of the segments of A's rows, four a segment. out receives, for each group, four sums
// for each column. mask has segLen mod 8 values of -1.
type dotFunc func(groups, segs, segLen int, a **float32, b *float32, bStep int, mask *int32, out *float32)

// A copyFunc copies count runs of n values: from src on, steps in bytes, or from off bytes after
// the addresses in a table, which holds eight more, to be prefetched.
type copyFunc struct {
	n      int
	copy   func(dst *float32, dstStep int, src *float32, srcStep, count int)
	gather func(dst *float32, dstStep int, table **float32, off, count int)
}

var active atomic.Pointer[kernels]

func init() {
	all := available()
	chosen := all[0]
	for _, k := range all {
		if k.name == os.Getenv("GANVAS_ISA") {
			chosen = k
		}
	}
	active.Store(chosen)
}

// ISA returns the name of the instruction set in use: "avx512", "avx2", "neon" or "generic". It is
// the processor's best unless the environment variable GANVAS_ISA named another one that the
// processor has.
func ISA() string { return active.Load().name }

// ISAs returns the names of the instruction sets that this processor and this build have, the best
// first.
func ISAs() []string {
	var names []string
	for _, k := range available() {
		names = append(names, k.name)
	}
	return names
}

// SetISA chooses an instruction set by name, for tests. It panics if the processor lacks it.
func SetISA(name string) {
	for _, k := range available() {
		if k.name == name {
			active.Store(k)
			return
		}
	}
	panic("sgemm: no instruction set " + name)
}
