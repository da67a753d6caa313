// Package simd holds the innermost loops of package tensor: element-wise functions, sums and
// optimiser steps over contiguous float32 slices, each in plain Go and, for processors with AVX2
// and FMA and for arm64, in generated assembly. It does not check lengths, does not split work and
// does not know about shapes; package tensor does.
package simd

// A Set is one implementation of every kernel. Slices that stand for the same elements have the
// same length, and dst may be any of the inputs. An element's result depends on that element only,
// never on its position, so a caller may cut a slice anywhere and get the same bits. Sums depend on
// the length of what they are given.
//
// The column kernels view x as rows of len(acc) or len(scale) columns; len(x) is a multiple of
// that.
type Set struct {
	Name string // "generic", "avx2" or "neon"

	Add, Sub, Mul, Div func(dst, a, b []float32)
	Scale              func(dst, a []float32, s float32)    // a·s
	AddScalar          func(dst, a []float32, s float32)    // a+s
	AddScaled          func(dst, a, b []float32, s float32) // a+s·b
	Lerp               func(dst, a, b []float32, t float32) // a+t·(b−a)
	Affine             func(dst, a []float32, scale, shift float32)
	Clamp              func(dst, a []float32, lo, hi float32) // NaN stays NaN
	Fill               func(dst []float32, s float32)

	Relu        func(dst, a []float32)                    // NaN stays NaN
	Leaky       func(dst, a []float32, slope float32)     // a > 0 ? a : slope·a
	LeakyGrad   func(dst, dy, y []float32, slope float32) // y > 0 ? dy : slope·dy
	TanhGrad    func(dst, dy, y []float32)                // dy·(1−y²)
	SigmoidGrad func(dst, dy, y []float32)                // dy·y·(1−y)
	Exp, Log    func(dst, a []float32)
	Tanh        func(dst, a []float32)
	Sigmoid     func(dst, a []float32) // 1/(1+exp(−a))
	Softplus    func(dst, a []float32) // log(1+exp(a))
	Sqrt, Rsqrt func(dst, a []float32)
	NormCDF     func(dst, a []float32) // standard normal distribution function
	NormPDF     func(dst, a []float32) // standard normal density

	Sum       func(a []float32) float64
	Dot       func(a, b []float32) float64
	Moments   func(a []float32) (sum, squares float64)
	SumDot    func(a, b []float32) (sum, dot float64) // Σa and Σa·b
	AllFinite func(a []float32) bool

	ColSum       func(acc []float64, x []float32)              // acc += column sums
	ColDot       func(acc []float64, a, b []float32)           // acc += column sums of a·b
	ColMoments   func(sum, squares []float64, x []float32)     // both +=
	ColSumDot    func(sum, dot []float64, a, b []float32)      // sum += Σa, dot += Σa·b
	ColScale     func(dst, x, scale []float32)                 // x·scale
	ColShift     func(dst, x, shift []float32)                 // x+shift
	ColAffine    func(dst, x, scale, shift []float32)          // x·scale+shift
	ColAddScaled func(dst, a, b, v []float32)                  // a+b·v
	ColNormalize func(dst, x, mean, rstd, residue []float32)   // (x−mean)·rstd+residue
	ColNormGrad  func(dst, dy, y, rstd, meanDY, dot []float32) // rstd·(dy−meanDY−y·dot)

	Normalize func(dst, x []float32, mean, rstd, residue float32)
	NormGrad  func(dst, dy, y []float32, rstd, meanDY, dot float32)

	// Adam updates p, m and v in place: m ← m+(1−β₁)(g−m), v ← β₂v+(1−β₂)g², p ← p −
	// rate·m/(√v·rsqrtCorrection+eps).
	Adam    func(p, m, v, g []float32, beta1, beta2, rate, rsqrtCorrection, eps float32)
	RMSProp func(p, v, g []float32, rate, alpha, eps float32) // v ← αv+(1−α)g², p ← p − rate·g/(√v+eps)
	SGD     func(p, m, g []float32, rate, momentum float32)   // m ← momentum·m+g, p ← p − rate·m
}
