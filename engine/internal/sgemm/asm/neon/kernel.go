package main

import (
	"fmt"

	"ganvas/engine/internal/armasm"
)

// A tile has mr rows and nr columns, two vectors: 24 accumulators leave eight of the 32 registers
// for two or four vectors of B and as many of A. More rows than columns, as columns are channels,
// often a small power of two.
const (
	mr = 12
	nr = 8
)

// vec is a vector register: four float32.
type vec = armasm.V

const lanes = 4

// tile holds the registers that rows and packed have in common.
type tile struct {
	*armasm.Func
	acc    [mr][2]vec
	b      armasm.X // walks over the panel of B
	c      armasm.X // walks over the table of C's rows
	cOff   armasm.X
	panels armasm.X
}

func begin(f *armasm.File, name, signature string) *tile {
	t := &tile{Func: f.Func(name, fmt.Sprintf("computes tiles of %d rows below each other; see kernels.", mr), signature)}
	t.panels, t.c, t.cOff, t.b = t.Arg("panels"), t.Arg("c"), t.Arg("cOff"), t.X()
	for r := range t.acc {
		t.acc[r] = [2]vec{t.V(), t.V()}
	}
	return t
}

// tiles writes the loop over the tiles, with body for one.
func (t *tile) tiles(body func()) {
	t.Times(t.panels, func() {
		t.start()
		body()
		t.finish()
	})
	t.Return()
}

// row loads the address of row r of the tile of C.
func (t *tile) row(p armasm.X, r int) {
	t.Ins("MOVD %d(%v), %v", 8*r, t.c, p)
	t.Ins("ADD %v, %v", t.cOff, p)
}

// start prefetches the tile of C, clears the accumulators and goes to the start of the panel of B.
func (t *tile) start() {
	t.Scope(func() {
		p := t.X()
		for r := range t.acc {
			t.row(p, r)
			t.Prefetch(p, 0)
		}
	})
	for _, a := range t.acc {
		t.Clear(a[0])
		t.Clear(a[1])
	}
	t.Ins("MOVD %s, %v", t.Param("b"), t.b)
}

// finish stores the tile of C, or adds to it, and moves on in the table of C's rows.
func (t *tile) finish() {
	store, next := t.NewLabel("store"), t.NewLabel("next")
	t.Scope(func() {
		p := t.X()
		t.Ins("MOVD %s, %v", t.Param("add"), p)
		t.Ins("CBZ %v, %s", p, store)
	})
	t.store(true)
	t.Ins("B %s", next)
	t.Label(store)
	t.store(false)
	t.Label(next)
	t.Advance(8*mr, t.c)
}

func (t *tile) store(add bool) {
	t.Scope(func() {
		p, before := t.X(), t.Vs(2)
		for r, a := range t.acc {
			t.row(p, r)
			if add {
				t.LoadPair(before[0], before[1], p, 0)
				t.FADD(a[0], a[0], before[0])
				t.FADD(a[1], a[1], before[1])
			}
			t.StorePair(a[0], a[1], p, 0)
		}
	})
}

// rows writes the micro-kernel that reads A where it lies.
func rows(f *armasm.File) {
	t := begin(f, "rowsNEON",
		"(panels, segs, segLen int, a **float32, aStep, aOff int, b *float32, c **float32, cOff, add int)")
	table, off, end, pairs, left := t.X(), t.X(), t.Arg("segLen"), t.X(), t.X()
	var row [mr]armasm.X
	for r := range row {
		row[r] = t.X()
	}
	t.Ins("MOVD %s, %v", t.Param("aOff"), off)
	t.Ins("AND $~1, %v, %v", end, pairs)
	t.Ins("ADD %v<<2, %v, %v", pairs, off, pairs)
	t.Ins("ADD %v<<2, %v, %v", end, off, end)
	t.tiles(func() {
		t.Ins("MOVD %s, %v", t.Param("a"), table)
		t.Ins("MOVD %s, %v", t.Param("segs"), left)
		t.Times(left, func() {
			for r := 0; r < mr; r += 2 {
				t.Ins("LDP %d(%v), (%v, %v)", 8*r, table, row[r], row[r+1])
			}
			t.Advance(8*mr, table)
			t.Ins("MOVD %s, %v", t.Param("aOff"), off)
			t.along(2, off, pairs, row)
			t.along(1, off, end, row)
		})
		t.Scope(func() {
			list, step := t.X(), t.X()
			t.Ins("MOVD %s, %v", t.Param("a"), list)
			t.Ins("MOVD %s, %v", t.Param("aStep"), step)
			t.Ins("ADD %v, %v", step, list)
			t.Ins("MOVD %v, %s", list, t.Param("a"))
		})
	})
}

// along goes along the segments of A, depth values at a time, until off reaches end.
func (t *tile) along(depth int, off, end armasm.X, row [mr]armasm.X) {
	loop, exit := t.NewLabel("along"), t.NewLabel("exit")
	t.Ins("CMP %v, %v", end, off)
	t.Ins("BGE %s", exit)
	t.Label(loop)
	t.Scope(func() {
		b := t.Vs(2 * depth)
		for d := range depth {
			t.LoadPair(b[2*d], b[2*d+1], t.b, 4*nr*d)
		}
		const group = 4 // rows whose values of A are in registers
		a := t.Vs(group)
		for first := 0; first < mr; first += group {
			for r, v := range a {
				t.LoadIndexed(depth, v, row[first+r], off)
			}
			for d := range depth {
				for r, v := range a {
					t.FMLAElem(t.acc[first+r][0], b[2*d], v, d)
					t.FMLAElem(t.acc[first+r][1], b[2*d+1], v, d)
				}
			}
		}
	})
	t.Advance(4*depth, off)
	t.Advance(4*nr*depth, t.b)
	t.Ins("CMP %v, %v", end, off)
	t.Ins("BLT %s", loop)
	t.Label(exit)
}

// packed writes the micro-kernel that reads panels of A packed as B's are.
func packed(f *armasm.File) {
	t := begin(f, "packedNEON", "(panels, k int, a *float32, b *float32, c **float32, cOff, add int)")
	a, left := t.Arg("a"), t.X()
	t.tiles(func() {
		t.Ins("MOVD %s, %v", t.Param("k"), left)
		for _, depth := range []int{4, 1} {
			t.Steps(left, depth, func() {
				for d := range depth {
					t.step(a, d)
				}
				t.Advance(4*mr*depth, a)
				t.Advance(4*nr*depth, t.b)
			})
		}
	})
}

// step adds the product of column d of the panel of A and row d of the panel of B.
func (t *tile) step(a armasm.X, d int) {
	t.Scope(func() {
		left, right := t.Vs(3), t.Vs(2)
		t.LoadPair(right[0], right[1], t.b, 4*nr*d)
		t.LoadPair(left[0], left[1], a, 4*mr*d)
		t.Load(4, left[2], a, 4*mr*d+32)
		for r, acc := range t.acc {
			t.FMLAElem(acc[0], right[0], left[r/4], r%4)
			t.FMLAElem(acc[1], right[1], left[r/4], r%4)
		}
	})
}
