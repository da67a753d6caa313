package sgemm

import (
	"sync/atomic"
)

// job is one product on its way through the workers.
type job struct {
	p          *Product
	k          *kernels
	d          depths
	threads    int
	columnwise bool // workers take blocks of columns, A is shared; else blocks of rows, B is shared

	first, last int       // ranges of depth in the slab
	slab        []float32 // of the shared operand, packed
	rowPanels   int
	colPanels   int
	rowsPer     int // panels a block
	colsPer     int
	slabPer     int // panels that are packed into the slab at once
	rowBlocks   int
	colBlocks   int

	right Transposed // of a product with few columns

	n    int // items of the current phase
	next atomic.Int64
	item func(w *worker, i int)
	// The functions below are bound once, because binding a method allocates.
	work                              func(lo, hi int)
	packRightSlab, packLeftSlab       func(w *worker, i int)
	multiplyRows, multiplyColumnBlock func(w *worker, i int)
	dotBlock                          func(w *worker, i int)
}

// worker is what a thread needs for itself.
type worker struct {
	a, b       []float32  // packed blocks
	aRows      []*float32 // segments of a block of A
	cRows      []*float32 // rows of a block of C
	edge       []float32  // tiles that reach over C's right edge
	edgeRows   []*float32
	junk       []float32 // where rows below C's lower edge go
	tableFirst int       // first row panel of aRows and cRows
	tableCount int
}

var (
	freeJobs    FreeList[job]
	freeWorkers FreeList[worker]
)

func newJob(p *Product) *job {
	j := freeJobs.Get()
	if j == nil {
		j = &job{}
		j.work = j.takeItems
		j.packRightSlab, j.packLeftSlab = j.packRightItem, j.packLeftItem
		j.dotBlock = j.dotItem
		j.multiplyRows, j.multiplyColumnBlock = j.multiplyRowItem, j.multiplyColumnItem
	}
	j.p, j.k, j.d = p, active.Load(), p.depths()
	j.threads = Threads()
	if p.Serial || p.M*p.N*p.Segs*p.SegLen < serialWork {
		j.threads = 1
	}
	j.rowPanels, j.colPanels = ceil(p.M, j.k.mr), ceil(p.N, j.k.nr)
	j.columnwise = p.N > p.M && j.colPanels >= 2*j.threads
	j.split()
	return j
}

func (j *job) release() {
	j.p, j.right = nil, Transposed{}
	freeJobs.Put(j)
}

// split chooses the blocks. It may look at the number of threads, as results do not depend on the blocks.
func (j *job) split() {
	depth := j.d.at(0).depth
	j.slabPer = max(1, packBytes/4/(depth*j.k.nr))
	j.rowsPer = max(1, blockBytes/4/(depth*j.k.mr))
	j.colsPer = max(1, blockBytes/4/(depth*j.k.nr))
	j.rowBlocks = ceil(j.rowPanels, j.rowsPer)
	j.colBlocks = ceil(j.colPanels, j.colsPer)
	if j.columnwise {
		j.colBlocks = min(j.colPanels, ceil(j.colBlocks, j.threads)*j.threads)
		j.colsPer = ceil(j.colPanels, j.colBlocks)
		j.colBlocks = ceil(j.colPanels, j.colsPer)
		j.rowsPer = ceil(j.rowPanels, j.rowBlocks)
		return
	}
	j.rowBlocks = min(j.rowPanels, ceil(j.rowBlocks, j.threads)*j.threads)
	j.rowsPer = ceil(j.rowPanels, j.rowBlocks)
	j.rowBlocks = ceil(j.rowPanels, j.rowsPer)
	j.colBlocks = 1
	if j.rowBlocks < j.threads && j.p.A != nil { // a packed A would be packed again for every block of columns
		j.colBlocks = min(j.colPanels, ceil(j.threads, j.rowBlocks))
	}
	j.colsPer = ceil(j.colPanels, j.colBlocks)
	j.colBlocks = ceil(j.colPanels, j.colsPer)
}

// each runs item on [0, n), every worker taking the next one when it is ready.
func (j *job) each(n int, item func(w *worker, i int)) {
	j.n, j.item = n, item
	j.next.Store(0)
	if threads := min(j.threads, n); threads > 1 {
		Parallel(threads, 1, j.work)
		return
	}
	j.work(0, 1)
}

func (j *job) takeItems(lo, hi int) {
	w := freeWorkers.Get()
	if w == nil {
		w = &worker{}
	}
	w.tableFirst = -1
	for {
		i := int(j.next.Add(1)) - 1
		if i >= j.n {
			break
		}
		j.item(w, i)
	}
	clear(w.aRows[:cap(w.aRows)]) // they would keep the operands alive
	clear(w.cRows[:cap(w.cRows)])
	freeWorkers.Put(w)
}

// grow returns s with length n; what it holds is unspecified.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// slabs calls f for stretches of depth whose packed panels, of width values a row, fit the slab.
func (j *job) slabs(width int, f func()) {
	start := 0
	for start < j.d.n {
		end, values := start, 0
		for end < j.d.n && (end == start || values+j.d.at(end).depth*width <= slabFloats) {
			values += j.d.at(end).depth * width
			end++
		}
		j.first, j.last = start, end
		j.slab = grow(j.slab, values)
		f()
		start = end
	}
}

// slabPanel returns the slab from panel i, nr or mr wide, of n of a range of depth on.
func (j *job) slabPanel(r depthRange, i, n, width int) []float32 {
	return j.slab[(r.start-j.d.at(j.first).start)*n*width+i*r.depth*width:]
}
