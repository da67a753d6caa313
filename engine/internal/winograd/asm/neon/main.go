// Command neon writes the arm64 assembly of package winograd. Package winograd's go:generate line
// runs it; nothing else needs it.
package main

import (
	"ganvas/engine/internal/armasm"
	"ganvas/engine/internal/winograd/asm/lines"
	"ganvas/internal/generate"
)

func main() { generate.Main(writeAssembly) }

// writeAssembly writes the assembly and the Go declarations to dir.
func writeAssembly(dir string) error {
	f := armasm.New("winograd/asm/neon", "winograd", "neon")
	g := &gen{}
	for _, p := range lines.Planes(g) {
		g.Func = f.Func(p.Name, "is the transform of that name; see Set.", "(in **float32, inOff int, out **float32, outOff, n int)")
		g.plane(p)
	}
	return f.Write(dir)
}

// lanes is the number of float32 in a vector.
const lanes = 4

// vec is a vector register.
type vec = armasm.V

// gen writes one function at a time.
type gen struct {
	*armasm.Func
	half vec
}

// Add returns a+b.
func (g *gen) Add(a, b vec) vec {
	v := g.V()
	g.FADD(v, a, b)
	return v
}

// Sub returns a−b.
func (g *gen) Sub(a, b vec) vec {
	v := g.V()
	g.FSUB(v, a, b)
	return v
}

// Halved returns a/2.
func (g *gen) Halved(a vec) vec {
	v := g.V()
	g.FMUL(v, a, g.half)
	return v
}

// plane writes the function of a transform. What lies between its two steps, at most 16 vectors,
// stays in registers.
func (g *gen) plane(plane lines.Plane[vec]) {
	rows, cols := plane.Rows, plane.Cols
	g.half = g.Num(0.5)
	in, out, from, to, n, p := g.Arg("in"), g.Arg("out"), g.Arg("inOff"), g.Arg("outOff"), g.Arg("n"), g.X()
	address := func(table armasm.X, i int) { g.Ins("MOVD %d(%v), %v", 8*i, table, p) }
	g.Steps(n, lanes, func() {
		g.Scope(func() {
			mid := make([][]vec, cols.In) // columns
			for c := range mid {
				mid[c] = g.Result(func() []vec {
					x := g.Vs(rows.In)
					for r, v := range x {
						address(in, r*cols.In+c)
						g.LoadIndexed(lanes, v, p, from)
					}
					return rows.Apply(x)
				})
			}
			for r := range rows.Out {
				g.Scope(func() {
					x := make([]vec, cols.In)
					for c := range x {
						x[c] = mid[c][r]
					}
					for c, v := range cols.Apply(x) {
						address(out, r*cols.Out+c)
						if plane.Add {
							before := g.V()
							g.LoadIndexed(lanes, before, p, to)
							v = g.Add(v, before)
						}
						g.StoreIndexed(v, p, to)
					}
				})
			}
		})
		g.Advance(4*lanes, from, to)
	})
	g.Return()
}
