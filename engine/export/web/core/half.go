package core

import "math"

// half returns x as an IEEE 754 half, rounded to the nearest, ties to even. x is finite, and less
// than 65,520.
func half(x float64) uint16 {
	var sign uint16
	if math.Signbit(x) {
		sign, x = 1<<15, -x
	}
	if x < 1.0/(1<<14) { // below the normal ones, at equal distances
		return sign | uint16(math.RoundToEven(x*(1<<24)))
	}
	fraction, exponent := math.Frexp(x) // from 1/2 to 1
	// What is rounded up to the next power of two carries into the exponent, as it should.
	return sign | uint16((exponent+14)<<10+int(math.RoundToEven(fraction*(1<<11)))-1<<10)
}

// full returns the number that a half stands for.
func full(h uint16) float64 {
	exponent, x := int(h>>10&31), float64(h&1023)
	if exponent == 0 {
		x /= 1 << 24
	} else {
		x = math.Ldexp(1024+x, exponent-25)
	}
	if h>>15 != 0 {
		return -x
	}
	return x
}

// exponentOf returns the power of two by which numbers are divided before they become halves: the
// largest of them comes to lie from 2^14 to 2^15, where nothing overflows and little is lost below.
func exponentOf(values []float32) int {
	var most float64
	for _, v := range values {
		most = max(most, math.Abs(float64(v)))
	}
	if most == 0 {
		return 0
	}
	_, e := math.Frexp(most) // most is less than 2^e
	return e - 15
}
