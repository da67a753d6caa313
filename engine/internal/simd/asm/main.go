// Command asm writes the amd64 assembly of package simd: its kernels for processors with AVX2 and
// FMA. Package simd's go:generate line runs it; nothing else needs it.
package main

import (
	"github.com/mmcloughlin/avo/build"

	"ganvas/internal/avofile"
	"ganvas/internal/generate"
)

func main() { generate.Main(writeAssembly) }

// parts are the files to write, by subject.
var parts = []struct {
	name string
	emit func(g *gen)
}{
	{"element", element},
	{"math", mathematics},
	{"sum", sums},
	{"column", columns},
	{"optim", optimisers},
}

// writeAssembly writes the assembly and the Go declarations to dir.
func writeAssembly(dir string) error {
	for _, p := range parts {
		g := &gen{Context: build.NewContext(), part: p.name}
		g.ConstraintExpr("!noasm")
		p.emit(g)
		if err := avofile.Write(g.Context, "simd/asm", "simd", dir, "avx2_"+p.name); err != nil {
			return err
		}
	}
	return nil
}
