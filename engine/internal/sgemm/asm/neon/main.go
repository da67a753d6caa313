// Command neon writes the arm64 assembly of package sgemm. Package sgemm's go:generate line runs
// it; nothing else needs it.
package main

import (
	"ganvas/engine/internal/armasm"
	"ganvas/internal/generate"
)

func main() { generate.Main(writeAssembly) }

// writeAssembly writes the assembly and the Go declarations to dir.
func writeAssembly(dir string) error {
	f := armasm.New("sgemm/asm/neon", "sgemm", "kernel_neon")
	rows(f)
	packed(f)
	for n := range 3 {
		dots(f, n+1)
		sums(f, n+1)
	}
	for n := range 2 {
		outer(f, n+1)
	}
	for _, n := range []int{8, 4, 2} {
		adds(f, n)
	}
	transpose8(f)
	for _, n := range []int{32, 16, 12, 8, 6, 4, 2} {
		copies(f, n)
		gathers(f, n)
	}
	return f.Write(dir)
}
