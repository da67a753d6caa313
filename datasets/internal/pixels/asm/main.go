// Command asm writes the amd64 assembly of package pixels, for every processor of that kind.
// Package pixels' go:generate line runs it; nothing else needs it.
package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"ganvas/internal/avofile"
	"ganvas/internal/generate"
)

func main() { generate.Main(writeAssembly) }

// parts are the files to write, by subject.
var parts = []struct {
	name string
	emit func(g *gen)
}{
	{"scale", scaling},
	{"colour", colours},
	{"dct", transform},
}

// writeAssembly writes the assembly and the Go declarations to dir.
func writeAssembly(dir string) error {
	for _, p := range parts {
		g := &gen{Context: build.NewContext(), part: p.name}
		g.ConstraintExpr("!noasm")
		p.emit(g)
		if err := avofile.Write(g.Context, "pixels/asm", "pixels", dir, "sse2_"+p.name); err != nil {
			return err
		}
	}
	return nil
}

// gen writes one file.
type gen struct {
	*build.Context
	part string
}

// begin begins a function, which calls no other.
func (g *gen) begin(name, signature, doc string) {
	g.Function(name)
	g.Attributes(attr.NOSPLIT)
	g.SignatureExpr(signature)
	g.Doc(doc)
	g.Pragma("noescape")
}

// words returns a constant of eight numbers.
func (g *gen) words(name string, w ...int16) operand.Mem {
	m := g.StaticGlobal(g.part + name)
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range 8 {
		g.AddDatum(2*i, operand.U16(uint16(w[i%len(w)])))
	}
	return m
}

// dwords returns a constant of four times a number.
func (g *gen) dwords(name string, v uint32) operand.Mem {
	m := g.StaticGlobal(g.part + name)
	g.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range 4 {
		g.AddDatum(4*i, operand.U32(v))
	}
	return m
}

// load returns a register that holds 16 bytes, which may lie anywhere.
func (g *gen) load(m operand.Op) reg.VecVirtual {
	v := g.XMM()
	g.MOVOU(m, v)
	return v
}

// load8 returns a register whose lower half holds 8 bytes.
func (g *gen) load8(m operand.Mem) reg.VecVirtual {
	v := g.XMM()
	g.MOVQ(m, v)
	return v
}

// same returns a register that holds what v does.
func (g *gen) same(v operand.Op) reg.VecVirtual {
	w := g.XMM()
	g.MOVO(v, w)
	return w
}

// zero returns a register of zeros.
func (g *gen) zero() reg.VecVirtual {
	v := g.XMM()
	g.PXOR(v, v)
	return v
}

// base returns the address of a parameter that is a slice.
func (g *gen) base(name string) reg.GPVirtual {
	r := g.GP64()
	g.Load(g.Param(name).Base(), r)
	return r
}

// length returns the length of a parameter that is a slice.
func (g *gen) length(name string) reg.GPVirtual {
	r := g.GP64()
	g.Load(g.Param(name).Len(), r)
	return r
}

// word returns a parameter that is a number.
func (g *gen) word(name string) reg.GPVirtual {
	r := g.GP64()
	g.Load(g.Param(name), r)
	return r
}
