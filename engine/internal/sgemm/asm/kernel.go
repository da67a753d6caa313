package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A width is what the micro-kernels of one instruction set differ in. A tile has mr rows and two
// vectors of columns: mr·2 accumulators, the two vectors of B and a few broadcast elements of A
// just fill the register file, and mr·2 independent sums hide the latency of the fused
// multiply-add.
type width struct {
	name  string
	mr    int
	bytes int // of a vector
}

var (
	avx2   = width{"avx2", 6, 32}
	avx512 = width{"avx512", 12, 64}
)

func (w width) vector(c *build.Context) reg.VecVirtual {
	if w.bytes == 64 {
		return c.ZMM()
	}
	return c.YMM()
}

// tile holds the registers that rows and packed have in common.
type tile struct {
	width
	c        *build.Context
	acc      [][2]reg.VecVirtual
	b        reg.GPVirtual // walks over the panel of B
	off      reg.GPVirtual // byte offset
	row      []reg.GPVirtual
	argument func(name string) operand.Mem
}

func (w width) begin(c *build.Context, name, signature string, doc ...string) *tile {
	c.Function(name)
	c.Attributes(attr.NOSPLIT)
	c.SignatureExpr(signature)
	c.Doc(doc...)
	c.Pragma("noescape")
	t := &tile{width: w, c: c, b: c.GP64(), off: c.GP64()}
	for range w.mr {
		t.acc = append(t.acc, [2]reg.VecVirtual{w.vector(c), w.vector(c)})
		t.row = append(t.row, c.GP64())
	}
	t.argument = func(name string) operand.Mem {
		b, err := c.Param(name).Resolve()
		if err != nil {
			panic(err)
		}
		return b.Addr
	}
	return t
}

// start prefetches the tile of C, clears the accumulators and goes to the start of the panel of B.
func (t *tile) start() {
	c := t.c
	table, p := t.row[0], t.row[1]
	c.MOVQ(t.argument("c"), table)
	c.MOVQ(t.argument("cOff"), t.off)
	for r := range t.mr {
		c.MOVQ(operand.Mem{Base: table, Disp: 8 * r}, p)
		for d := 0; d < 2*t.bytes; d += 64 {
			c.PREFETCHT0(operand.Mem{Base: p, Index: t.off, Scale: 1, Disp: d})
		}
	}
	for r := range t.mr {
		for _, a := range t.acc[r] {
			if t.bytes == 64 {
				c.VPXORD(a, a, a)
			} else {
				c.VXORPS(a, a, a)
			}
		}
	}
	c.MOVQ(t.argument("b"), t.b)
}

// ahead is how many steps before its use a row of the panel of B is prefetched: the first tile to
// read a panel, or a part of it that the tiles before have driven out, finds it in the second-level
// cache or the third.
const ahead = 8

// step adds the product of one column of the panel of A and row u of the panel of B; element gives
// A's addresses.
func (t *tile) step(u int, element func(r int) operand.Mem) {
	c := t.c
	b0, b1 := t.vector(c), t.vector(c)
	if t.bytes == 64 {
		for d := 0; d < 2*t.bytes; d += 64 {
			c.PREFETCHT0(operand.Mem{Base: t.b, Disp: (u+ahead)*2*t.bytes + d})
		}
	}
	c.VMOVUPS(operand.Mem{Base: t.b, Disp: u * 2 * t.bytes}, b0)
	c.VMOVUPS(operand.Mem{Base: t.b, Disp: u*2*t.bytes + t.bytes}, b1)
	for r := range t.mr {
		a := t.vector(c)
		c.VBROADCASTSS(element(r), a)
		c.VFMADD231PS(b0, a, t.acc[r][0])
		c.VFMADD231PS(b1, a, t.acc[r][1])
	}
}

// finish stores the tile of C, or adds to it, and moves on in the table of C's rows.
func (t *tile) finish() {
	c := t.c
	table, p := t.row[0], t.row[1]
	c.MOVQ(t.argument("c"), table)
	c.MOVQ(t.argument("cOff"), t.off)
	c.CMPQ(t.argument("add"), operand.Imm(0))
	c.JE(operand.LabelRef("store"))
	t.store(table, p, true)
	c.JMP(operand.LabelRef("next"))
	c.Label("store")
	t.store(table, p, false)
	c.Label("next")
	c.ADDQ(operand.I32(8*t.mr), t.argument("c"))
}

func (t *tile) store(table, p reg.GPVirtual, add bool) {
	for r := range t.mr {
		t.c.MOVQ(operand.Mem{Base: table, Disp: 8 * r}, p)
		for v, a := range t.acc[r] {
			to := operand.Mem{Base: p, Index: t.off, Scale: 1, Disp: v * t.bytes}
			if add {
				t.c.VADDPS(to, a, a)
			}
			t.c.VMOVUPS(a, to)
		}
	}
}

func (t *tile) end() {
	t.c.DECQ(t.argument("panels"))
	t.c.JNE(operand.LabelRef("panel"))
	t.c.VZEROUPPER()
	t.c.RET()
}

// rows generates the micro-kernel that reads A where it lies.
func (w width) rows(c *build.Context) {
	name := "rows" + suffix(w)
	t := w.begin(c, name,
		"func(panels, segs, segLen int, a **float32, aStep, aOff int, b *float32, c **float32, cOff, add int)",
		fmt.Sprintf("%s computes tiles of %d rows below each other; see kernels.", name, w.mr))
	local := func() operand.Mem { return c.AllocLocal(8) }
	table, left, end4, end := local(), local(), local(), local()
	n := t.row[0]

	// Only the addresses of the rows, off and b live in registers inside the loops: twelve rows
	// leave no more.
	c.MOVQ(t.argument("segLen"), n)
	c.SHLQ(operand.Imm(2), n)
	c.ADDQ(t.argument("aOff"), n)
	c.MOVQ(n, end)
	c.MOVQ(t.argument("segLen"), n)
	c.ANDQ(operand.I32(-4), n)
	c.SHLQ(operand.Imm(2), n)
	c.ADDQ(t.argument("aOff"), n)
	c.MOVQ(n, end4)

	c.Label("panel")
	t.start()
	c.MOVQ(t.argument("a"), n)
	c.MOVQ(n, table)
	c.MOVQ(t.argument("segs"), n)
	c.MOVQ(n, left)

	c.Label("segment")
	last := t.row[w.mr-1]
	c.MOVQ(table, last)
	for r := range w.mr {
		c.MOVQ(operand.Mem{Base: last, Disp: 8 * r}, t.row[r])
	}
	c.ADDQ(operand.I32(8*w.mr), table)
	c.MOVQ(t.argument("aOff"), t.off)
	element := func(u int) func(r int) operand.Mem {
		return func(r int) operand.Mem {
			return operand.Mem{Base: t.row[r], Index: t.off, Scale: 1, Disp: 4 * u}
		}
	}
	t.loop(4, "four", "tail", end4, element)
	t.loop(1, "one", "ended", end, element)
	c.DECQ(left)
	c.JNE(operand.LabelRef("segment"))

	t.finish()
	c.MOVQ(t.argument("aStep"), n)
	c.ADDQ(n, t.argument("a"))
	t.end()
}

// loop does steps of unroll until off reaches end.
func (t *tile) loop(unroll int, label, exit string, end operand.Mem, element func(u int) func(r int) operand.Mem) {
	c := t.c
	c.CMPQ(t.off, end)
	c.JGE(operand.LabelRef(exit))
	c.Label(label)
	for u := range unroll {
		t.step(u, element(u))
	}
	c.ADDQ(operand.I32(4*unroll), t.off)
	c.ADDQ(operand.I32(2*t.bytes*unroll), t.b)
	c.CMPQ(t.off, end)
	c.JLT(operand.LabelRef(label))
	c.Label(exit)
}

// packed generates the micro-kernel that reads panels of A packed as B's are.
func (w width) packed(c *build.Context) {
	name := "packed" + suffix(w)
	t := w.begin(c, name,
		"func(panels, k int, a *float32, b *float32, c **float32, cOff, add int)",
		fmt.Sprintf("%s computes tiles of %d rows below each other; see kernels.", name, w.mr))
	a, left := c.GP64(), c.GP64()
	c.MOVQ(t.argument("a"), a)

	c.Label("panel")
	t.start()
	element := func(u int) func(r int) operand.Mem {
		return func(r int) operand.Mem { return operand.Mem{Base: a, Disp: 4 * (u*w.mr + r)} }
	}
	loop := func(unroll int, label, exit string) {
		c.SUBQ(operand.I32(unroll), left)
		c.JLT(operand.LabelRef(exit))
		c.Label(label)
		for u := range unroll {
			t.step(u, element(u))
		}
		c.ADDQ(operand.I32(4*w.mr*unroll), a)
		c.ADDQ(operand.I32(2*w.bytes*unroll), t.b)
		c.SUBQ(operand.I32(unroll), left)
		c.JGE(operand.LabelRef(label))
		c.Label(exit)
		c.ADDQ(operand.I32(unroll), left)
	}
	c.MOVQ(t.argument("k"), left)
	loop(4, "four", "tail")
	loop(1, "one", "ended")

	t.finish()
	t.end()
}

func suffix(w width) string {
	if w.bytes == 64 {
		return "AVX512"
	}
	return "AVX2"
}
