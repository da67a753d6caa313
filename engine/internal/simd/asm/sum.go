package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// sums writes the kernels that make numbers of slices.
func sums(g *gen) {
	g.function("sum", "returns Σa.", "(a []float32) float64")
	g.reduction([]string{"a"}, 1, func(acc, x []vec) { g.VADDPD(x[0], acc[0], acc[0]) })

	g.function("dot", "returns Σa·b.", "(a, b []float32) float64")
	g.reduction(twoInputs, 1, func(acc, x []vec) { g.VFMADD231PD(x[0], x[1], acc[0]) })

	g.function("moments", "returns Σa and Σa².", "(a []float32) (sum, squares float64)")
	g.reduction([]string{"a"}, 2, func(acc, x []vec) {
		g.VADDPD(x[0], acc[0], acc[0])
		g.VFMADD231PD(x[0], x[0], acc[1])
	})

	g.function("sumDot", "returns Σa and Σa·b.", "(a, b []float32) (sum, dot float64)")
	g.reduction(twoInputs, 2, func(acc, x []vec) {
		g.VADDPD(x[0], acc[0], acc[0])
		g.VFMADD231PD(x[0], x[1], acc[1])
	})
	allFinite(g)
}

// half is how many float64 a vector holds.
const half = 4

// reduction writes a loop over equally long slices, converted to float64: body adds to the
// accumulators, which are returned, added up.
func (g *gen) reduction(in []string, results int, body func(acc, x []vec)) {
	const unroll = 4
	p := g.pointers(in)
	n := g.Load(g.Param(in[0]).Len(), g.GP64()).(reg.GPVirtual)
	i, last := g.GP64(), g.GP64()
	g.XORQ(i, i)
	acc := make([][]vec, unroll)
	for u := range acc {
		for range results {
			acc[u] = append(acc[u], g.zero())
		}
	}
	at := func(name string, u int) operand.Mem {
		return operand.Mem{Base: p[name], Index: i, Scale: 4, Disp: 4 * half * u}
	}
	step := func(units int) {
		loop, end := g.label("loop"), g.label("end")
		g.LEAQ(operand.Mem{Base: n, Disp: -units * half}, last)
		g.Label(loop)
		g.CMPQ(i, last)
		g.JGT(operand.LabelRef(end))
		for u := range units {
			x := make([]vec, len(in))
			for k, name := range in {
				x[k] = g.YMM()
				g.VCVTPS2PD(at(name, u), x[k])
			}
			body(acc[u], x)
		}
		g.ADDQ(operand.I32(units*half), i)
		g.JMP(operand.LabelRef(loop))
		g.Label(end)
	}
	step(unroll)
	step(1)
	one, done := g.label("one"), g.label("done")
	g.Label(one)
	g.CMPQ(i, n)
	g.JGE(operand.LabelRef(done))
	body(acc[0], g.single(in, func(name string) operand.Mem { return at(name, 0) }))
	g.INCQ(i)
	g.JMP(operand.LabelRef(one))
	g.Label(done)
	for r := range results {
		g.VADDPD(acc[1][r], acc[0][r], acc[0][r])
		g.VADDPD(acc[3][r], acc[2][r], acc[2][r])
		g.VADDPD(acc[2][r], acc[0][r], acc[0][r])
		g.Store(g.across(acc[0][r]), g.ReturnIndex(r))
	}
	g.VZEROUPPER()
	g.RET()
}

// single returns one float32 of each input as float64 in the lowest lane, the others being zero.
func (g *gen) single(in []string, at func(name string) operand.Mem) []vec {
	x := make([]vec, len(in))
	for k, name := range in {
		low := g.XMM()
		g.VMOVSS(at(name), low)
		x[k] = g.YMM()
		g.VCVTPS2PD(low, x[k])
	}
	return x
}

// across returns the sum of the four float64 of v.
func (g *gen) across(v vec) reg.VecVirtual {
	high := g.XMM()
	g.VEXTRACTF128(operand.U8(1), v, high)
	low := g.XMM()
	g.VADDPD(high, v.AsX(), low)
	g.VUNPCKHPD(low, low, high)
	g.VADDSD(high, low, low)
	return low
}

func allFinite(g *gen) {
	g.function("allFinite", "reports whether a holds neither infinities nor NaN.", "(a []float32) bool")
	bad := g.zero()
	size, most := g.load(g.bits(notSignBit)), g.load(g.bits(0x7f7fffff))
	p := g.pointers([]string{"a"})
	n := g.Load(g.Param("a").Len(), g.GP64()).(reg.GPVirtual)
	i, last := g.GP64(), g.GP64()
	g.XORQ(i, i)
	at := func(u int) operand.Mem { return operand.Mem{Base: p["a"], Index: i, Scale: 4, Disp: 4 * lanes * u} }
	look := func(x vec) {
		g.VPAND(size, x, x)
		g.VPCMPGTD(most, x, x)
		g.VPOR(x, bad, bad)
	}
	step := func(units int) {
		loop, end := g.label("loop"), g.label("end")
		g.LEAQ(operand.Mem{Base: n, Disp: -units * lanes}, last)
		g.Label(loop)
		g.CMPQ(i, last)
		g.JGT(operand.LabelRef(end))
		for u := range units {
			look(g.load(at(u)))
		}
		g.ADDQ(operand.I32(units*lanes), i)
		g.JMP(operand.LabelRef(loop))
		g.Label(end)
	}
	step(4)
	step(1)
	done := g.label("done")
	g.SUBQ(i, n)
	g.JE(operand.LabelRef(done))
	mask, x := g.tailMask(n), g.YMM()
	g.VMASKMOVPS(at(0), mask, x)
	look(x)
	g.Label(done)
	ok := g.GP8()
	g.VPTEST(bad, bad)
	g.SETEQ(ok)
	g.Store(ok, g.ReturnIndex(0))
	g.VZEROUPPER()
	g.RET()
}
