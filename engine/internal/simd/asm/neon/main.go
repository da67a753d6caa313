// Command neon writes the arm64 assembly of package simd. Its kernels do the arithmetic of those
// for AVX2, in the same order, and so give the same bits. Package simd's go:generate line runs it;
// nothing else needs it.
package main

import (
	"ganvas/engine/internal/armasm"
	"ganvas/internal/generate"
)

func main() { generate.Main(writeAssembly) }

// parts are the files to write, by subject.
var parts = []struct {
	name string
	emit func(k *kernels)
}{
	{"neon_element", element},
	{"neon_math", mathematics},
	{"neon_sum", sums},
	{"neon_column", columns},
	{"neon_optim", optimisers},
}

// writeAssembly writes the assembly and the Go declarations to dir.
func writeAssembly(dir string) error {
	for _, p := range parts {
		k := &kernels{File: armasm.New("simd/asm/neon", "simd", p.name)}
		p.emit(k)
		if err := k.Write(dir); err != nil {
			return err
		}
	}
	return nil
}
