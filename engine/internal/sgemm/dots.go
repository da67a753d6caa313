package sgemm

import "unsafe"

// A product with very few columns would waste most of a tile. It is computed as dot products
// instead, over the whole depth at once, with nothing packed.
const (
	dotRows      = 4  // of A share what is loaded of B
	dotBlockRows = 32 // that one item computes
)

// tailMasks[n] has n values of -1 at its start.
var tailMasks = [8][8]int32{
	1: {-1},
	2: {-1, -1},
	3: {-1, -1, -1},
	4: {-1, -1, -1, -1},
	5: {-1, -1, -1, -1, -1},
	6: {-1, -1, -1, -1, -1, -1},
	7: {-1, -1, -1, -1, -1, -1, -1},
}

// dotItem computes one block of rows.
func (j *job) dotItem(w *worker, _ *phase, i int) {
	p, n := &j.p, j.p.N
	first := i * dotBlockRows
	rows := min(dotBlockRows, p.M-first)
	groups := ceil(rows, dotRows)
	w.aRows = w.aRows[:groups*dotRows*p.Segs]
	p.A.Rows(w.aRows, dotRows, first, rows)
	w.repeatLast(rows, dotRows, p.Segs)
	w.cRows = w.cRows[:rows]
	p.C.Outs(w.cRows, first)
	j.k.dots[n-1](groups, p.Segs, p.SegLen, &w.aRows[0], &j.right.Data[0], j.right.Stride*4,
		&tailMasks[p.SegLen%8][0], &w.edge[0])
	for r, c := range w.cRows {
		to := unsafe.Slice(c, n)
		for col := range to {
			sum := w.edge[(r/dotRows*n+col)*dotRows+r%dotRows]
			if p.Add {
				sum += to[col]
			}
			to[col] = sum
		}
	}
}
