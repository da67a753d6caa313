package ckpt

import "math"

// LargestHalf is the largest number that F16 holds.
const LargestHalf = 65504

// half returns the number of IEEE 754 binary16 nearest to v, the even one of two.
func half(v float32) uint16 {
	b := math.Float32bits(v)
	sign, exp, frac := uint16(b>>16&0x8000), int(b>>23&0xff)-127, b&0x7fffff
	switch {
	case exp == 128 && frac != 0:
		return sign | 0x7e00 // not a number
	case exp > 15:
		return sign | 0x7c00
	case exp >= -14:
		n := uint32(exp+15)<<10 | frac>>13
		return sign | uint16(n+roundUp(frac, 13, n)) // may carry into the exponent, and on to infinity
	case exp >= -25:
		frac |= 0x800000
		shift := uint(-exp - 1)
		n := frac >> shift
		return sign | uint16(n+roundUp(frac, shift, n))
	}
	return sign
}

// roundUp tells whether what a shift cuts off frac is more than half of the last place of n, or half
// and n odd.
func roundUp(frac uint32, shift uint, n uint32) uint32 {
	rest, middle := frac&(1<<shift-1), uint32(1)<<(shift-1)
	if rest > middle || rest == middle && n&1 == 1 {
		return 1
	}
	return 0
}

// ofHalf returns the number that h stands for.
func ofHalf(h uint16) float32 {
	sign, exp, frac := uint32(h&0x8000)<<16, uint32(h>>10&0x1f), uint32(h&0x3ff)
	switch exp {
	case 0:
		v := float32(frac) / (1 << 24)
		return math.Float32frombits(sign | math.Float32bits(v))
	case 0x1f:
		return math.Float32frombits(sign | 0x7f800000 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}
