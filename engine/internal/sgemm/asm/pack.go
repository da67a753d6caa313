package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// transpose8 generates the transposition of 8 rows, 8 columns at a time. Both widths use it.
func transpose8(c *build.Context) {
	c.Function("transpose8")
	c.Attributes(attr.NOSPLIT)
	c.SignatureExpr("func(dst *float32, dstStep int, src *float32, srcStep, blocks int)")
	c.Doc("transpose8 writes 8·blocks columns of 8 rows of src as rows of dst; the steps between rows are in bytes.")
	c.Pragma("noescape")
	dst := c.Load(c.Param("dst"), c.GP64())
	dstStep := c.Load(c.Param("dstStep"), c.GP64())
	src := c.Load(c.Param("src"), c.GP64())
	srcStep := c.Load(c.Param("srcStep"), c.GP64())
	blocks := c.Load(c.Param("blocks"), c.GP64())
	src3, dst3 := c.GP64(), c.GP64() // three steps, so that 8 rows are reached from two bases
	c.LEAQ(operand.Mem{Base: srcStep, Index: srcStep, Scale: 2}, src3)
	c.LEAQ(operand.Mem{Base: dstStep, Index: dstStep, Scale: 2}, dst3)
	low, next, nextLow := c.GP64(), c.GP64(), c.GP64()
	// at returns the address of row i, where low is the address of row 4.
	at := func(base, low, step, step3 reg.Register, i int) operand.Mem {
		if i >= 4 {
			base = low
		}
		switch i % 4 {
		case 1:
			return operand.Mem{Base: base, Index: step, Scale: 1}
		case 2:
			return operand.Mem{Base: base, Index: step, Scale: 2}
		case 3:
			return operand.Mem{Base: base, Index: step3, Scale: 1}
		}
		return operand.Mem{Base: base}
	}

	c.Label("block")
	c.LEAQ(operand.Mem{Base: src, Index: srcStep, Scale: 4}, low)
	c.LEAQ(operand.Mem{Base: src, Index: srcStep, Scale: 8}, next)
	c.LEAQ(operand.Mem{Base: next, Index: srcStep, Scale: 4}, nextLow)
	var r, s [8]reg.VecVirtual
	for i := range r {
		r[i] = c.YMM()
		c.VMOVUPS(at(src, low, srcStep, src3, i), r[i])
		c.PREFETCHT0(at(next, nextLow, srcStep, src3, i)) // most often the rows to be transposed after these
	}
	for i := 0; i < 8; i += 2 { // pairs of rows interleaved
		s[i], s[i+1] = c.YMM(), c.YMM()
		c.VUNPCKLPS(r[i+1], r[i], s[i])
		c.VUNPCKHPS(r[i+1], r[i], s[i+1])
	}
	for i := 0; i < 8; i += 4 { // four rows: columns 0–3 in the low half, 4–7 in the high half
		for j := range 2 {
			r[i+2*j], r[i+2*j+1] = c.YMM(), c.YMM()
			c.VSHUFPS(operand.U8(0x44), s[i+2+j], s[i+j], r[i+2*j])
			c.VSHUFPS(operand.U8(0xee), s[i+2+j], s[i+j], r[i+2*j+1])
		}
	}
	c.LEAQ(operand.Mem{Base: dst, Index: dstStep, Scale: 4}, low)
	for i := range 4 {
		lo, hi := c.YMM(), c.YMM()
		c.VPERM2F128(operand.U8(0x20), r[i+4], r[i], lo)
		c.VPERM2F128(operand.U8(0x31), r[i+4], r[i], hi)
		c.VMOVUPS(lo, at(dst, low, dstStep, dst3, i))
		c.VMOVUPS(hi, at(dst, low, dstStep, dst3, i+4))
	}
	c.ADDQ(operand.Imm(32), src)
	c.LEAQ(operand.Mem{Base: dst, Index: dstStep, Scale: 8}, dst)
	c.DECQ(blocks)
	c.JNE(operand.LabelRef("block"))
	c.VZEROUPPER()
	c.RET()
}

// copies generates the copying of count runs of n values, n even, from addresses a constant step
// apart (copyN) or from a table (gatherN).
func copies(c *build.Context, n int, gather bool) {
	if gather {
		c.Function(fmt.Sprintf("gather%d", n))
		c.SignatureExpr("func(dst *float32, dstStep int, table **float32, off, count int)")
		c.Doc(fmt.Sprintf("gather%d copies count runs of %d values from the addresses in a table, plus off;", n, n),
			"dstStep and off are in bytes. It prefetches eight addresses ahead, which must exist.")
	} else {
		c.Function(fmt.Sprintf("copy%d", n))
		c.SignatureExpr("func(dst *float32, dstStep int, src *float32, srcStep, count int)")
		c.Doc(fmt.Sprintf("copy%d copies count runs of %d values; the steps between runs are in bytes.", n, n))
	}
	c.Attributes(attr.NOSPLIT)
	c.Pragma("noescape")
	dst := c.Load(c.Param("dst"), c.GP64())
	dstStep := c.Load(c.Param("dstStep"), c.GP64())
	src, step := c.GP64(), c.GP64()
	var table reg.Register
	from := operand.Mem{Base: src}
	if gather {
		table = c.Load(c.Param("table"), c.GP64())
		c.Load(c.Param("off"), step)
		from.Index, from.Scale = step, 1
	} else {
		c.Load(c.Param("src"), src)
		c.Load(c.Param("srcStep"), step)
	}
	count := c.Load(c.Param("count"), c.GP64())

	c.Label("run")
	if gather {
		c.MOVQ(operand.Mem{Base: table, Disp: 64}, src)
		c.PREFETCHT0(from)
		c.MOVQ(operand.Mem{Base: table}, src)
	}
	var stores []func()
	move := func(width int, r reg.Register, at int) {
		mov := func(from, to operand.Op) { c.VMOVUPS(from, to) }
		if width == 2 {
			mov = c.MOVQ
		}
		mov(from.Offset(4*at), r)
		stores = append(stores, func() { mov(r, operand.Mem{Base: dst, Disp: 4 * at}) })
	}
	at := 0
	for ; at+8 <= n; at += 8 {
		move(8, c.YMM(), at)
	}
	if at+4 <= n {
		move(4, c.XMM(), at)
		at += 4
	}
	if at < n {
		move(2, c.GP64(), at)
	}
	if n >= 16 && !gather { // what follows the run is most often the run of the next panel
		c.PREFETCHT0(operand.Mem{Base: src, Disp: 4 * n})
		c.PREFETCHT0(operand.Mem{Base: src, Index: step, Scale: 8})
	}
	for _, store := range stores {
		store()
	}
	if gather {
		c.ADDQ(operand.Imm(8), table)
	} else {
		c.ADDQ(step, src)
	}
	c.ADDQ(dstStep, dst)
	c.DECQ(count)
	c.JNE(operand.LabelRef("run"))
	if n > 4 {
		c.VZEROUPPER()
	}
	c.RET()
}

// adds generates the adding of count runs of n values, n a power of two.
func adds(c *build.Context, n int) {
	c.Function(fmt.Sprintf("add%d", n))
	c.SignatureExpr("func(dst *float32, dstStep int, src *float32, srcStep, count int)")
	c.Doc(fmt.Sprintf("add%d adds count runs of %d values to others; the steps between runs are in bytes.", n, n))
	c.Attributes(attr.NOSPLIT)
	c.Pragma("noescape")
	dst := c.Load(c.Param("dst"), c.GP64())
	dstStep := c.Load(c.Param("dstStep"), c.GP64())
	src := c.Load(c.Param("src"), c.GP64())
	srcStep := c.Load(c.Param("srcStep"), c.GP64())
	count := c.Load(c.Param("count"), c.GP64())
	from, to := operand.Mem{Base: src}, operand.Mem{Base: dst}
	x, y := c.XMM(), c.XMM()
	if n == 8 {
		x, y = c.YMM(), c.YMM()
	}

	c.Label("run")
	if n == 2 {
		c.VMOVSD(from, x)
		c.VMOVSD(to, y)
		c.VADDPS(x, y, y)
		c.VMOVSD(y, to)
	} else {
		c.VMOVUPS(from, x)
		c.VADDPS(to, x, x)
		c.VMOVUPS(x, to)
	}
	c.ADDQ(srcStep, src)
	c.ADDQ(dstStep, dst)
	c.DECQ(count)
	c.JNE(operand.LabelRef("run"))
	if n == 8 {
		c.VZEROUPPER()
	}
	c.RET()
}
