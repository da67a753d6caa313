package sgemm

import "gonum.org/v1/gonum/blas"

// A slim is a product with one extent so small that most of each tile would be waste. It is
// computed with nothing packed, and with the bits of tiles: each element is one sum within a range
// of depth, added up in the order of the ranges.
type slim struct {
	k             *kernels
	a, b, c       []float32
	lda, ldb, ldc int
	m, n          int
	d             depths
	flipped       bool // C receives the transpose
	turned        []float32

	item func(s *slim, lo, hi int)
	run  func(lo, hi int) // does items, bound once
}

// thinPart is what sums writes: a few rows of a block.
type thinPart [3 * thinColumns]float32

var (
	freeSlims FreeList[slim]
	freeParts FreeList[thinPart]
)

// thin computes C = op(A)·op(B) and returns true if it has one small extent: few rows or columns of
// the gradient of a dense layer's weights, few inputs or outputs of a layer.
func thin(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) bool {
	kernels := active.Load()
	p := Product{Segs: 1, SegLen: k}
	s := slim{k: kernels, a: a, b: b, c: c, lda: lda, ldb: ldb, ldc: ldc, m: m, n: n, d: p.depths()}
	items, grain := ceil(n, thinColumns), 1
	switch {
	case tA != blas.NoTrans && tB == blas.NoTrans && m <= len(kernels.sums) && n >= thinColumns:
		s.item = (*slim).sums
	case tA != blas.NoTrans && tB == blas.NoTrans && n <= len(kernels.sums) && m >= thinColumns:
		s.a, s.b, s.lda, s.ldb, s.m, s.n, s.flipped = b, a, ldb, lda, n, m, true
		s.item, items = (*slim).sums, ceil(m, thinColumns)
	case tA == blas.NoTrans && k <= len(kernels.outer) && n >= thinColumns:
		s.item, items, grain = (*slim).outer, m, 16
	default:
		return false
	}
	s.multiply(tB != blas.NoTrans, items, grain, m*n*k)
	return true
}

// multiply does all items: several at a time if work, in multiply-adds, is worth it.
func (s *slim) multiply(turn bool, items, grain, work int) {
	x := freeSlims.Get()
	if x == nil {
		x = &slim{}
		x.run = func(lo, hi int) { x.item(x, lo, hi) }
	}
	s.run, s.turned = x.run, x.turned
	*x = *s
	if turn {
		x.turn()
	}
	if worthThreads(work, true) {
		Parallel(items, grain, x.run)
	} else {
		x.run(0, items)
	}
	*x = slim{run: x.run, turned: x.turned}
	freeSlims.Put(x)
}

// turn transposes b, which has as many columns as the product is deep.
func (s *slim) turn() {
	s.turned = transpose(s.turned, s.b, s.ldb, s.n, s.d.segLen)
	s.b, s.ldb = s.turned, s.n
}

// transpose writes the transpose of rows by cols values of src, rows ld apart, to dst, which grows
// if need be.
func transpose(dst, src []float32, ld, rows, cols int) []float32 {
	dst = grow(dst, rows*cols)
	for i := range rows {
		for j, v := range src[i*ld:][:cols] {
			dst[j*rows+i] = v
		}
	}
	return dst
}

// column returns where block i begins, and how many columns of it are the block's own: the last one
// overlaps the one before.
func (s *slim) column(i int) (first, own int) {
	own = min(thinColumns, s.n-i*thinColumns)
	return i*thinColumns + own - thinColumns, own
}

// sums computes blocks [lo, hi) of columns.
func (s *slim) sums(lo, hi int) {
	kernel := s.k.sums[s.m-1]
	part := freeParts.Get()
	if part == nil {
		part = new(thinPart)
	}
	for i := lo; i < hi; i++ {
		first, own := s.column(i)
		var sum thinPart
		for d := range s.d.n {
			r := s.d.at(d)
			kernel(r.depth, &s.a[r.start*s.lda], s.lda*4, &s.b[r.start*s.ldb+first], s.ldb*4, &part[0], thinColumns*4)
			if d == 0 {
				sum = *part
				continue
			}
			for j, v := range part[:s.m*thinColumns] {
				sum[j] += v
			}
		}
		for r := range s.m {
			from := sum[r*thinColumns:][:thinColumns][thinColumns-own:]
			if !s.flipped {
				copy(s.c[r*s.ldc+first+thinColumns-own:], from)
				continue
			}
			for j, v := range from {
				s.c[(first+thinColumns-own+j)*s.ldc+r] = v
			}
		}
	}
	freeParts.Put(part)
}

// outer computes rows [lo, hi).
func (s *slim) outer(lo, hi int) {
	kernel := s.k.outer[s.d.segLen-1]
	for i := range ceil(s.n, thinColumns) {
		first, _ := s.column(i)
		kernel(hi-lo, &s.a[lo*s.lda], s.lda*4, &s.b[first], s.ldb*4, &s.c[lo*s.ldc+first], s.ldc*4)
	}
}
