package sgemm

import "unsafe"

const pointerBytes = int(unsafe.Sizeof((*float32)(nil)))

// packRightItem packs a few panels of one range of depth of B into the slab.
func (j *job) packRightItem(_ *worker, f *phase, i int) {
	n := ceil(j.colPanels, j.slabPer)
	r, panel, nr := j.d.at(f.first+i/n), i%n*j.slabPer, j.k.nr
	to := j.slabPanel(f, r, panel, j.colPanels, nr)
	j.p.B.Pack(to, nr, panel*nr, min(nr*j.slabPer, j.p.N-panel*nr), r.start, r.depth)
}

// multiplyRowItem computes one block of rows of C, as far as the slab goes.
func (j *job) multiplyRowItem(w *worker, f *phase, i int) {
	n := len(j.colCuts) - 1
	rows, cols := j.rowCuts[i/n:], j.colCuts[i%n:]
	firstRow, panels, firstCol, lastCol := rows[0], rows[1]-rows[0], cols[0], cols[1]
	j.tables(w, firstRow, panels)
	for d := f.first; d < f.last; d++ {
		r := j.d.at(d)
		if j.p.A == nil {
			j.packLeft(w.a, firstRow, panels, r)
		}
		for col := firstCol; col < lastCol; col++ {
			j.tiles(w, w.a, r, 0, panels, j.slabPanel(f, r, col, j.colPanels, j.k.nr), col, d > 0)
		}
	}
}

// packLeftItem packs a few panels of one range of depth of A into the slab.
func (j *job) packLeftItem(_ *worker, f *phase, i int) {
	n := ceil(j.rowPanels, j.slabPer)
	r, panel := j.d.at(f.first+i/n), i%n*j.slabPer
	j.packLeft(j.slabPanel(f, r, panel, j.rowPanels, j.k.mr), panel, min(j.slabPer, j.rowPanels-panel), r)
}

// multiplyColumnItem computes one block of columns of C, as far as the slab goes.
func (j *job) multiplyColumnItem(w *worker, f *phase, i int) {
	firstCol, lastCol := j.colCuts[i], j.colCuts[i+1]
	j.tables(w, 0, j.rowPanels)
	for d := f.first; d < f.last; d++ {
		r := j.d.at(d)
		for col := firstCol; col < lastCol; col += j.packPer {
			j.multiplyColumns(w, f, r, col, min(j.packPer, lastCol-col), d > 0)
		}
	}
}

// multiplyColumns packs cols panels of B from panel firstCol on, for one range of depth, and
// multiplies by them.
func (j *job) multiplyColumns(w *worker, f *phase, r depthRange, firstCol, cols int, deeper bool) {
	p, nr, mr := &j.p, j.k.nr, j.k.mr
	p.B.Pack(w.b, nr, firstCol*nr, min(nr*cols, p.N-firstCol*nr), r.start, r.depth)
	for first := 0; first < j.rowPanels; first += j.rowsPer {
		panels := min(j.rowsPer, j.rowPanels-first)
		var a []float32
		if p.A == nil {
			a = j.slabPanel(f, r, first, j.rowPanels, mr)
		}
		for c := range cols {
			j.tiles(w, a, r, first, panels, w.b[c*r.depth*nr:], firstCol+c, deeper)
		}
	}
}

// packLeft packs panels of A from panel first on, for one range of depth.
func (j *job) packLeft(dst []float32, first, panels int, r depthRange) {
	mr := j.k.mr
	j.p.PackA.Pack(dst, mr, first*mr, min(mr*panels, j.p.M-first*mr), r.start, r.depth)
}

// tables lists the addresses of the rows of a block of A and C. Rows below the lower edge read the
// last row and write to where nobody looks.
func (j *job) tables(w *worker, first, panels int) {
	if w.tableJob == j && w.tableFirst == first && w.tableCount == panels {
		return
	}
	w.tableJob, w.tableFirst, w.tableCount = j, first, panels
	p, mr, nr := &j.p, j.k.mr, j.k.nr
	rows := min(panels*mr, p.M-first*mr)
	w.cRows = w.cRows[:panels*mr]
	p.C.Outs(w.cRows[:rows], first*mr)
	for i := rows; i < panels*mr; i++ {
		w.cRows[i] = &w.junk[0]
	}
	if p.N%nr != 0 {
		for i := range panels * mr {
			w.edgeRows[i] = &w.edge[i*nr]
		}
	}
	if p.A == nil {
		return
	}
	w.aRows = w.aRows[:panels*mr*p.Segs]
	p.A.Rows(w.aRows, mr, first*mr, rows)
	w.repeatLast(rows, mr, p.Segs)
}

// repeatLast completes the last group of mr rows of A by copies of the last of all rows.
func (w *worker) repeatLast(rows, mr, segs int) {
	full := (rows - 1) / mr * mr
	last := w.aRows[full*segs:]
	for s := range segs {
		for i := rows - full; i < mr; i++ {
			last[s*mr+i] = last[s*mr+i-1]
		}
	}
}

// tiles computes the tiles of one panel of columns in panels panels of rows, of which the first is
// the first'th of the worker's tables and of a.
func (j *job) tiles(w *worker, a []float32, r depthRange, first, panels int, b []float32, col int, deeper bool) {
	p, mr, nr := &j.p, j.k.mr, j.k.nr
	c, off, add := &w.cRows[first*mr], col*nr*4, 0
	if deeper || p.Add {
		add = 1
	}
	cols := p.N - col*nr
	if cols < nr {
		c, off, add = &w.edgeRows[0], 0, 0
	}
	if p.A != nil {
		at := first*mr*p.Segs + r.seg*mr
		j.k.rows(panels, r.count, r.length, &w.aRows[at], mr*p.Segs*pointerBytes, r.offset*4, &b[0], c, off, add)
	} else {
		j.k.packed(panels, r.depth, &a[0], &b[0], c, off, add)
	}
	if cols < nr {
		w.writeEdge(w.cRows[first*mr:(first+panels)*mr], col*nr, cols, nr, deeper || p.Add)
	}
}

// writeEdge copies the columns that exist of a panel over C's right edge.
func (w *worker) writeEdge(rows []*float32, col, cols, nr int, add bool) {
	for i, c := range rows {
		to := unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(c), col*4)), cols)
		from := w.edge[i*nr : i*nr+cols]
		if !add {
			copy(to, from)
			continue
		}
		for k, v := range from {
			to[k] += v
		}
	}
}
