// Package sgemm multiplies matrices of float32 with the processor's vector instructions, behind
// gonum's blas.Float32 interface, and anything else that can be described as a product of matrices,
// such as convolutions. It knows tiles, caches and instruction sets; it knows no tensors and no
// pictures.
package sgemm

//go:generate go run ./asm
//go:generate go run ./asm/neon

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Implementation is gonum's BLAS with a faster Sgemm.
type Implementation struct{ gonum.Implementation }

var _ blas.Float32 = Implementation{}

// Sgemm computes C = alpha·op(A)·op(B) + beta·C, where op transposes or does nothing; op(A) is m×k,
// op(B) k×n. Arguments and panics are those of gonum's Sgemm. With beta = 0, C is not read.
func (g Implementation) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int,
	b []float32, ldb int, beta float32, c []float32, ldc int,
) {
	if active.Load() == kernelsGeneric || !wellFormed(tA, tB, m, n, k, len(a), lda, len(b), ldb, len(c), ldc) {
		g.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	if m == 0 || n == 0 {
		return
	}
	if alpha == 0 {
		k = 0 // A and B must not be read: they may hold NaN
	}
	if alpha == 1 && beta == 0 && k > 0 && thin(tA, tB, m, n, k, a, lda, b, ldb, c, ldc) {
		return
	}
	if beta != 0 && beta != 1 {
		for i := range m {
			for j := range n {
				c[i*ldc+j] *= beta
			}
		}
	}
	x := freeMatrices.Get()
	if x == nil {
		x = &matrices{}
	}
	x.a, x.b, x.c = Matrix{a, lda}, Matrix{b, ldb}, Matrix{c, ldc}
	x.p = Product{M: m, N: n, Segs: 1, SegLen: k, C: &x.c, Add: beta != 0}
	switch {
	case tA != blas.NoTrans:
		x.p.PackA = (*Columns)(&x.a)
	case lda%collidingStride == 0 && n >= collidingWidth:
		x.p.PackA = (*Transposed)(&x.a)
	default:
		x.p.A = &x.a
	}
	switch {
	case tB != blas.NoTrans || n == 1 && ldb == 1: // a column is its own transpose
		x.p.B = (*Transposed)(&x.b)
	case n <= len(active.Load().dots) && x.p.A != nil:
		x.turned = transpose(x.turned, b, ldb, k, n)
		x.b = Matrix{x.turned, k}
		x.p.B = (*Transposed)(&x.b)
	default:
		x.p.B = (*Columns)(&x.b)
	}
	if alpha != 1 {
		x.scaled = scaled{x.p.B, alpha}
		x.p.B = &x.scaled
	}
	if m == 1 && tB != blas.NoTrans && tA == blas.NoTrans {
		x.swap()
	}
	Run(&x.p)
	*x = matrices{turned: x.turned}
	freeMatrices.Put(x)
}

// swap makes a row times the transpose of a matrix a matrix times a column.
func (x *matrices) swap() {
	x.a, x.b = x.b, x.a
	x.c.Stride = 1
	x.p.M, x.p.N = x.p.N, 1
	x.p.A, x.p.PackA = &x.a, nil
}

// Rows that lie collidingStride values or a multiple apart fall on the same lines of the caches, so
// that a block of them does not stay there. Packing them pays if they are used for many columns.
const (
	collidingStride = 1024
	collidingWidth  = 192
)

// wellFormed tells whether gonum's Sgemm would not panic.
func wellFormed(tA, tB blas.Transpose, m, n, k, lenA, lda, lenB, ldb, lenC, ldc int) bool {
	rowsA, colsA, okA := oriented(tA, m, k)
	rowsB, colsB, okB := oriented(tB, k, n)
	return okA && okB && min(m, n, k) >= 0 && lda >= max(1, colsA) && ldb >= max(1, colsB) && ldc >= max(1, n) &&
		(m == 0 || n == 0 ||
			lenA >= (rowsA-1)*lda+colsA && lenB >= (rowsB-1)*ldb+colsB && lenC >= (m-1)*ldc+n)
}

func oriented(t blas.Transpose, rows, cols int) (int, int, bool) {
	switch t {
	case blas.NoTrans:
		return rows, cols, true
	case blas.Trans, blas.ConjTrans:
		return cols, rows, true
	}
	return 0, 0, false
}

// matrices is what one Sgemm needs, kept for the next one.
type matrices struct {
	p       Product
	a, b, c Matrix
	scaled  scaled
	turned  []float32 // a transpose of B
}

var freeMatrices FreeList[matrices]
