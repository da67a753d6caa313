package main

import (
	"slices"

	"ganvas/engine/internal/armasm"
)

// columns writes the kernels that treat a slice as rows with one value a column.
func columns(k *kernels) {
	x := []string{"x"}
	f := k.begin("colSum", "adds the column sums of x to acc.", "(acc []float64, x []float32)")
	f.columnSums([]string{"acc"}, x, func(acc, x []vec) { f.FADD2D(acc[0], acc[0], x[0]) })

	f = k.begin("colDot", "adds the column sums of a·b to acc.", "(acc []float64, a, b []float32)")
	f.columnSums([]string{"acc"}, twoInputs, func(acc, x []vec) { f.FMLA2D(acc[0], x[0], x[1]) })

	f = k.begin("colMoments", "adds the column sums of x and x² to sum and squares.", "(sum, squares []float64, x []float32)")
	f.columnSums([]string{"sum", "squares"}, x, func(acc, x []vec) {
		f.FADD2D(acc[0], acc[0], x[0])
		f.FMLA2D(acc[1], x[0], x[0])
	})

	f = k.begin("colSumDot", "adds the column sums of a and a·b to sum and dot.", "(sum, dot []float64, a, b []float32)")
	f.columnSums([]string{"sum", "dot"}, twoInputs, func(acc, x []vec) {
		f.FADD2D(acc[0], acc[0], x[0])
		f.FMLA2D(acc[1], x[0], x[1])
	})
	columnMaps(k)
}

func columnMaps(k *kernels) {
	x := []string{"x"}
	f := k.begin("colScale", "stores x·scale in dst.", "(dst, x, scale []float32)")
	f.columnMap(x, []string{"scale"}, func(x, v []vec) vec {
		f.FMUL(x[0], x[0], v[0])
		return x[0]
	})

	f = k.begin("colShift", "stores x+shift in dst.", "(dst, x, shift []float32)")
	f.columnMap(x, []string{"shift"}, func(x, v []vec) vec {
		f.FADD(x[0], x[0], v[0])
		return x[0]
	})

	f = k.begin("colAffine", "stores x·scale+shift in dst.", "(dst, x, scale, shift []float32)")
	f.columnMap(x, []string{"scale", "shift"}, func(x, v []vec) vec {
		f.FMLA(v[1], x[0], v[0])
		return v[1]
	})

	f = k.begin("colAddScaled", "stores a+b·v in dst.", "(dst, a, b, v []float32)")
	f.columnMap(twoInputs, []string{"v"}, func(x, v []vec) vec {
		f.FMLA(x[0], x[1], v[0])
		return x[0]
	})

	f = k.begin("colNormalize", "stores (x−mean)·rstd+residue in dst.", "(dst, x, mean, rstd, residue []float32)")
	f.columnMap(x, []string{"mean", "rstd", "residue"}, func(x, v []vec) vec {
		f.FSUB(x[0], x[0], v[0])
		f.FMLA(v[2], x[0], v[1])
		return v[2]
	})

	f = k.begin("colNormGrad", "stores rstd·(dy−meanDY−y·dot) in dst.", "(dst, dy, y, rstd, meanDY, dot []float32)")
	f.columnMap([]string{"dy", "y"}, []string{"rstd", "meanDY", "dot"}, func(x, v []vec) vec {
		f.FSUB(x[0], x[0], v[1])
		f.FMLS(x[0], x[1], v[2])
		f.FMUL(x[0], x[0], v[0])
		return x[0]
	})
}

// columnSums writes loops that add to float64 accumulators, one a column, what body makes of the
// rows. Some columns at a time stay in registers for all rows: 32 or 16, then 4, then 1.
func (k kernel) columnSums(accs, in []string, body func(acc, x []vec)) {
	p := k.Args(slices.Concat(accs, in)...)
	columns, stride, end := k.Arg(accs[0]+"_len"), k.X(), k.Arg(in[0]+"_len")
	k.Ins("LSL $2, %v, %v", columns, stride)
	k.Ins("ADD %v<<2, %v, %v", end, p[in[0]], end)
	at := make([]armasm.X, len(in))
	for i := range at {
		at[i] = k.X()
	}
	for _, width := range []int{32 / len(accs), 4, 1} {
		k.Steps(columns, width, func() {
			k.Scope(func() {
				acc := k.accumulators(width, accs, p)
				for i, name := range in {
					k.Ins("MOVD %v, %v", p[name], at[i])
				}
				loop := k.NewLabel("rows")
				k.Label(loop)
				k.addRow(width, acc, at, body)
				for _, x := range at {
					k.Ins("ADD %v, %v", stride, x)
				}
				k.Ins("CMP %v, %v", end, at[0])
				k.Ins("BLO %s", loop)
				k.storeAccumulators(width, acc, accs, p)
			})
			for _, name := range accs {
				k.Advance(8*width, p[name])
			}
			for _, name := range in {
				k.Advance(4*width, p[name])
			}
		})
	}
	k.Return()
}

// accumulators loads width float64 of each of accs, two a register; the first index counts
// registers.
func (k kernel) accumulators(width int, accs []string, p map[string]armasm.X) [][]vec {
	acc := make([][]vec, (width+1)/2)
	for u := range acc {
		acc[u] = k.Vs(len(accs))
		for i, v := range acc[u] {
			k.Load(min(4, 2*width), v, p[accs[i]], 16*u)
		}
	}
	return acc
}

func (k kernel) storeAccumulators(width int, acc [][]vec, accs []string, p map[string]armasm.X) {
	for u := range acc {
		for i, v := range acc[u] {
			k.Store(min(4, 2*width), v, p[accs[i]], 16*u)
		}
	}
}

// addRow adds width columns of the row at the addresses in at to the accumulators.
func (k kernel) addRow(width int, acc [][]vec, at []armasm.X, body func(acc, x []vec)) {
	for first := 0; first < width; first += lanes {
		k.Scope(func() {
			var x [2][]vec
			for _, row := range at {
				v := k.V()
				k.Load(min(lanes, width), v, row, 4*first)
				for h, w := range k.widen(v) {
					x[h] = append(x[h], w)
				}
			}
			for h := range min(2, width) {
				body(acc[first/2+h], x[h])
			}
		})
	}
}

// columnMap writes a loop over rows: body returns a vector of the result, from the data and the
// values of their columns.
func (k kernel) columnMap(in, values []string, body func(x, v []vec) vec) {
	data := slices.Concat(result, in)
	p, first := k.Args(data...), k.Args(values...)
	at := map[string]armasm.X{}
	for _, name := range values {
		at[name] = k.X()
	}
	width, left, n := k.Arg(values[0]+"_len"), k.Arg("dst_len"), k.X()
	row, done := k.NewLabel("row"), k.NewLabel("done")
	k.Ins("CBZ %v, %s", left, done)
	k.Label(row)
	for _, name := range values {
		k.Ins("MOVD %v, %v", first[name], at[name])
	}
	k.Ins("MOVD %v, %v", width, n)
	load := func(count, off int, names []string, from map[string]armasm.X) []vec {
		v := k.Vs(len(names))
		for i, name := range names {
			k.Load(count, v[i], from[name], off)
		}
		return v
	}
	for _, units := range []struct{ count, of int }{{4, lanes}, {1, lanes}, {1, 1}} {
		k.Steps(n, units.count*units.of, func() {
			for u := range units.count {
				k.Scope(func() {
					off := 4 * units.of * u
					k.Store(units.of, body(load(units.of, off, in, p), load(units.of, off, values, at)), p["dst"], off)
				})
			}
			for _, name := range data {
				k.Advance(4*units.count*units.of, p[name])
			}
			for _, name := range values {
				k.Advance(4*units.count*units.of, at[name])
			}
		})
	}
	k.Ins("SUBS %v, %v", width, left)
	k.Ins("BGT %s", row)
	k.Label(done)
	k.Return()
}
