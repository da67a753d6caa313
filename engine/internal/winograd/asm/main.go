// Command asm writes the amd64 assembly of package winograd. Package winograd's go:generate line
// runs it; nothing else needs it.
package main

import (
	"math"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"ganvas/engine/internal/winograd/asm/lines"
	"ganvas/internal/avofile"
	"ganvas/internal/generate"
)

func main() { generate.Main(writeAssembly) }

// writeAssembly writes the assembly and the Go declarations to dir.
func writeAssembly(dir string) error {
	g := &gen{Context: build.NewContext()}
	g.ConstraintExpr("!noasm")
	g.half = g.StaticGlobal("half")
	g.DataAttributes(8 | 16) // RODATA, NOPTR
	for i := range lanes {
		g.AddDatum(4*i, operand.U32(math.Float32bits(0.5)))
	}
	for _, p := range lines.Planes(g) {
		g.plane(p)
	}
	return avofile.Write(g.Context, "winograd/asm", "winograd", dir, "avx2")
}

// lanes is the number of float32 in a vector.
const lanes = 8

// vec is a virtual YMM register.
type vec = reg.VecVirtual

// gen writes the file.
type gen struct {
	*build.Context
	half operand.Mem
}

// inRegisters is how many intermediate vectors stay in registers; the processor has 16.
const inRegisters = 9

// plane writes the function of a transform.
func (g *gen) plane(p lines.Plane[vec]) {
	rows, cols := p.Rows, p.Cols
	g.Function(p.Name)
	g.Attributes(1 << 2) // NOSPLIT
	g.SignatureExpr("func(in **float32, inOff int, out **float32, outOff int, n int)")
	g.Doc(p.Name+" is the transform of that name; see Set.", "")
	g.Pragma("noescape")
	in, out := g.Load(g.Param("in"), g.GP64()).(reg.GPVirtual), g.Load(g.Param("out"), g.GP64()).(reg.GPVirtual)
	from, to := g.Load(g.Param("inOff"), g.GP64()).(reg.GPVirtual), g.Load(g.Param("outOff"), g.GP64()).(reg.GPVirtual)
	n := g.Load(g.Param("n"), g.GP64()).(reg.GPVirtual)
	address := func(table, at reg.Register, i int) operand.Mem {
		p := g.GP64()
		g.MOVQ(operand.Mem{Base: table, Disp: 8 * i}, p)
		return operand.Mem{Base: p, Index: at, Scale: 1}
	}
	mid := g.intermediates(rows.Out, cols.In)
	g.Label("loop")
	for c := range cols.In {
		x := make([]vec, rows.In)
		for r := range x {
			x[r] = g.YMM()
			g.VMOVUPS(address(in, from, r*cols.In+c), x[r])
		}
		for r, v := range rows.Apply(x) {
			mid.put(r, c, v)
		}
	}
	for r := range rows.Out {
		x := make([]vec, cols.In)
		for c := range x {
			x[c] = mid.get(r, c)
		}
		for c, v := range cols.Apply(x) {
			dst := address(out, to, r*cols.Out+c)
			if p.Add {
				sum := g.YMM()
				g.VADDPS(dst, v, sum)
				v = sum
			}
			g.VMOVUPS(v, dst)
		}
	}
	g.ADDQ(operand.U8(4*lanes), from)
	g.ADDQ(operand.U8(4*lanes), to)
	g.SUBQ(operand.U8(lanes), n)
	g.JNZ(operand.LabelRef("loop"))
	g.VZEROUPPER()
	g.RET()
}

// intermediates holds vectors between the two halves of a transform: in registers, or on the stack
// if they are many.
type intermediates struct {
	g     *gen
	cols  int
	regs  []vec
	stack operand.Mem
}

func (g *gen) intermediates(rows, cols int) *intermediates {
	m := &intermediates{g: g, cols: cols}
	if rows*cols <= inRegisters {
		m.regs = make([]vec, rows*cols)
	} else {
		m.stack = g.AllocLocal(rows * cols * 4 * lanes)
	}
	return m
}

func (m *intermediates) put(r, c int, v vec) {
	if m.regs != nil {
		m.regs[r*m.cols+c] = v
		return
	}
	m.g.VMOVUPS(v, m.stack.Offset((r*m.cols+c)*4*lanes))
}

func (m *intermediates) get(r, c int) vec {
	if m.regs != nil {
		return m.regs[r*m.cols+c]
	}
	v := m.g.YMM()
	m.g.VMOVUPS(m.stack.Offset((r*m.cols+c)*4*lanes), v)
	return v
}
