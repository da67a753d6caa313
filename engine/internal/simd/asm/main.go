// Command asm writes the amd64 assembly of package simd: its kernels for processors with AVX2 and FMA.
// Package simd's go:generate line runs it; nothing else needs it.
package main

import (
	"flag"
	"log"

	"github.com/mmcloughlin/avo/build"

	"ganvas/engine/internal/avofile"
)

func main() {
	dir := flag.String("dir", ".", "folder to write to")
	flag.Parse()
	if err := generate(*dir); err != nil {
		log.Fatal(err)
	}
}

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

// generate writes the assembly and the Go declarations to dir.
func generate(dir string) error {
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
