package tensor

import (
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// MatMul sets dst to op(a)·op(b), where op transposes if trans is true. All three are matrices:
// op(a) is (m, k), op(b) is (k, n), dst is (m, n) and overlaps neither. It panics if the shapes do
// not fit.
func MatMul(dst, a, b *Tensor, transA, transB bool) {
	m, k := matrixShape("a", a, transA)
	k2, n := matrixShape("b", b, transB)
	dm, dn := matrixShape("dst", dst, false)
	if k != k2 || dm != m || dn != n {
		panic(fmt.Sprintf("tensor: product of (%d, %d) and (%d, %d) into (%d, %d)", m, k, k2, n, dm, dn))
	}
	if k == 0 { // an empty matrix has no rows that BLAS would accept
		clear(dst.Data)
		return
	}
	blas32.Gemm(transposed(transA), transposed(transB), 1, general(a), general(b), 0, general(dst))
}

func matrixShape(name string, t *Tensor, trans bool) (rows, cols int) {
	if len(t.Shape) != 2 {
		panic(fmt.Sprintf("tensor: product of matrices, but %s has shape %v", name, t.Shape))
	}
	if trans {
		return t.Shape[1], t.Shape[0]
	}
	return t.Shape[0], t.Shape[1]
}

func transposed(t bool) blas.Transpose {
	if t {
		return blas.Trans
	}
	return blas.NoTrans
}

// general views t for blas32, which wants a stride of at least 1 even where there are no columns.
func general(t *Tensor) blas32.General {
	return blas32.General{Rows: t.Shape[0], Cols: t.Shape[1], Stride: max(1, t.Shape[1]), Data: t.Data}
}
