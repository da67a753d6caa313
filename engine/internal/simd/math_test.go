package simd

import (
	"math"
	"testing"
)

// mathCases have the bound in units in the last place that the generated functions state.
var mathCases = []struct {
	name   string
	bound  float64
	kernel func(s *Set) func(dst, a []float32)
	want   func(x float64) float64
}{
	{"Exp", 1, func(s *Set) func(dst, a []float32) { return s.Exp }, math.Exp},
	{"Log", 1, func(s *Set) func(dst, a []float32) { return s.Log }, math.Log},
	{"Tanh", 2, func(s *Set) func(dst, a []float32) { return s.Tanh }, math.Tanh},
	{"Sigmoid", 3, func(s *Set) func(dst, a []float32) { return s.Sigmoid }, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }},
	{"Softplus", 2, func(s *Set) func(dst, a []float32) { return s.Softplus }, func(x float64) float64 {
		return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
	}},
	{"Sqrt", 0.5, func(s *Set) func(dst, a []float32) { return s.Sqrt }, math.Sqrt},
	{"Rsqrt", 2, func(s *Set) func(dst, a []float32) { return s.Rsqrt }, func(x float64) float64 { return 1 / math.Sqrt(x) }},
	{"NormCDF", 6, func(s *Set) func(dst, a []float32) { return s.NormCDF }, func(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }},
	{"NormPDF", 3, func(s *Set) func(dst, a []float32) { return s.NormPDF }, func(x float64) float64 {
		return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
	}},
}

// sweep returns float32 values from all over: every 8191st bit pattern, which visits each exponent
// of both signs about a thousand times, and the values where something changes.
func sweep() []float32 {
	x := []float32{
		0, float32(math.Copysign(0, -1)), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()),
		math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, math.MaxFloat32, -math.MaxFloat32, 0x1p-126, 0x1.fffffcp-127,
		1, -1, 0.5, -0.5, 2, -2, 0.625, -0.625, 0.62499994, 0.69314718, -0.69314718,
		88.72283, 88.72284, 88.7229, -87.33654, -103.27892, -103.27893, -103.97207, -103.97208, -103.98, -104.2, -104.3, 89, 89.1, 16, 20, 40, 44,
		math.Sqrt2, math.Sqrt2 / 2, 13, 14.1, -14.1, 15, -15, 15.1,
	}
	for b := uint64(0); b < 1<<32; b += 8191 {
		x = append(x, math.Float32frombits(uint32(b)))
	}
	// The range where most functions do their work, more densely.
	for i := -60000; i <= 60000; i++ {
		x = append(x, float32(i)*0.00175)
	}
	return x
}

func TestMathAccuracy(t *testing.T) {
	x := sweep()
	dst := make([]float32, len(x))
	for _, c := range mathCases {
		want := make([]float64, len(x))
		for i, v := range x {
			want[i] = c.want(float64(v))
		}
		eachSet(t, func(t *testing.T, s *Set) {
			c.kernel(s)(dst, x)
			worst, at := 0.0, 0
			for i, got := range dst {
				if e := units(got, want[i]); e > worst {
					worst, at = e, i
				}
			}
			t.Logf("%s: worst %.3f units in the last place, at %v", c.name, worst, x[at])
			if worst > c.bound {
				t.Errorf("%s(%v): got %v, want %v: %.3f units in the last place off, want at most %v", c.name, x[at], dst[at], want[at], worst, c.bound)
			}
		})
	}
}
