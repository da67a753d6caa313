package sgemm

import (
	"runtime"
	"sync/atomic"
	"time"
)

// A region is a stretch of parallel work: products one after the other, through which every worker
// goes at its own pace. It waits for the others only where it needs what they packed.
type region struct {
	jobs    []*job // n of them, one for each product
	n       int
	workers []*worker // one for each thread
	threads int

	started atomic.Int64 // workers
	failed  atomic.Bool  // a worker panicked: nobody must wait for it
	work    func(lo, hi int)
}

// worker is what a thread needs for itself.
type worker struct {
	a, b       []float32  // packed blocks
	aRows      []*float32 // segments of a block of A
	cRows      []*float32 // rows of a block of C
	edge       []float32  // tiles that reach over C's right edge
	edgeRows   []*float32
	junk       []float32 // where rows below C's lower edge go
	tableJob   *job      // that aRows and cRows are of
	tableFirst int       // their first row panel
	tableCount int
}

// Regions of one goroutine alone are kept apart, so that what the others have grown to does not
// depend on how many of these there were at once.
var freeRegions, freeSerialRegions FreeList[region]

func regions(serial bool) *FreeList[region] {
	if serial {
		return &freeSerialRegions
	}
	return &freeRegions
}

// newRegion returns a region for the products, with all memory that they need. All workers get the
// same, although one may do all the work: what the next region allocates must not depend on who was
// faster in this one.
func newRegion(ps []Product) *region {
	g := regions(ps[0].Serial).Get()
	if g == nil {
		g = &region{}
		g.work = g.goThrough
	}
	g.n, g.threads = 0, 1
	for i := range ps {
		if ps[i].trivial() {
			continue
		}
		if g.n == len(g.jobs) {
			g.jobs = append(g.jobs, &job{})
		}
		g.jobs[g.n].begin(&ps[i])
		g.threads = max(g.threads, g.jobs[g.n].threads)
		g.n++
	}
	for len(g.workers) < g.threads {
		g.workers = append(g.workers, &worker{})
	}
	for i := range g.n {
		for _, w := range g.workers[:g.threads] {
			g.jobs[i].reserve(w)
		}
	}
	g.started.Store(0)
	g.failed.Store(false)
	return g
}

func (g *region) release(serial bool) {
	for _, j := range g.jobs[:g.n] {
		j.p, j.right, j.packed = Product{}, Transposed{}, nil
	}
	regions(serial).Put(g)
}

// goThrough is one worker's way through the region. Parallel calls it at most once for each thread.
func (g *region) goThrough(_, _ int) {
	w := g.workers[g.started.Add(1)-1]
	defer func() {
		if v := recover(); v != nil {
			g.failed.Store(true)
			panic(v)
		}
	}()
	for _, j := range g.jobs[:g.n] {
		for i := range j.phases {
			f := &j.phases[i]
			if i > 0 && !j.phases[i-1].finished(&g.failed) {
				return
			}
			f.do(j, w)
		}
	}
	clear(w.aRows[:cap(w.aRows)]) // they would keep the operands alive
	clear(w.cRows[:cap(w.cRows)])
	w.tableJob = nil
}

// A phase is a number of items that may be done at the same time, after all those of the phase
// before.
type phase struct {
	n           int
	first, last int // ranges of depth in the slab
	item        func(j *job, w *worker, f *phase, i int)
	next, done  atomic.Int64
}

// do does items as long as there are any.
func (f *phase) do(j *job, w *worker) {
	for i := int(f.next.Add(1)) - 1; i < f.n; i = int(f.next.Add(1)) - 1 {
		f.item(j, w, f, i)
		f.done.Add(1)
	}
}

// finished waits until all items are done and returns true, or false if that will not happen.
func (f *phase) finished(failed *atomic.Bool) bool {
	for tries := 0; int(f.done.Load()) < f.n; tries++ {
		if failed.Load() {
			return false
		}
		switch { // the worker who has the last item may need this processor
		case tries > 1000:
			time.Sleep(20 * time.Microsecond)
		case tries > 100:
			runtime.Gosched()
		}
	}
	return true
}
