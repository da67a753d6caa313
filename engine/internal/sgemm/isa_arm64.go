//go:build !noasm

package sgemm

// Every arm64 processor has what these need.
var kernelsNEON = &kernels{
	name: "neon", mr: 12, nr: 8, block: 32 << 10, slab: 1 << 20, rows: rowsNEON, packed: packedNEON, transpose8: transpose8,
	copies: []copyFunc{
		{32, copy32, gather32},
		{16, copy16, gather16},
		{12, copy12, gather12},
		{8, copy8, gather8},
		{6, copy6, gather6},
		{4, copy4, gather4},
		{2, copy2, gather2},
	},
	adds:  []addFunc{{8, add8}, {4, add4}, {2, add2}},
	dots:  []dotFunc{dots1, dots2, dots3},
	sums:  []thinFunc{sums1, sums2, sums3},
	outer: []thinFunc{outer1, outer2},
}

func available() []*kernels { return []*kernels{kernelsNEON, kernelsGeneric} }
