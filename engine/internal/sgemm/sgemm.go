// Package sgemm multiplies matrices of float32 with the processor's vector instructions, behind gonum's
// blas.Float32 interface, and anything else that can be described as a product of matrices, such as convolutions.
// It knows tiles, caches and instruction sets; it knows no tensors and no pictures.
package sgemm

//go:generate go run ./asm

import (
	"sync"


	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Implementation is gonum's BLAS with a faster Sgemm.
type Implementation struct{ gonum.Implementation }

var _ blas.Float32 = Implementation{}

// Sgemm computes C = alpha·op(A)·op(B) + beta·C, where op transposes or does nothing; op(A) is m×k, op(B) k×n.
// Arguments and panics are those of gonum's Sgemm. With beta = 0, C is not read.
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
	if beta != 0 && beta != 1 {
		for i := range m {
			for j := range n {
				c[i*ldc+j] *= beta
			}
		}
	}
	x := newMatrices()
	x.a, x.b, x.c = matrix{a, lda}, rightMatrix{matrix{b, ldb}, alpha}, matrix{c, ldc}
	x.p = Product{M: m, N: n, Segs: 1, SegLen: k, C: &x.c, Add: beta != 0}
	x.p.B = &x.b
	if tB == blas.NoTrans {
		x.p.B = (*rightRows)(&x.b)
	}
	x.p.A = &x.a
	if tA != blas.NoTrans {
		x.p.A, x.p.PackA = nil, (*leftColumns)(&x.a)
	}
	Run(&x.p)
	x.release()
}

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

// matrix is a row-major matrix; its data is taken as checked by the caller.
type matrix struct {
	data []float32
	ld   int
}

// Row and Out: a matrix as left operand read in place, and as output.
func (m *matrix) Row(table []*float32, _, i int) { table[0] = &m.data[i*m.ld] }

// Out returns the address of row i.
func (m *matrix) Out(i int) *float32 { return &m.data[i*m.ld] }

// matrices is what one Sgemm needs, kept for the next one.
type matrices struct {
	p    Product
	a, c matrix
	b    rightMatrix
}

var (
	matricesMu   sync.Mutex
	freeMatrices []*matrices
)

func newMatrices() *matrices {
	matricesMu.Lock()
	defer matricesMu.Unlock()
	if n := len(freeMatrices); n > 0 {
		x := freeMatrices[n-1]
		freeMatrices = freeMatrices[:n-1]
		return x
	}
	return &matrices{}
}

func (x *matrices) release() {
	*x = matrices{}
	matricesMu.Lock()
	freeMatrices = append(freeMatrices, x)
	matricesMu.Unlock()
}

