//go:build !noasm

package winograd

import "github.com/klauspost/cpuid/v2"

// AVX2 is the Set in assembly.
var AVX2 = Set{
	Name:        "avx2",
	Data:        [2][2]Transform{{data22, data23}, {data32, data33}},
	DataAdjoint: [2][2]Transform{{dataAdjoint22, dataAdjoint23}, {dataAdjoint32, dataAdjoint33}},
	Out:         [2][2]Transform{{out22, out23}, {out32, out33}},
	OutAdjoint:  [2][2]Transform{{outAdjoint22, outAdjoint23}, {outAdjoint32, outAdjoint33}},
	Taps:        [2]Transform{taps3, taps4},
	TapsAdjoint: [2]Transform{tapsAdjoint3, tapsAdjoint4},
}

func available() []*Set {
	if cpuid.CPU.Supports(cpuid.AVX2) {
		return []*Set{&AVX2, &Generic}
	}
	return []*Set{&Generic}
}
