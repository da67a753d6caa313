//go:build !noasm

package winograd

// NEON is the Set in assembly. Every arm64 processor has what it needs.
var NEON = Set{
	Name:        "neon",
	Data:        [2][2]Transform{{data22, data23}, {data32, data33}},
	DataAdjoint: [2][2]Transform{{dataAdjoint22, dataAdjoint23}, {dataAdjoint32, dataAdjoint33}},
	Out:         [2][2]Transform{{out22, out23}, {out32, out33}},
	OutAdjoint:  [2][2]Transform{{outAdjoint22, outAdjoint23}, {outAdjoint32, outAdjoint33}},
	Taps:        [2]Transform{taps3, taps4},
	TapsAdjoint: [2]Transform{tapsAdjoint3, tapsAdjoint4},
}

func available() []*Set { return []*Set{&NEON, &Generic} }
