package sgemm

import "sync/atomic"

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

	dots  bool       // the product has few columns, and
	right Transposed // this on its right

	workers []worker // one for each thread

	n       int // items of the current phase
	next    atomic.Int64
	started atomic.Int64 // workers
	item    func(w *worker, i int)
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

// Jobs of one goroutine alone are kept apart, so that what the others have grown to does not depend on how many of
// these ran at once.
var freeJobs, freeSerialJobs FreeList[job]

func (p *Product) jobs() *FreeList[job] {
	if p.Serial {
		return &freeSerialJobs
	}
	return &freeJobs
}

// newJob returns a job for p with all memory that it needs.
func newJob(p *Product) *job {
	j := p.jobs().Get()
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
	for len(j.workers) < j.threads {
		j.workers = append(j.workers, worker{})
	}
	if b, ok := p.B.(*Transposed); ok && p.A != nil && p.N <= len(j.k.dots) {
		j.dots, j.right = true, *b
		j.reserveDots()
		return j
	}
	j.rowPanels, j.colPanels = ceil(p.M, j.k.mr), ceil(p.N, j.k.nr)
	j.columnwise = p.N > p.M && j.colPanels >= 2*j.threads
	j.split()
	j.reserve()
	return j
}

func (j *job) release() {
	list := j.p.jobs()
	j.p, j.right, j.dots = nil, Transposed{}, false
	list.Put(j)
}

// Reserve allocates what n simultaneous Runs of p will need, if p is Serial. Otherwise it depends on chance how many
// run at once for the first time, and when.
func Reserve(p *Product, n int) {
	if n == 0 || p.M*p.N*p.Segs*p.SegLen == 0 {
		return
	}
	j := newJob(p)
	Reserve(p, n-1)
	j.release()
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

// reserve allocates. All workers get the same, although one may take all items: what the next ones allocate must not
// depend on who was faster.
func (j *job) reserve() {
	p, mr, nr := j.p, j.k.mr, j.k.nr
	depth := j.d.at(0).depth // of which no range has more
	rows, width := j.rowsPer*mr, j.colPanels*nr
	if j.columnwise {
		rows, width = j.rowPanels*mr, j.rowPanels*mr
	}
	if !j.columnwise || p.A == nil {
		j.slab = grow(j.slab, min(j.d.n, max(1, slabFloats/(depth*width)))*depth*width)
	}
	for i := range j.workers[:j.threads] {
		w := &j.workers[i]
		if j.columnwise {
			w.b = grow(w.b, j.colsPer*depth*nr)
		} else if p.A == nil {
			w.a = grow(w.a, rows*depth)
		}
		w.cRows = grow(w.cRows, rows)
		if p.A != nil {
			w.aRows = grow(w.aRows, rows*p.Segs)
		}
		if p.M%mr != 0 {
			w.junk = grow(w.junk, j.colPanels*nr)
		}
		if p.N%nr != 0 {
			w.edge, w.edgeRows = grow(w.edge, rows*nr), grow(w.edgeRows, rows)
		}
	}
}

// each runs item on [0, n), every worker taking the next one when it is ready.
func (j *job) each(n int, item func(w *worker, i int)) {
	j.n, j.item = n, item
	j.next.Store(0)
	j.started.Store(0)
	if threads := min(j.threads, n); threads > 1 {
		Parallel(threads, 1, j.work)
		return
	}
	j.work(0, 1)
}

// takeItems is one worker's part of a phase. Parallel calls it at most once for each thread.
func (j *job) takeItems(_, _ int) {
	w := &j.workers[j.started.Add(1)-1]
	w.tableFirst = -1
	for i := int(j.next.Add(1)) - 1; i < j.n; i = int(j.next.Add(1)) - 1 {
		j.item(w, i)
	}
	clear(w.aRows[:cap(w.aRows)]) // they would keep the operands alive
	clear(w.cRows[:cap(w.cRows)])
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
		j.slab = j.slab[:values]
		f()
		start = end
	}
}

// slabPanel returns the slab from panel i, nr or mr wide, of n of a range of depth on.
func (j *job) slabPanel(r depthRange, i, n, width int) []float32 {
	return j.slab[(r.start-j.d.at(j.first).start)*n*width+i*r.depth*width:]
}
