package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gen writes one file.
type gen struct {
	*build.Context
	part   string
	consts map[string]operand.Mem
	labels int
}

// vec is a virtual YMM register: eight float32.
type vec = reg.VecVirtual

// lanes is the number of float32 in a vector.
const lanes = 8

// bits returns a constant that has b in all eight lanes.
func (g *gen) bits(b uint32) operand.Mem {
	name := fmt.Sprintf("%s%08x", g.part, b)
	if m, ok := g.consts[name]; ok {
		return m
	}
	m := g.StaticGlobal(name)
	g.DataAttributes(8 | 16) // RODATA, NOPTR
	for i := range lanes {
		g.AddDatum(4*i, operand.U32(b))
	}
	if g.consts == nil {
		g.consts = map[string]operand.Mem{}
	}
	g.consts[name] = m
	return m
}

// num returns a constant that has x in all eight lanes.
func (g *gen) num(x float32) operand.Mem { return g.bits(math.Float32bits(x)) }

// load returns a register that holds m.
func (g *gen) load(m operand.Op) vec {
	v := g.YMM()
	g.VMOVUPS(m, v)
	return v
}

// zero returns a register of zeros.
func (g *gen) zero() vec {
	v := g.YMM()
	g.VXORPS(v, v, v)
	return v
}

// scalar returns a register that has the float32 parameter in all lanes.
func (g *gen) scalar(name string) vec {
	b, err := g.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	v := g.YMM()
	g.VBROADCASTSS(b.Addr, v)
	return v
}

// label returns a name for a place in the function being written.
func (g *gen) label(what string) string {
	g.labels++
	return fmt.Sprintf("%s%d", what, g.labels)
}

// function begins a function; params are as in Go.
func (g *gen) function(name, doc, signature string) {
	g.Function(name + "AVX2")
	g.Doc(name + "AVX2 " + doc)
	g.Pragma("noescape")
	g.Attributes(4) // NOSPLIT
	g.SignatureExpr("func" + signature)
}

// pointers loads the addresses of slices.
func (g *gen) pointers(names []string) map[string]reg.Register {
	p := map[string]reg.Register{}
	for _, n := range names {
		if p[n] == nil {
			p[n] = g.Load(g.Param(n).Base(), g.GP64())
		}
	}
	return p
}

// tailMask returns a mask of the first n lanes, n from 1 to 8.
func (g *gen) tailMask(n reg.GPVirtual) vec {
	name := g.part + "TailMask"
	table, ok := g.consts[name]
	if !ok {
		table = g.StaticGlobal(name)
		g.DataAttributes(8 | 16)
		for i := range 2 * lanes {
			b := uint32(0)
			if i < lanes {
				b = math.MaxUint32
			}
			g.AddDatum(4*i, operand.U32(b))
		}
		if g.consts == nil {
			g.consts = map[string]operand.Mem{}
		}
		g.consts[name] = table
	}
	at, back := g.GP64(), g.GP64()
	g.LEAQ(table, at)
	g.MOVQ(n, back)
	g.NEGQ(back)
	return g.load(operand.Mem{Base: at, Index: back, Scale: 4, Disp: 4 * lanes})
}

// elements writes a loop over equally long slices: for each vector of the inputs, body returns a
// vector of each output. The last few elements go through the same arithmetic under a mask, so a
// result does not depend on its place.
func (g *gen) elements(in, out []string, unroll int, body func(x []vec) []vec) {
	p := g.pointers(append(append([]string{}, in...), out...))
	n := g.Load(g.Param(out[0]).Len(), g.GP64()).(reg.GPVirtual)
	i := g.GP64()
	g.XORQ(i, i)
	at := func(name string, u int) operand.Mem {
		return operand.Mem{Base: p[name], Index: i, Scale: 4, Disp: 4 * lanes * u}
	}
	step := func(width int) {
		loop, end := g.label("loop"), g.label("end")
		last := g.GP64()
		g.LEAQ(operand.Mem{Base: n, Disp: -width}, last)
		g.Label(loop)
		g.CMPQ(i, last)
		g.JGT(operand.LabelRef(end))
		for u := range width / lanes {
			x := make([]vec, len(in))
			for k, name := range in {
				x[k] = g.load(at(name, u))
			}
			for k, v := range body(x) {
				g.VMOVUPS(v, at(out[k], u))
			}
		}
		g.ADDQ(operand.I32(width), i)
		g.JMP(operand.LabelRef(loop))
		g.Label(end)
	}
	if unroll > 1 {
		step(unroll * lanes)
	}
	step(lanes)
	done := g.label("done")
	g.SUBQ(i, n)
	g.JE(operand.LabelRef(done))
	mask := g.tailMask(n)
	x := make([]vec, len(in))
	for k, name := range in {
		x[k] = g.YMM()
		g.VMASKMOVPS(at(name, 0), mask, x[k])
	}
	for k, v := range body(x) {
		g.VMASKMOVPS(v, mask, at(out[k], 0))
	}
	g.Label(done)
	g.VZEROUPPER()
	g.RET()
}
