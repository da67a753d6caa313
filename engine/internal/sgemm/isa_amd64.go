//go:build !noasm

package sgemm

import "golang.org/x/sys/cpu"

var (
	dots   = []dotFunc{dots1, dots2, dots3}
	sums   = []thinFunc{sums1, sums2, sums3}
	outer  = []thinFunc{outer1, outer2}
	adds   = []addFunc{{8, add8}, {4, add4}, {2, add2}}
	copies = []copyFunc{
		{32, copy32, gather32},
		{16, copy16, gather16},
		{12, copy12, gather12},
		{8, copy8, gather8},
		{6, copy6, gather6},
		{4, copy4, gather4},
		{2, copy2, gather2},
	}
	// Processors with AVX-512 have 1 MB of second-level cache or more, of which the slab takes its
	// part.
	kernelsAVX512 = &kernels{
		name: "avx512", mr: 12, nr: 32, block: 64 << 10, slab: 256 << 10, rows: rowsAVX512, packed: packedAVX512, transpose8: transpose8,
		copies: copies, adds: adds, dots: dots, sums: sums, outer: outer,
	}
	kernelsAVX2 = &kernels{
		name: "avx2", mr: 6, nr: 16, block: 32 << 10, slab: 1 << 20, rows: rowsAVX2, packed: packedAVX2, transpose8: transpose8,
		copies: copies, adds: adds, dots: dots, sums: sums, outer: outer,
	}
)

func available() []*kernels {
	var all []*kernels
	fma := cpu.X86.HasAVX2 && cpu.X86.HasFMA
	if fma && cpu.X86.HasAVX512F {
		all = append(all, kernelsAVX512)
	}
	if fma {
		all = append(all, kernelsAVX2)
	}
	return append(all, kernelsGeneric)
}
