package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// at is what lies disp bytes behind a register.
func at(r reg.Register, disp int) operand.Mem { return operand.Mem{Base: r, Disp: disp} }

// scaling writes the two passes of resampling. A pair of pixels, or of rows, is interleaved byte by
// byte and widened, so that one instruction multiplies by two weights and adds.
func scaling(g *gen) {
	half := g.dwords("half", 1<<13)
	g.narrow(half)
	g.blend(half)
}

func (g *gen) narrow(half operand.Mem) {
	g.begin("narrowSSE2", "func(dst, src []uint8, from []int32, weights []int16, quads int)", "narrowSSE2 is narrowGeneric for at least one pixel.")
	dst, src, from, count := g.base("dst"), g.base("src"), g.base("from"), g.length("from")
	weights, quads := g.base("weights"), g.word("quads")
	zero := g.zero()
	p, k := g.GP64(), g.GP64()
	g.Label("pixel")
	g.MOVLQSX(at(from, 0), p)
	g.SHLQ(operand.Imm(2), p)
	g.ADDQ(src, p)
	sum := g.load(half)
	g.MOVQ(quads, k)
	g.Label("quad")
	four, odd := g.XMM(), g.XMM()
	g.MOVOU(at(p, 0), four)
	g.PSHUFD(operand.Imm(0b11_01_10_00), four, four) // pixels 0 2 1 3
	g.PSHUFD(operand.Imm(0b11_10), four, odd)        // pixels 1 3
	g.PUNPCKLBW(odd, four)                           // the bytes of 0 and 1 in turn, then those of 2 and 3
	high := g.same(four)
	g.PUNPCKLBW(zero, four)
	g.PUNPCKHBW(zero, high)
	w, w2 := g.load8(at(weights, 0)), g.XMM()
	g.PSHUFD(operand.Imm(0b01_01_01_01), w, w2)
	g.PSHUFD(operand.Imm(0), w, w)
	g.PMADDWL(w, four)
	g.PMADDWL(w2, high)
	g.PADDD(four, sum)
	g.PADDD(high, sum)
	g.ADDQ(operand.Imm(16), p)
	g.ADDQ(operand.Imm(8), weights)
	g.DECQ(k)
	g.JNE(operand.LabelRef("quad"))
	g.PSRAL(operand.Imm(14), sum)
	g.PACKSSLW(sum, sum)
	g.PACKUSWB(sum, sum)
	g.MOVSS(sum, at(dst, 0)) // MOVD would store eight bytes
	g.ADDQ(operand.Imm(4), dst)
	g.ADDQ(operand.Imm(4), from)
	g.DECQ(count)
	g.JNE(operand.LabelRef("pixel"))
	g.RET()
}

func (g *gen) blend(half operand.Mem) {
	g.begin("blendSSE2", "func(dst, src []uint8, stride int, weights []int16)", "blendSSE2 is blendGeneric for a multiple of 16 bytes, at least 16, and at least one row.")
	dst, count, src, stride := g.base("dst"), g.length("dst"), g.base("src"), g.word("stride")
	weights, rows := g.base("weights"), g.length("weights")
	zero := g.zero()
	row, w, k := g.GP64(), g.GP64(), g.GP64()
	var sum [4]reg.VecVirtual
	for i := range sum {
		sum[i] = g.XMM()
	}
	weight := g.XMM()
	add := func(a, b reg.VecVirtual) { // rows a and b by the weights of weight
		high := g.same(a)
		g.PUNPCKLBW(b, a)
		g.PUNPCKHBW(b, high)
		for i, v := range []reg.VecVirtual{a, high} {
			upper := g.same(v)
			g.PUNPCKLBW(zero, v)
			g.PUNPCKHBW(zero, upper)
			g.PMADDWL(weight, v)
			g.PMADDWL(weight, upper)
			g.PADDD(v, sum[2*i])
			g.PADDD(upper, sum[2*i+1])
		}
	}
	g.Label("bytes")
	for _, s := range sum {
		g.MOVOU(half, s)
	}
	g.MOVQ(src, row)
	g.MOVQ(weights, w)
	g.MOVQ(rows, k)
	g.SUBQ(operand.Imm(2), k)
	g.JLT(operand.LabelRef("last"))
	g.Label("pair")
	g.MOVSS(at(w, 0), weight)
	g.PSHUFD(operand.Imm(0), weight, weight)
	a := g.load(at(row, 0))
	b := g.load(operand.Mem{Base: row, Index: stride, Scale: 1})
	add(a, b)
	g.ADDQ(operand.Imm(4), w)
	g.LEAQ(operand.Mem{Base: row, Index: stride, Scale: 2}, row)
	g.SUBQ(operand.Imm(2), k)
	g.JGE(operand.LabelRef("pair"))
	g.Label("last")
	g.ADDQ(operand.Imm(2), k)
	g.JEQ(operand.LabelRef("done"))
	g.MOVWLZX(at(w, 0), k.As32())
	g.MOVD(k.As32(), weight) // the other of the pair is 0
	g.PSHUFD(operand.Imm(0), weight, weight)
	add(g.load(at(row, 0)), zero)
	g.Label("done")
	for _, s := range sum {
		g.PSRAL(operand.Imm(14), s)
	}
	g.PACKSSLW(sum[1], sum[0])
	g.PACKSSLW(sum[3], sum[2])
	g.PACKUSWB(sum[2], sum[0])
	g.MOVOU(sum[0], at(dst, 0))
	g.ADDQ(operand.Imm(16), dst)
	g.ADDQ(operand.Imm(16), src)
	g.SUBQ(operand.Imm(16), count)
	g.JNE(operand.LabelRef("bytes"))
	g.RET()
}
