// Package avofile writes what a generator of amd64 assembly has made with avo. It serves the
// generators of the engine's kernels.
package avofile

import (
	"os"
	"path/filepath"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
)

// Write compiles c and writes name_amd64.s and name_amd64.go, with the declarations, to dir;
// generator is what their first lines name as their origin.
func Write(c *build.Context, generator, pkg, dir, name string) error {
	f, err := c.Result()
	if err != nil {
		return err
	}
	if err := pass.Compile.Execute(f); err != nil {
		return err
	}
	cfg := printer.Config{Name: generator, Pkg: pkg}
	name = filepath.Join(dir, name+"_amd64")
	if err := write(name+".s", printer.NewGoAsm(cfg), f); err != nil {
		return err
	}
	return write(name+".go", printer.NewStubs(cfg), f)
}

func write(name string, p printer.Printer, f *ir.File) error {
	text, err := p.Print(f)
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o666)
}
