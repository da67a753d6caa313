package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// cosine is ½cos((2x+1)kπ/16) in 32768ths, divided by √2 where k is 0.
func cosine(x, k int) int16 {
	c := math.Cos(float64(2*x+1) * float64(k) * math.Pi / 16)
	if k == 0 {
		c = math.Sqrt2 / 2
	}
	return int16(math.Round(c * 16384))
}

// transform writes the inverse cosine transform as sums of products: an even and an odd part of
// four values each, every instruction two products of four columns.
func transform(g *gen) {
	var c [4][4]operand.Mem // by x, and by pair of frequencies: 0 and 2, 4 and 6, 1 and 3, 5 and 7
	for x := range 4 {
		for i, k := range []int{0, 4, 1, 5} {
			c[x][i] = g.words(fmt.Sprintf("cos%d%d", x, k), cosine(x, k), cosine(x, k+2))
		}
	}
	first := g.dwords("first", 1<<10)
	second := g.dwords("second", 1<<18+128<<19)
	g.begin("inverseSSE2", "func(dst []uint8, stride int, block *[64]int16)", "inverseSSE2 is inverseGeneric.")
	dst, stride, block := g.base("dst"), g.word("stride"), g.word("block")
	sums := g.AllocLocal(128)
	vector := func(i int) operand.Mem { return at(block, 16*i) }
	g.pass(c, vector, sums, first, 11, func(i int, v reg.VecVirtual) { g.MOVOU(v, vector(i)) })
	g.transpose(vector)
	line := g.GP64()
	g.pass(c, vector, sums, second, 19, func(i int, v reg.VecVirtual) {
		g.PACKUSWB(v, v)
		g.IMUL3Q(operand.Imm(uint64(i)), stride, line)
		g.MOVQ(v, operand.Mem{Base: dst, Index: line, Scale: 1})
	})
	g.RET()
}

// pass transforms eight vectors of eight numbers, in the direction from vector to vector. done gets
// the vectors.
func (g *gen) pass(c [4][4]operand.Mem, vector func(int) operand.Mem, sums, half operand.Mem, shift uint64, done func(i int, v reg.VecVirtual)) {
	for _, upper := range []bool{false, true} {
		var pairs [4]reg.VecVirtual
		for i, k := range []int{0, 4, 1, 5} {
			a, b := g.load(vector(k)), g.load(vector(k+2))
			if upper {
				g.PUNPCKHWL(b, a)
			} else {
				g.PUNPCKLWL(b, a)
			}
			pairs[i] = a
		}
		for x := range 4 {
			product := func(i int) reg.VecVirtual {
				v := g.same(pairs[i])
				g.PMADDWL(c[x][i], v)
				return v
			}
			even, odd := product(0), product(2)
			g.PADDD(product(1), even)
			g.PADDD(product(3), odd)
			g.PADDD(half, even)
			other := g.same(even)
			g.PADDD(odd, even)
			g.PSUBL(odd, other)
			for i, v := range []reg.VecVirtual{even, other} {
				g.PSRAL(operand.Imm(shift), v)
				place := sums.Offset(16 * x)
				if i == 1 {
					place = sums.Offset(16 * (7 - x))
				}
				if !upper {
					g.MOVOU(v, place)
				}
			}
			if upper {
				g.finish(x, sums, even, other, done)
			}
		}
	}
}

// finish packs the two vectors of a sum and a difference, whose lower halves were kept.
func (g *gen) finish(x int, sums operand.Mem, even, other reg.VecVirtual, done func(int, reg.VecVirtual)) {
	for _, p := range []struct {
		i int
		v reg.VecVirtual
	}{{x, even}, {7 - x, other}} {
		low := g.load(sums.Offset(16 * p.i))
		g.PACKSSLW(p.v, low)
		done(p.i, low)
	}
}

// transpose exchanges rows and columns of eight vectors in memory.
func (g *gen) transpose(vector func(int) operand.Mem) {
	var v [8]reg.VecVirtual
	for i := range v {
		v[i] = g.load(vector(i))
	}
	// Each step interleaves vectors i and i+4; three of them reverse the order of the digits of a
	// place.
	for range 3 {
		var next [8]reg.VecVirtual
		for i := range 4 {
			low, high := v[i], g.same(v[i])
			g.PUNPCKLWL(v[i+4], low)
			g.PUNPCKHWL(v[i+4], high)
			next[2*i], next[2*i+1] = low, high
		}
		v = next
	}
	for i := range v {
		g.MOVOU(v[i], vector(i))
	}
}
