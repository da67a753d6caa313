package tensor

import (
	"fmt"

	"gonum.org/v1/gonum/blas/blas32"
)

// BatchMatMul sets each of the n matrices of dst (n, rows, columns) to op(a)·op(b) of those of a
// and b, where op transposes if trans is true. Items are divided over processors, and each is one
// product. It panics if the shapes do not fit.
func BatchMatMul(dst, a, b *Tensor, transA, transB bool) {
	n, m, k := batchShape("a", a, transA)
	nb, k2, cols := batchShape("b", b, transB)
	nd, dm, dn := batchShape("dst", dst, false)
	if n != nb || n != nd || k != k2 || dm != m || dn != cols {
		panic(fmt.Sprintf("tensor: products of %v and %v into %v (transposed: %t, %t)", a.Shape, b.Shape, dst.Shape, transA, transB))
	}
	if len(a.Data) == 0 || len(b.Data) == 0 {
		clear(dst.Data)
		return
	}
	// Small ones are worth their way to another processor only several at a time.
	Parallel(n, max(1, batchWork/(m*k*cols)), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			blas32.Gemm(transposed(transA), transposed(transB), 1, matrix(a, i), matrix(b, i), 0, matrix(dst, i))
		}
	})
}

// batchWork is how many multiply-adds are worth handing to another goroutine.
const batchWork = 1 << 17

func batchShape(name string, t *Tensor, trans bool) (n, rows, cols int) {
	if len(t.Shape) != 3 {
		panic(fmt.Sprintf("tensor: products of matrices, but %s has shape %v", name, t.Shape))
	}
	if trans {
		return t.Shape[0], t.Shape[2], t.Shape[1]
	}
	return t.Shape[0], t.Shape[1], t.Shape[2]
}

// matrix views item i for blas32.
func matrix(t *Tensor, i int) blas32.General {
	rows, cols := t.Shape[1], t.Shape[2]
	return blas32.General{Rows: rows, Cols: cols, Stride: cols, Data: t.Data[i*rows*cols : (i+1)*rows*cols]}
}
