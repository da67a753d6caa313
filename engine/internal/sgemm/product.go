package sgemm

import "unsafe"

// Rows is a left operand that is read where it lies.
type Rows interface {
	// Rows lists the addresses of the segments of count rows from row i on, in groups of mr rows:
	// segment s of row i+r goes to table[(r/mr·Segs+s)·mr+r%mr].
	Rows(table []*float32, mr, i, count int)
}

// A Packer copies panels of an operand into the order in which a micro-kernel reads them.
type Packer interface {
	// Pack packs count columns from column j on (for a left operand: rows), of each depth values
	// from k on: dst[(c/width·depth+d)·width+c%width] becomes value k+d of column j+c. Where c ≥
	// count, but within the last panel of width columns, it becomes zero.
	Pack(dst []float32, width, j, count, k, depth int)
}

// Output tells where the product goes.
type Output interface {
	// Outs lists the addresses of the first elements of len(table) rows from row i on; a row is
	// contiguous.
	Outs(table []*float32, i int)
}

// Product describes C = A·B, or C += A·B, where A is M×K, B is K×N and K = Segs·SegLen. What A, B
// and C are (matrices, transposed ones, patches of pictures) is up to whoever describes it.
type Product struct {
	M, N         int
	Segs, SegLen int
	A            Rows   // read in place, in segments of SegLen values; or
	PackA        Packer // packed, where A is nil
	B            Packer
	C            Output
	Add          bool
	Serial       bool // on the calling goroutine alone
}

// Parallel runs f on ranges that cover [0, n), possibly at the same time; Threads is how many at
// most. Package tensor sets both; alone, this package uses one processor.
var (
	Parallel = func(n, _ int, f func(lo, hi int)) { f(0, n) }
	Threads  = func() int { return 1 }
)

// Blocking as by K. Goto and R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
// ACM TOMS 34(3), 2008, and F. Van Zee and R. van de Geijn, "BLIS: A Framework for Rapidly
// Instantiating BLAS Functionality", ACM TOMS 41(3), 2015. A panel of B is depthBlock·nr values and
// stays in the first-level cache while the tiles of a block of A, kernels.block values in the
// second, pass by. Depth is cut the same way whatever the number of threads: every element of C is
// one sum within a block of depth, added up in the order of the blocks.
const (
	depthBlock = 256
	packBytes  = 64 << 10
	serialWork = 1 << 18 // multiply-adds below which starting other threads does not pay
	thinWork   = 1 << 17 // and in products of few rows or columns
)

// mostSlab bounds how many values of an operand are packed for all workers at once, for tests.
var mostSlab = 1 << 20

// A depthRange is a block of depth: count segments from seg on, of which each gives length values
// from offset on.
type depthRange struct {
	start, depth               int
	seg, count, offset, length int
}

// depths cuts the depth of p into n ranges; at returns one of them.
type depths struct {
	n              int
	segs, segLen   int
	perBlock, part int // whole segments a block, or values of a segment a block
}

func (p *Product) depths() depths {
	d := depths{segs: p.Segs, segLen: p.SegLen}
	if p.SegLen <= depthBlock {
		d.n = ceil(p.Segs, max(1, depthBlock/max(1, p.SegLen)))
		d.perBlock = ceil(p.Segs, d.n)
		d.n = ceil(p.Segs, d.perBlock)
		return d
	}
	d.part = ceil(ceil(p.SegLen, ceil(p.SegLen, depthBlock)), 8) * 8
	d.n = p.Segs * ceil(p.SegLen, d.part)
	return d
}

func (d *depths) at(i int) depthRange {
	if d.part == 0 {
		seg := i * d.perBlock
		count := min(d.perBlock, d.segs-seg)
		return depthRange{seg * d.segLen, count * d.segLen, seg, count, 0, d.segLen}
	}
	parts := ceil(d.segLen, d.part)
	seg, offset := i/parts, i%parts*d.part
	length := min(d.part, d.segLen-offset)
	return depthRange{seg*d.segLen + offset, length, seg, 1, offset, length}
}

func ceil(a, b int) int { return (a + b - 1) / b }

func clearRows(p *Product) {
	var table [64]*float32
	for i := 0; i < p.M; i += len(table) {
		part := table[:min(len(table), p.M-i)]
		p.C.Outs(part, i)
		for _, c := range part {
			clear(unsafe.Slice(c, p.N))
		}
	}
}

// trivial does what needs no multiplication and tells whether that was all.
func (p *Product) trivial() bool {
	if p.M == 0 || p.N == 0 {
		return true
	}
	if p.Segs > 0 && p.SegLen > 0 {
		return false
	}
	if !p.Add {
		clearRows(p)
	}
	return true
}

// Run computes p.
func Run(p *Product) { RunAll(unsafe.Slice(p, 1)) }

// RunAll computes products that do not need each other's results; all of them are Serial or none.
// Every operand is packed at most once: the smaller one for all workers, the larger one piece by
// piece by the worker who needs the piece.
func RunAll(ps []Product) {
	g := newRegion(ps)
	if g.threads > 1 {
		Parallel(g.threads, 1, g.work)
	} else if g.n > 0 {
		g.goThrough(0, 1)
	}
	g.release(ps[0].Serial)
}

// Reserve allocates what n simultaneous RunAlls of ps will need, if they are Serial. Otherwise it
// depends on chance how many run at once for the first time, and when.
func Reserve(ps []Product, n int) {
	if n == 0 {
		return
	}
	g := newRegion(ps)
	Reserve(ps, n-1)
	g.release(ps[0].Serial)
}
