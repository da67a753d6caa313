package tensor

import (
	"sync"
	"sync/atomic"
)

// sumChunk is the number of elements that one partial sum covers. It is fixed, and partial sums are added in order,
// so that a sum has the same bits whatever the number of threads.
const sumChunk = 32768

// scratch and scratch32 lend buffers for partial sums and spread values.
var (
	scratch   = sync.Pool{New: func() any { return new([]float64) }}
	scratch32 = sync.Pool{New: func() any { return new([]float32) }}
)

// borrow returns n zeros and what to hand to giveBack.
func borrow(n int) ([]float64, *[]float64) {
	p := scratch.Get().(*[]float64)
	if cap(*p) < n {
		*p = make([]float64, n)
	}
	s := (*p)[:n]
	clear(s)
	return s, p
}

func giveBack(p *[]float64) { scratch.Put(p) }

// borrow32 returns n unspecified values and what to hand to giveBack32.
func borrow32(n int) ([]float32, *[]float32) {
	p := scratch32.Get().(*[]float32)
	if cap(*p) < n {
		*p = make([]float32, n)
	}
	return (*p)[:n], p
}

func giveBack32(p *[]float32) {
	if p != nil {
		scratch32.Put(p)
	}
}

// SumSquares returns the sum of the squares of a, accumulated in float64.
func SumSquares(a []float32) float64 {
	if len(a) <= sumChunk {
		return kernels.Dot(a, a)
	}
	chunks := (len(a) + sumChunk - 1) / sumChunk
	part, p := borrow(chunks)
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
	giveBack(p)
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
