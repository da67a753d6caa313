package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// columns writes the kernels that treat a slice as rows with one value a column.
func columns(g *gen) {
	g.function("colSum", "adds the column sums of x to acc.", "(acc []float64, x []float32)")
	g.columnSums([]string{"acc"}, []string{"x"}, func(acc, x []vec) { g.VADDPD(x[0], acc[0], acc[0]) })

	g.function("colDot", "adds the column sums of a·b to acc.", "(acc []float64, a, b []float32)")
	g.columnSums([]string{"acc"}, twoInputs, func(acc, x []vec) { g.VFMADD231PD(x[0], x[1], acc[0]) })

	g.function("colMoments", "adds the column sums of x and x² to sum and squares.", "(sum, squares []float64, x []float32)")
	g.columnSums([]string{"sum", "squares"}, []string{"x"}, func(acc, x []vec) {
		g.VADDPD(x[0], acc[0], acc[0])
		g.VFMADD231PD(x[0], x[0], acc[1])
	})

	g.function("colSumDot", "adds the column sums of a and a·b to sum and dot.", "(sum, dot []float64, a, b []float32)")
	g.columnSums([]string{"sum", "dot"}, twoInputs, func(acc, x []vec) {
		g.VADDPD(x[0], acc[0], acc[0])
		g.VFMADD231PD(x[0], x[1], acc[1])
	})
	columnMaps(g)
}

func columnMaps(g *gen) {
	x := []string{"x"}
	g.function("colScale", "stores x·scale in dst.", "(dst, x, scale []float32)")
	g.columnMap(x, []string{"scale"}, func(x []vec, v []operand.Op) { g.VMULPS(v[0], x[0], x[0]) })

	g.function("colShift", "stores x+shift in dst.", "(dst, x, shift []float32)")
	g.columnMap(x, []string{"shift"}, func(x []vec, v []operand.Op) { g.VADDPS(v[0], x[0], x[0]) })

	g.function("colAffine", "stores x·scale+shift in dst.", "(dst, x, scale, shift []float32)")
	g.columnMap(x, []string{"scale", "shift"}, func(x []vec, v []operand.Op) {
		g.VFMADD213PS(v[1], g.load(v[0]), x[0])
	})

	g.function("colAddScaled", "stores a+b·v in dst.", "(dst, a, b, v []float32)")
	g.columnMap(twoInputs, []string{"v"}, func(x []vec, v []operand.Op) { g.VFMADD231PS(v[0], x[1], x[0]) })

	g.function("colNormalize", "stores (x−mean)·rstd+residue in dst.", "(dst, x, mean, rstd, residue []float32)")
	g.columnMap(x, []string{"mean", "rstd", "residue"}, func(x []vec, v []operand.Op) {
		g.VSUBPS(v[0], x[0], x[0])
		g.VFMADD213PS(v[2], g.load(v[1]), x[0])
	})

	g.function("colNormGrad", "stores rstd·(dy−meanDY−y·dot) in dst.", "(dst, dy, y, rstd, meanDY, dot []float32)")
	g.columnMap([]string{"dy", "y"}, []string{"rstd", "meanDY", "dot"}, func(x []vec, v []operand.Op) {
		g.VSUBPS(v[1], x[0], x[0])
		g.VFNMADD231PS(v[2], x[1], x[0])
		g.VMULPS(v[0], x[0], x[0])
	})
}

// columnSums writes loops that add to float64 accumulators, one a column, what body makes of the
// rows. Some columns at a time stay in registers for all rows: 32 or 16, then 4, then 1.
func (g *gen) columnSums(accs, in []string, body func(acc, x []vec)) {
	p := g.pointers(append(append([]string{}, accs...), in...))
	columns := g.Load(g.Param(accs[0]).Len(), g.GP64()).(reg.GPVirtual)
	end := g.Load(g.Param(in[0]).Len(), g.GP64()).(reg.GPVirtual)
	g.LEAQ(operand.Mem{Base: p[in[0]], Index: end, Scale: 4}, end)
	stride, first, at := g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(columns, stride)
	g.SHLQ(operand.U8(2), stride)
	g.MOVQ(p[in[0]], first)
	var other reg.GPVirtual // distance of the second input from the first
	if len(in) > 1 {
		other = g.GP64()
		g.MOVQ(p[in[1]], other)
		g.SUBQ(first, other)
	}
	data := func(k, unit int) operand.Mem {
		m := operand.Mem{Base: at, Disp: 4 * half * unit}
		if k > 0 {
			m.Index, m.Scale = other, 1
		}
		return m
	}

	block := func(width int) {
		loop, rows, next := g.label("columns"), g.label("rows"), g.label("next")
		units := max(1, width/half)
		g.Label(loop)
		g.CMPQ(columns, operand.I32(width))
		g.JLT(operand.LabelRef(next))
		acc := make([][]vec, units)
		for u := range acc {
			for _, name := range accs {
				m := operand.Mem{Base: p[name], Disp: 8 * half * u}
				v := g.YMM()
				if width == 1 {
					g.VMOVSD(m, v.AsX())
				} else {
					g.VMOVUPD(m, v)
				}
				acc[u] = append(acc[u], v)
			}
		}
		g.MOVQ(first, at)
		g.Label(rows)
		for u := range units {
			x := make([]vec, len(in))
			for k := range in {
				x[k] = g.YMM()
				if width == 1 {
					low := g.XMM()
					g.VMOVSS(data(k, 0), low)
					g.VCVTPS2PD(low, x[k])
				} else {
					g.VCVTPS2PD(data(k, u), x[k])
				}
			}
			body(acc[u], x)
		}
		g.ADDQ(stride, at)
		g.CMPQ(at, end)
		g.JLT(operand.LabelRef(rows))
		for u := range acc {
			for k, name := range accs {
				m := operand.Mem{Base: p[name], Disp: 8 * half * u}
				if width == 1 {
					g.VMOVSD(acc[u][k].AsX(), m)
				} else {
					g.VMOVUPD(acc[u][k], m)
				}
			}
		}
		for _, name := range accs {
			g.ADDQ(operand.I32(8*width), p[name])
		}
		g.ADDQ(operand.I32(4*width), first)
		g.SUBQ(operand.I32(width), columns)
		g.JMP(operand.LabelRef(loop))
		g.Label(next)
	}
	block(32 / len(accs))
	block(half)
	block(1)
	g.VZEROUPPER()
	g.RET()
}

// columnMap writes a loop over rows: body replaces the first of the data vectors by the result,
// from the data and the values of their columns.
func (g *gen) columnMap(in, values []string, body func(x []vec, v []operand.Op)) {
	p := g.pointers(append(append([]string{"dst"}, in...), values...))
	width := g.Load(g.Param(values[0]).Len(), g.GP64()).(reg.GPVirtual)
	left := g.Load(g.Param("dst").Len(), g.GP64()).(reg.GPVirtual)
	i, j, rest := g.GP64(), g.GP64(), g.GP64()
	done := g.label("done")
	g.TESTQ(left, left)
	g.JE(operand.LabelRef(done))
	g.XORQ(i, i)
	g.MOVQ(width, rest)
	g.ANDQ(operand.I32(lanes-1), rest)
	mask := g.tailMask(rest)
	data := func(name string, u int) operand.Mem {
		return operand.Mem{Base: p[name], Index: i, Scale: 4, Disp: 4 * lanes * u}
	}
	value := func(name string, u int) operand.Mem {
		return operand.Mem{Base: p[name], Index: j, Scale: 4, Disp: 4 * lanes * u}
	}

	row := g.label("row")
	g.Label(row)
	g.XORQ(j, j)
	last := g.GP64()
	step := func(units int) {
		loop, end := g.label("loop"), g.label("end")
		g.LEAQ(operand.Mem{Base: width, Disp: -units * lanes}, last)
		g.Label(loop)
		g.CMPQ(j, last)
		g.JGT(operand.LabelRef(end))
		for u := range units {
			x := make([]vec, len(in))
			for k, name := range in {
				x[k] = g.load(data(name, u))
			}
			v := make([]operand.Op, len(values))
			for k, name := range values {
				v[k] = value(name, u)
			}
			body(x, v)
			g.VMOVUPS(x[0], data("dst", u))
		}
		g.ADDQ(operand.I32(units*lanes), i)
		g.ADDQ(operand.I32(units*lanes), j)
		g.JMP(operand.LabelRef(loop))
		g.Label(end)
	}
	step(4)
	step(1)
	next := g.label("next")
	g.CMPQ(j, width)
	g.JE(operand.LabelRef(next))
	x := make([]vec, len(in))
	for k, name := range in {
		x[k] = g.YMM()
		g.VMASKMOVPS(data(name, 0), mask, x[k])
	}
	v := make([]operand.Op, len(values))
	for k, name := range values {
		r := g.YMM()
		g.VMASKMOVPS(value(name, 0), mask, r)
		v[k] = r
	}
	body(x, v)
	g.VMASKMOVPS(x[0], mask, data("dst", 0))
	g.ADDQ(rest, i)
	g.Label(next)
	g.CMPQ(i, left)
	g.JLT(operand.LabelRef(row))
	g.Label(done)
	g.VZEROUPPER()
	g.RET()
}
