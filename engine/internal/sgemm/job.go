package sgemm

// job is one product on its way through the workers.
type job struct {
	p          Product
	k          *kernels
	d          depths
	threads    int
	columnwise bool       // workers take blocks of columns, A is shared; else blocks of rows, B is shared
	right      Transposed // B of a product with few columns

	phases    []phase
	slab      []float32 // of the shared operand, packed
	packed    []float32 // the shared operand, if it came packed
	rowPanels int
	colPanels int
	rowCuts   []int // where blocks of panels begin, and the number of panels
	colCuts   []int
	rowsPer   int // panels a block at most
	packPer   int // panels of B that a worker packs at once
	slabPer   int // panels that are packed into the slab at once
}

// fewPanels is how many panels of rows a thread gets at least where B is packed.
const fewPanels = 12

// begin prepares j to compute p.
func (j *job) begin(p *Product) {
	j.p, j.k, j.d = *p, active.Load(), p.depths()
	j.threads = Threads()
	b, few := p.B.(*Transposed)
	few = few && p.A != nil && p.N <= len(j.k.dots)
	if p.Serial || !worthThreads(p.M*p.N*p.Segs*p.SegLen, few) {
		j.threads = 1
	}
	j.phases = j.phases[:0]
	if few {
		j.right = *b
		j.addPhase(ceil(p.M, dotBlockRows), 0, j.d.n, (*job).dotItem)
		return
	}
	j.rowPanels, j.colPanels = ceil(p.M, j.k.mr), ceil(p.N, j.k.nr)
	if b, ok := p.B.(*Packed); ok {
		b.check(p)
		j.packed, j.columnwise = b.data, false
		j.split()
		if j.rowPanels < fewPanels*j.threads { // then B is what has to be read, and every thread reads a part
			j.rowCuts, j.rowsPer = append(j.rowCuts[:0], 0, j.rowPanels), j.rowPanels
			j.splitColumns(2 * j.threads)
		}
		j.addPhase(j.blocks(), 0, j.d.n, (*job).multiplyRowItem)
		return
	}
	wide := p.N > p.M || p.N == p.M && p.A != nil // with A in place, nobody waits for anything
	j.columnwise = wide && j.colPanels >= 2*j.threads
	j.split()
	switch {
	case !j.columnwise:
		j.addSlabs(j.colPanels, j.k.nr, (*job).packRightItem, j.blocks(), (*job).multiplyRowItem)
	case p.A == nil:
		j.addSlabs(j.rowPanels, j.k.mr, (*job).packLeftItem, len(j.colCuts)-1, (*job).multiplyColumnItem)
	default:
		j.addPhase(len(j.colCuts)-1, 0, j.d.n, (*job).multiplyColumnItem)
	}
}

// worthThreads tells whether starting other threads pays for so many multiply-adds. Thin ones read
// a value of memory each.
func worthThreads(work int, thin bool) bool { return work >= serialWork || thin && work >= thinWork }

// blocks returns how many blocks of rows and columns there are.
func (j *job) blocks() int { return (len(j.rowCuts) - 1) * (len(j.colCuts) - 1) }

func (j *job) addPhase(n, first, last int, item func(j *job, w *worker, f *phase, i int)) {
	if len(j.phases) < cap(j.phases) {
		j.phases = j.phases[:len(j.phases)+1]
	} else {
		j.phases = append(j.phases, phase{})
	}
	f := &j.phases[len(j.phases)-1]
	f.n, f.first, f.last, f.item = n, first, last, item
	f.next.Store(0)
	f.done.Store(0)
}

// addSlabs adds phases that pack stretches of depth of the shared operand, panels of width, as long
// as the slab is, and phases that multiply by them.
func (j *job) addSlabs(panels, width int, pack func(*job, *worker, *phase, int),
	items int, multiply func(*job, *worker, *phase, int),
) {
	depth := j.d.at(0).depth // of which no range has more
	ranges := min(j.d.n, max(1, min(j.k.slab, mostSlab)/(depth*panels*width)))
	j.slab = grow(j.slab, ranges*depth*panels*width)
	for first := 0; first < j.d.n; first += ranges {
		last := min(first+ranges, j.d.n)
		j.addPhase((last-first)*ceil(panels, j.slabPer), first, last, pack)
		j.addPhase(items, first, last, multiply)
	}
}

// split chooses the blocks. It may look at the number of threads, as results do not depend on the
// blocks.
func (j *job) split() {
	depth := j.d.at(0).depth
	j.slabPer = max(1, packBytes/4/(depth*j.k.nr))
	rows := max(1, j.k.block/(depth*j.k.mr)) // that stay in the caches
	j.packPer = max(1, j.k.block/(depth*j.k.nr))
	if j.columnwise {
		// Wide blocks, so that neighbouring panels find what they have in common (a pixel is in
		// several patches) in the caches.
		most := j.colPanels
		if j.threads > 1 {
			most = ceil(j.colPanels, 4*j.threads)
		}
		j.colCuts = j.cut(j.colCuts, j.colPanels, most, 1)
		j.packPer = evenly(j.colCuts[1], j.packPer)
		j.rowsPer = evenly(j.rowPanels, rows)
		return
	}
	j.rowCuts = j.cut(j.rowCuts, j.rowPanels, evenly(j.rowPanels, rows), fewRows)
	j.rowsPer = j.rowCuts[1]
	n := 1
	if blocks := len(j.rowCuts) - 1; blocks < j.threads && j.p.A != nil { // a packed A would be packed again for every block of columns
		n = ceil(j.threads, blocks)
	}
	j.splitColumns(n)
}

// fewRows is how many panels of rows make a block at least, so that a panel of B in the first-level
// cache is used a few times.
const fewRows = 2

// cut returns where blocks begin and, last, the number of panels: blocks of at most so many panels
// first, then smaller ones, so that threads come to the end at the same time although one was held
// up.
func (j *job) cut(cuts []int, panels, most, least int) []int {
	cuts = append(cuts[:0], 0)
	for at := 0; at < panels; {
		n := most
		if j.threads > 1 {
			n = min(most, max(least, ceil(panels-at, 2*j.threads)))
		}
		at = min(at+n, panels)
		cuts = append(cuts, at)
	}
	return cuts
}

// splitColumns makes n even blocks of columns, if there are as many panels.
func (j *job) splitColumns(n int) {
	n = min(n, j.colPanels)
	j.colCuts = j.colCuts[:0]
	for i := range n + 1 {
		j.colCuts = append(j.colCuts, i*j.colPanels/n)
	}
}

// evenly returns the size of blocks of at most so many panels, if they are all of about the same
// size.
func evenly(panels, most int) int { return ceil(panels, ceil(panels, most)) }

// reserve allocates what w needs for j.
func (j *job) reserve(w *worker) {
	p, mr, nr := &j.p, j.k.mr, j.k.nr
	if j.right.Data != nil {
		w.aRows = grow(w.aRows, dotBlockRows*p.Segs)
		w.cRows = grow(w.cRows, dotBlockRows)
		w.edge = grow(w.edge, dotBlockRows*p.N)
		return
	}
	depth := j.d.at(0).depth
	rows := j.rowsPer * mr
	if j.columnwise {
		rows = j.rowPanels * mr
		w.b = grow(w.b, j.packPer*depth*nr)
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

// grow returns s with length n or, as it must fit what was asked for before, more; what it holds is
// unspecified.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:max(n, len(s))]
}

// slabPanel returns the slab of phase f from panel i, nr or mr wide, of n of a range of depth on.
func (j *job) slabPanel(f *phase, r depthRange, i, n, width int) []float32 {
	slab := j.slab
	if j.packed != nil {
		slab = j.packed
	}
	return slab[(r.start-j.d.at(f.first).start)*n*width+i*r.depth*width:]
}
