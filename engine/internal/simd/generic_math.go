package simd

import "math"

// The functions below round a float64 result, so they are within one unit in the last place.

func exp(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Exp(float64(v)))
	}
}

func log(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Log(float64(v)))
	}
}

func tanh(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Tanh(float64(v)))
	}
}

func sigmoid(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

func softplus(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		x := float64(v)
		dst[i] = float32(max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))))
	}
}

func sqrt(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Sqrt(float64(v)))
	}
}

func rsqrt(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(1 / math.Sqrt(float64(v)))
	}
}

func normCDF(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(0.5 * math.Erfc(-float64(v)/math.Sqrt2))
	}
}

func normPDF(dst, a []float32) {
	const c = 0.398942280401432677939946059934381868 // 1/√(2π)
	for i, v := range a[:len(dst)] {
		x := float64(v)
		dst[i] = float32(c * math.Exp(-0.5*x*x))
	}
}

// allFinite looks at exponent bits: all ones mean infinity or NaN.
func allFinite(a []float32) bool {
	for _, v := range a {
		if math.Float32bits(v)&0x7f800000 == 0x7f800000 {
			return false
		}
	}
	return true
}
