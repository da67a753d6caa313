// Command asm writes the amd64 assembly of package sgemm: for AVX2 with FMA and for AVX-512 the
// same micro-kernels in another width. Package sgemm's go:generate line runs it; nothing else needs
// it.
package main

import (
	"github.com/mmcloughlin/avo/build"

	"ganvas/internal/avofile"
	"ganvas/internal/generate"
)

func main() { generate.Main(writeAssembly) }

// writeAssembly writes the assembly and the Go declarations of both widths to dir.
func writeAssembly(dir string) error {
	for _, w := range []width{avx2, avx512} {
		c := build.NewContext()
		c.ConstraintExpr("!noasm")
		w.rows(c)
		w.packed(c)
		if w == avx2 {
			for n := range 3 {
				dots(c, n+1)
				sums(c, n+1)
			}
			for n := range 2 {
				outer(c, n+1)
			}
			for _, n := range []int{8, 4, 2} {
				adds(c, n)
			}
			transpose8(c)
			for _, n := range []int{32, 16, 12, 8, 6, 4, 2} {
				copies(c, n, false)
				copies(c, n, true)
			}
		}
		if err := avofile.Write(c, "sgemm/asm", "sgemm", dir, "kernel_"+w.name); err != nil {
			return err
		}
	}
	return nil
}
