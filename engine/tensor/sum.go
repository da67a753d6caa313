package tensor

// sumChunk is the number of elements that one partial sum covers. It is fixed, and partial sums are
// added in order, so that a sum has the same bits whatever the number of threads.
const sumChunk = 32768

// SumSquares returns the sum of the squares of a, accumulated in float64.
func SumSquares(a []float32) float64 {
	if len(a) <= sumChunk {
		return kernels.Dot(a, a)
	}
	c := newCall()
	c.a = a
	c.chunks = (len(a) + sumChunk - 1) / sumChunk
	c.part = sums.get(c.chunks)
	c.parallel(c.chunks, 1, func(c *call, lo, hi int) {
		for i := lo; i < hi; i++ {
			x := c.a[i*sumChunk : min(len(c.a), (i+1)*sumChunk)]
			c.part[i] = kernels.Dot(x, x)
		}
	})
	var s float64
	for _, v := range c.part {
		s += v
	}
	sums.put(c.part)
	c.done()
	return s
}

// AllFinite reports whether a holds neither infinities nor NaN.
func AllFinite(a []float32) bool {
	if len(a) <= 4*grain {
		return kernels.AllFinite(a)
	}
	c := newCall()
	c.a = a
	c.parallel(len(a), 4*grain, func(c *call, lo, hi int) {
		if !c.found.Load() && !kernels.AllFinite(c.a[lo:hi]) {
			c.found.Store(true)
		}
	})
	finite := !c.found.Load()
	c.done()
	return finite
}
