package main

import (
	"fmt"

	"ganvas/engine/internal/armasm"
)

// thinVectors is how many vectors wide a block of a product with one small extent is.
const thinVectors = 8

// thinFunc holds the arguments that sums and outer have in common.
type thinFunc struct {
	*armasm.Func
	count, a, aStep, b, bStep, c, cStep armasm.X
}

func thin(file *armasm.File, name, count, doc string) thinFunc {
	f := file.Func(name, doc, fmt.Sprintf("(%s int, a *float32, aStep int, b *float32, bStep int, c *float32, cStep int)", count))
	return thinFunc{f, f.Arg(count), f.Arg("a"), f.Arg("aStep"), f.Arg("b"), f.Arg("bStep"), f.Arg("c"), f.Arg("cStep")}
}

// loadRow reads a row of a block.
func (f thinFunc) loadRow(v []vec, from armasm.X) {
	for i := 0; i < thinVectors; i += 2 {
		f.LoadPair(v[i], v[i+1], from, 16*i)
	}
}

// storeRow writes a row of C.
func (f thinFunc) storeRow(v []vec) {
	for i := 0; i < thinVectors; i += 2 {
		f.StorePair(v[i], v[i+1], f.c, 16*i)
	}
	f.Ins("ADD %v, %v", f.cStep, f.c)
}

// cleared returns a row of zeros.
func (f thinFunc) cleared() []vec {
	v := f.Vs(thinVectors)
	for _, x := range v {
		f.Clear(x)
	}
	return v
}

// sums writes n rows of the product of a transposed left operand: sums over depth of a value of
// each of n columns of a, times a row of b.
func sums(file *armasm.File, n int) {
	f := thin(file, fmt.Sprintf("sums%d", n), "depth",
		fmt.Sprintf("computes %d rows of %d columns of a product; see kernels.", n, lanes*thinVectors))
	acc := make([][]vec, n)
	for r := range acc {
		acc[r] = f.cleared()
	}
	f.Times(f.count, func() {
		f.Scope(func() {
			x := f.Vs(n)
			for r, v := range x {
				f.Load(1, v, f.a, 4*r)
			}
			w := f.Vs(2)
			for i := 0; i < thinVectors; i += 2 {
				f.LoadPair(w[0], w[1], f.b, 16*i)
				for r, v := range x {
					f.FMLAElem(acc[r][i], w[0], v, 0)
					f.FMLAElem(acc[r][i+1], w[1], v, 0)
				}
			}
		})
		f.Ins("ADD %v, %v", f.aStep, f.a)
		f.Ins("ADD %v, %v", f.bStep, f.b)
	})
	for _, row := range acc {
		f.storeRow(row)
	}
	f.Return()
}

// outer writes the product of rows of n values with n rows of b.
func outer(file *armasm.File, n int) {
	f := thin(file, fmt.Sprintf("outer%d", n), "rows",
		fmt.Sprintf("computes %d columns of a product of depth %d; see kernels.", lanes*thinVectors, n))
	w := make([][]vec, n)
	for k := range w {
		w[k] = f.Vs(thinVectors)
		f.loadRow(w[k], f.b)
		f.Ins("ADD %v, %v", f.bStep, f.b)
	}
	f.Times(f.count, func() {
		f.Scope(func() {
			acc, x := f.cleared(), f.V()
			for k := range w {
				f.Load(1, x, f.a, 4*k)
				for i, v := range acc {
					f.FMLAElem(v, w[k][i], x, 0)
				}
			}
			f.storeRow(acc)
		})
		f.Ins("ADD %v, %v", f.aStep, f.a)
	})
	f.Return()
}
