package tensor

import "sync/atomic"

// sumChunk is the number of elements that one partial sum covers. It is fixed, and partial sums are added in order,
// so that a sum has the same bits whatever the number of threads.
const sumChunk = 32768

// SumSquares returns the sum of the squares of a, accumulated in float64.
func SumSquares(a []float32) float64 {
	if len(a) <= sumChunk {
		return kernels.Dot(a, a)
	}
	chunks := (len(a) + sumChunk - 1) / sumChunk
	part := sums.borrow(chunks)
	Parallel(chunks, 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			c := a[i*sumChunk : min(len(a), (i+1)*sumChunk)]
			part[i] = kernels.Dot(c, c)
		}
	})
	var s float64
	for _, v := range part {
		s += v
	}
	sums.giveBack(part)
	return s
}

// AllFinite reports whether a holds neither infinities nor NaN.
func AllFinite(a []float32) bool {
	if len(a) <= 4*grain {
		return kernels.AllFinite(a)
	}
	var bad atomic.Bool
	Parallel(len(a), 4*grain, func(lo, hi int) {
		if !bad.Load() && !kernels.AllFinite(a[lo:hi]) {
			bad.Store(true)
		}
	})
	return !bad.Load()
}
