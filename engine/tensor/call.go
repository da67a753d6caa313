package tensor

import (
	"sync/atomic"

	"ganvas/engine/internal/sgemm"
)

// A call is one kernel's operands on their way through Parallel. The functions given to its methods
// are not closures but find what they work on in the call, and calls are used again, so that
// kernels allocate nothing.
type call struct {
	dst, a, b, c []float32 // data
	u, v, w      []float32 // values of groups, or rows of them as wide as a block of columns
	e, f, g      []float32 // more of them
	p, q, r, s   float32
	eps          float32
	key          uint64 // of random numbers
	idx          []int32
	found        atomic.Bool
	h, wd, ch, k int // height, width and channels of pictures, and the cell or factor

	unary        func(dst, a []float32)
	unaryScalar  func(dst, a []float32, s float32)
	binary       func(dst, a, b []float32)
	binaryScalar func(dst, a, b []float32, s float32)

	count, length int     // rows
	cols          columns // or columns
	part          []float64
	chunks        int
	results       int // sums a group
	elements      func(c *call, lo, hi int)
	group         func(c *call, g, lo, hi int) // elements [lo, hi) of row g, or of block g of columns
	rowSums       func(c *call, lo, hi int) (first, second float64)
	rowDone       func(c *call, g int, first, second float64)
	spreadColumns func(c *call, lo, hi int, u, v, w []float32)
	columnSums    func(c *call, first, second []float64, lo, hi int)

	run func(lo, hi int) // do, bound once
}

var calls sgemm.FreeList[call]

// newCall returns an empty call.
func newCall() *call {
	c := calls.Get()
	if c == nil {
		c = &call{}
		c.run = c.do
	}
	return c
}

// done forgets the operands and lets the call be used again.
func (c *call) done() {
	*c = call{run: c.run}
	calls.Put(c)
}

func (c *call) do(lo, hi int) { c.elements(c, lo, hi) }

// parallel calls f on ranges that cover [0, n).
func (c *call) parallel(n, grain int, f func(c *call, lo, hi int)) {
	c.elements = f
	Parallel(n, grain, c.run)
}
