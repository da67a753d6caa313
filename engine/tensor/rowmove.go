package tensor

import "fmt"

// GatherRows stores row idx[i] of x in row i of dst; rows are k elements long.
func GatherRows(dst, x []float32, idx []int32, k int) {
	same("GatherRows", len(dst), len(idx)*k)
	c := newCall()
	c.dst, c.a, c.idx, c.k = dst, x, idx, k
	c.parallel(len(idx), max(1, grain/max(1, k)), func(c *call, lo, hi int) {
		for i, at := range c.idx[lo:hi] {
			copy(c.dst[(lo+i)*c.k:][:c.k], c.a[int(at)*c.k:][:c.k])
		}
	})
	c.done()
}

// ScatterRows zeroes dst and adds row i of x to row idx[i] of dst in order of i; rows are k
// elements long: the adjoint of GatherRows.
func ScatterRows(dst, x []float32, idx []int32, k int) {
	same("ScatterRows", len(x), len(idx)*k)
	clear(dst)
	// On the caller alone, as indices may repeat.
	for i, at := range idx {
		d := dst[int(at)*k:][:k]
		kernels.Add(d, d, x[i*k:][:k])
	}
}

// CopyColumns copies columns of a matrix src, whose rows are srcWidth long, from column srcAt on to
// those of dst from column dstAt on: width columns of each row. The number of rows of both must be
// the same.
func CopyColumns(dst []float32, dstWidth, dstAt int, src []float32, srcWidth, srcAt, width int) {
	if width == 0 || len(dst) == 0 {
		return
	}
	rows := len(dst) / max(1, dstWidth)
	if dstAt < 0 || srcAt < 0 || dstAt+width > dstWidth || srcAt+width > srcWidth || len(src) != rows*srcWidth {
		panic(fmt.Sprintf("tensor: CopyColumns of %d columns from %d of %d to %d of %d", width, srcAt, srcWidth, dstAt, dstWidth))
	}
	c := newCall()
	c.dst, c.a, c.wd, c.h, c.k = dst[dstAt:], src[srcAt:], dstWidth, srcWidth, width
	c.parallel(rows, max(1, grain/width), func(c *call, lo, hi int) {
		for r := lo; r < hi; r++ {
			copy(c.dst[r*c.wd:][:c.k], c.a[r*c.h:][:c.k])
		}
	})
	c.done()
}
