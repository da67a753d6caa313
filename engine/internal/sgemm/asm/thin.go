package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// thinVectors is how many vectors wide a block of a product with one small extent is.
const thinVectors = 4

// thinArguments are those of sums and outer.
type thinArguments struct {
	count                    reg.Register
	a, aStep, b, bStep, c, s reg.Register
}

func thinFunction(c *build.Context, name, count string, doc ...string) thinArguments {
	c.Function(name)
	c.Attributes(attr.NOSPLIT)
	c.SignatureExpr(fmt.Sprintf("func(%s int, a *float32, aStep int, b *float32, bStep int, c *float32, cStep int)", count))
	c.Doc(doc...)
	c.Pragma("noescape")
	load := func(name string) reg.Register { return c.Load(c.Param(name), c.GP64()) }
	return thinArguments{load(count), load("a"), load("aStep"), load("b"), load("bStep"), load("c"), load("cStep")}
}

// sums generates n rows of the product of a transposed left operand: sums over depth of a value of
// each of n columns of a, times a row of b.
func sums(c *build.Context, n int) {
	name := fmt.Sprintf("sums%d", n)
	p := thinFunction(c, name, "depth", fmt.Sprintf("%s computes %d rows of %d columns of a product; see kernels.", name, n, 8*thinVectors))
	acc := make([][thinVectors]reg.VecVirtual, n)
	for r := range acc {
		for v := range acc[r] {
			acc[r][v] = c.YMM()
			c.VXORPS(acc[r][v], acc[r][v], acc[r][v])
		}
	}

	c.Label("next")
	x := make([]reg.VecVirtual, n)
	for r := range x {
		x[r] = c.YMM()
		c.VBROADCASTSS(operand.Mem{Base: p.a, Disp: 4 * r}, x[r])
	}
	for v := range thinVectors {
		w := c.YMM()
		c.VMOVUPS(operand.Mem{Base: p.b, Disp: 32 * v}, w)
		for r := range x {
			c.VFMADD231PS(w, x[r], acc[r][v])
		}
	}
	c.ADDQ(p.aStep, p.a)
	c.ADDQ(p.bStep, p.b)
	c.DECQ(p.count)
	c.JNE(operand.LabelRef("next"))

	for r := range acc {
		for v := range acc[r] {
			c.VMOVUPS(acc[r][v], operand.Mem{Base: p.c, Disp: 32 * v})
		}
		if r+1 < n {
			c.ADDQ(p.s, p.c)
		}
	}
	c.VZEROUPPER()
	c.RET()
}

// outer generates the product of rows of n values with n rows of b.
func outer(c *build.Context, n int) {
	name := fmt.Sprintf("outer%d", n)
	p := thinFunction(c, name, "rows", fmt.Sprintf("%s computes %d columns of a product of depth %d; see kernels.", name, 8*thinVectors, n))
	w := make([][thinVectors]reg.VecVirtual, n)
	for k := range w {
		for v := range w[k] {
			w[k][v] = c.YMM()
			c.VMOVUPS(operand.Mem{Base: p.b, Disp: 32 * v}, w[k][v])
		}
		if k+1 < n {
			c.ADDQ(p.bStep, p.b)
		}
	}

	c.Label("next")
	var acc [thinVectors]reg.VecVirtual
	for v := range acc {
		acc[v] = c.YMM()
		c.VXORPS(acc[v], acc[v], acc[v])
	}
	for k := range w {
		x := c.YMM()
		c.VBROADCASTSS(operand.Mem{Base: p.a, Disp: 4 * k}, x)
		for v := range acc {
			c.VFMADD231PS(w[k][v], x, acc[v])
		}
	}
	for v := range acc {
		c.VMOVUPS(acc[v], operand.Mem{Base: p.c, Disp: 32 * v})
	}
	c.ADDQ(p.aStep, p.a)
	c.ADDQ(p.s, p.c)
	c.DECQ(p.count)
	c.JNE(operand.LabelRef("next"))
	c.VZEROUPPER()
	c.RET()
}
