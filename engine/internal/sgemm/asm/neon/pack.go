package main

import (
	"fmt"

	"ganvas/engine/internal/armasm"
)

const stepSignature = "(dst *float32, dstStep int, src *float32, srcStep, count int)"

// transpose8 writes the transposition of 8 rows, 8 columns at a time.
func transpose8(file *armasm.File) {
	f := file.Func("transpose8", "writes 8·blocks columns of 8 rows of src as rows of dst; the steps between rows are in bytes.",
		"(dst *float32, dstStep int, src *float32, srcStep, blocks int)")
	dst, dstStep, blocks := f.Arg("dst"), f.Arg("dstStep"), f.Arg("blocks")
	var row [8]armasm.X
	row[0] = f.Arg("src")
	f.Scope(func() {
		step := f.Arg("srcStep")
		for i := 1; i < 8; i++ {
			row[i] = f.X()
			f.Ins("ADD %v, %v, %v", step, row[i-1], row[i])
		}
	})
	f.Times(blocks, func() {
		var r [8][2]vec // halves of the rows
		for i := range r {
			r[i] = [2]vec{f.V(), f.V()}
			f.LoadPair(r[i][0], r[i][1], row[i], 0)
			f.Advance(32, row[i])
		}
		t := [4]vec{f.V(), f.V(), f.V(), f.V()}
		for h := range 2 {
			for i := 0; i < 8; i += 4 {
				transpose4(f, [4]vec{r[i][h], r[i+1][h], r[i+2][h], r[i+3][h]}, t)
			}
		}
		for j := range 8 {
			f.StorePair(r[j%4][j/4], r[4+j%4][j/4], dst, 0)
			f.Ins("ADD %v, %v", dstStep, dst)
		}
	})
	f.Return()
}

// transpose4 transposes four vectors in place, by way of t.
func transpose4(f *armasm.Func, r, t [4]vec) {
	f.ZIP1(t[0], r[0], r[1])
	f.ZIP2(t[1], r[0], r[1])
	f.ZIP1(t[2], r[2], r[3])
	f.ZIP2(t[3], r[2], r[3])
	f.ZIP1D(r[0], t[0], t[2])
	f.ZIP2D(r[1], t[0], t[2])
	f.ZIP1D(r[2], t[1], t[3])
	f.ZIP2D(r[3], t[1], t[3])
}

// move writes the copying of n values, n even: eight at a time, then 4, then 2. It loads them all
// before it stores.
func move(f *armasm.Func, n int, dst, src armasm.X) {
	f.Scope(func() {
		v := f.Vs((n + 3) / 4)
		each := func(pair func(v, w vec, off int), part func(count int, v vec, off int)) {
			for at, left := 0, n; left > 0; {
				switch {
				case left >= 8:
					pair(v[at/4], v[at/4+1], 4*at)
					at, left = at+8, left-8
				case left >= 4:
					part(4, v[at/4], 4*at)
					at, left = at+4, left-4
				default:
					part(2, v[at/4], 4*at)
					left -= 2
				}
			}
		}
		each(func(v, w vec, off int) { f.LoadPair(v, w, src, off) }, func(count int, v vec, off int) { f.Load(count, v, src, off) })
		each(func(v, w vec, off int) { f.StorePair(v, w, dst, off) }, func(count int, v vec, off int) { f.Store(count, v, dst, off) })
	})
}

// copies writes the copying of count runs of n values from addresses a constant step apart.
func copies(file *armasm.File, n int) {
	f := file.Func(fmt.Sprintf("copy%d", n),
		fmt.Sprintf("copies count runs of %d values; the steps between runs are in bytes.", n), stepSignature)
	dst, dstStep, src, srcStep, count := f.Arg("dst"), f.Arg("dstStep"), f.Arg("src"), f.Arg("srcStep"), f.Arg("count")
	f.Times(count, func() {
		if n >= 16 { // what follows the run is most often the run of the next panel
			f.Prefetch(src, 4*n)
		}
		move(f, n, dst, src)
		f.Ins("ADD %v, %v", srcStep, src)
		f.Ins("ADD %v, %v", dstStep, dst)
	})
	f.Return()
}

// gathers writes the copying of count runs of n values from the addresses in a table.
func gathers(file *armasm.File, n int) {
	f := file.Func(fmt.Sprintf("gather%d", n), fmt.Sprintf("copies count runs of %d values from the addresses in a table, plus off; "+
		"dstStep and off are in bytes. It prefetches eight addresses ahead, which must exist.", n),
		"(dst *float32, dstStep int, table **float32, off, count int)")
	dst, dstStep, table, off, count := f.Arg("dst"), f.Arg("dstStep"), f.Arg("table"), f.Arg("off"), f.Arg("count")
	src := f.X()
	f.Times(count, func() {
		f.Ins("MOVD 64(%v), %v", table, src)
		f.Ins("ADD %v, %v", off, src)
		f.Prefetch(src, 0)
		f.Ins("MOVD (%v), %v", table, src)
		f.Ins("ADD %v, %v", off, src)
		move(f, n, dst, src)
		f.Advance(8, table)
		f.Ins("ADD %v, %v", dstStep, dst)
	})
	f.Return()
}

// adds writes the adding of count runs of n values, n a power of two.
func adds(file *armasm.File, n int) {
	f := file.Func(fmt.Sprintf("add%d", n),
		fmt.Sprintf("adds count runs of %d values to others; the steps between runs are in bytes.", n), stepSignature)
	dst, dstStep, src, srcStep, count := f.Arg("dst"), f.Arg("dstStep"), f.Arg("src"), f.Arg("srcStep"), f.Arg("count")
	f.Times(count, func() {
		f.Scope(func() {
			for at := 0; at < n; at += 4 {
				x, y := f.V(), f.V()
				f.Load(min(4, n), x, src, 4*at)
				f.Load(min(4, n), y, dst, 4*at)
				f.FADD(y, y, x)
				f.Store(min(4, n), y, dst, 4*at)
			}
		})
		f.Ins("ADD %v, %v", srcStep, src)
		f.Ins("ADD %v, %v", dstStep, dst)
	})
	f.Return()
}
