// Command asm writes the amd64 assembly of package simd: its kernels for processors with AVX2 and FMA.
// Package simd's go:generate line runs it; nothing else needs it.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
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
		f, err := g.Result()
		if err != nil {
			return err
		}
		if err := pass.Compile.Execute(f); err != nil {
			return err
		}
		cfg := printer.Config{Name: "simd/asm", Pkg: "simd"}
		name := filepath.Join(dir, "avx2_"+p.name+"_amd64")
		if err := write(name+".s", printer.NewGoAsm(cfg), f); err != nil {
			return err
		}
		if err := write(name+".go", printer.NewStubs(cfg), f); err != nil {
			return err
		}
	}
	return nil
}

func write(name string, p printer.Printer, f *ir.File) error {
	text, err := p.Print(f)
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o666)
}
