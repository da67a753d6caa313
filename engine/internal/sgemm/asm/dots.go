package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// dotRows is how many rows of A share what is loaded of B: four, so that their sums end up in one
// register.
const dotRows = 4

// dotAhead is how many bytes before their use the values of a row are prefetched: they are read
// once.
const dotAhead = 512

// dots generates the products of four rows of A with n rows of Bᵀ: both run along the depth, eight
// values at a time.
func dots(c *build.Context, n int) {
	name := fmt.Sprintf("dots%d", n)
	c.Function(name)
	c.Attributes(attr.NOSPLIT)
	c.SignatureExpr("func(groups, segs, segLen int, a **float32, b *float32, bStep int, mask *int32, out *float32)")
	c.Doc(fmt.Sprintf("%s computes groups of %d rows times %d columns; see kernels.", name, dotRows, n))
	c.Pragma("noescape")
	argument := func(name string) operand.Mem {
		b, err := c.Param(name).Resolve()
		if err != nil {
			panic(err)
		}
		return b.Addr
	}
	groups, a := c.Load(c.Param("groups"), c.GP64()), c.Load(c.Param("a"), c.GP64())
	out, step := c.Load(c.Param("out"), c.GP64()), c.Load(c.Param("bStep"), c.GP64())
	mask := c.Load(c.Param("mask"), c.GP64())
	b, segs, off, end := c.GP64(), c.GP64(), c.GP64(), c.GP64()
	var rows [dotRows]reg.GPVirtual
	acc := make([][dotRows]reg.VecVirtual, n)
	for r := range rows {
		rows[r] = c.GP64()
		for j := range acc {
			acc[j][r] = c.YMM()
		}
	}

	c.Label("group")
	for j := range acc {
		for _, s := range acc[j] {
			c.VXORPS(s, s, s)
		}
	}
	c.MOVQ(argument("b"), b)
	c.MOVQ(argument("segs"), segs)

	c.Label("segment")
	for r := range rows {
		c.MOVQ(operand.Mem{Base: a, Disp: 8 * r}, rows[r])
	}
	c.ADDQ(operand.Imm(8*dotRows), a)
	c.MOVQ(argument("segLen"), end)
	c.ANDQ(operand.I32(-8), end)
	c.SHLQ(operand.Imm(2), end)
	c.XORQ(off, off)
	// row returns where row j of Bᵀ goes on.
	row := func(j int) operand.Mem {
		if j == 0 {
			return operand.Mem{Base: b}
		}
		return operand.Mem{Base: b, Index: step, Scale: uint8(j)}
	}
	w := make([]reg.VecVirtual, n)
	c.CMPQ(off, end)
	c.JGE(operand.LabelRef("tail"))
	c.Label("eight")
	for j := range w {
		w[j] = c.YMM()
		c.VMOVUPS(row(j), w[j])
	}
	for r := range rows {
		x := c.YMM()
		c.PREFETCHT0(operand.Mem{Base: rows[r], Index: off, Scale: 1, Disp: dotAhead})
		c.VMOVUPS(operand.Mem{Base: rows[r], Index: off, Scale: 1}, x)
		for j := range w {
			c.VFMADD231PS(w[j], x, acc[j][r])
		}
	}
	c.ADDQ(operand.Imm(32), off)
	c.ADDQ(operand.Imm(32), b)
	c.CMPQ(off, end)
	c.JLT(operand.LabelRef("eight"))

	c.Label("tail")
	c.MOVQ(argument("segLen"), end)
	c.ANDQ(operand.Imm(7), end)
	c.JE(operand.LabelRef("ended"))
	for j := range w {
		w[j] = c.YMM()
		c.VMOVUPS(operand.Mem{Base: mask}, w[j])
		c.VMASKMOVPS(row(j), w[j], w[j])
	}
	for r := range rows {
		x := c.YMM()
		c.VMOVUPS(operand.Mem{Base: mask}, x)
		c.VMASKMOVPS(operand.Mem{Base: rows[r], Index: off, Scale: 1}, x, x)
		for j := range w {
			c.VFMADD231PS(w[j], x, acc[j][r])
		}
	}
	c.LEAQ(operand.Mem{Base: b, Index: end, Scale: 4}, b)
	c.Label("ended")
	c.DECQ(segs)
	c.JNE(operand.LabelRef("segment"))

	for j := range acc {
		s := acc[j]
		c.VHADDPS(s[1], s[0], s[0])
		c.VHADDPS(s[3], s[2], s[2])
		c.VHADDPS(s[2], s[0], s[0])
		c.VEXTRACTF128(operand.Imm(1), s[0], s[1].AsX())
		c.VADDPS(s[1].AsX(), s[0].AsX(), s[0].AsX())
		c.VMOVUPS(s[0].AsX(), operand.Mem{Base: out, Disp: 16 * j})
	}
	c.ADDQ(operand.Imm(uint64(16*n)), out)
	c.DECQ(groups)
	c.JNE(operand.LabelRef("group"))
	c.VZEROUPPER()
	c.RET()
}
