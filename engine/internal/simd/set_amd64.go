//go:build !noasm

package simd

import "github.com/klauspost/cpuid/v2"

//go:generate go run ./asm -dir .

// AVX2 is the Set in assembly.
var AVX2 = Set{
	Name: "avx2",
	Add:  addAVX2, Sub: subAVX2, Mul: mulAVX2, Div: divAVX2,
	Scale: scaleAVX2, AddScalar: addScalarAVX2, AddScaled: addScaledAVX2, Lerp: lerpAVX2, Affine: affineAVX2,
	Clamp: clampAVX2, Fill: fillAVX2,
	Relu: reluAVX2, Leaky: leakyAVX2, LeakyGrad: leakyGradAVX2, TanhGrad: tanhGradAVX2, SigmoidGrad: sigmoidGradAVX2,
	Exp: expAVX2, Log: logAVX2, Tanh: tanhAVX2, Sigmoid: sigmoidAVX2, Softplus: softplusAVX2, Sqrt: sqrtAVX2, Rsqrt: rsqrtAVX2,
	NormCDF: normCDFAVX2, NormPDF: normPDFAVX2,
	Sum: sumAVX2, Dot: dotAVX2, Moments: momentsAVX2, SumDot: sumDotAVX2, AllFinite: allFiniteAVX2,
	ColSum: colSumBlocks, ColDot: colDotBlocks, ColMoments: colMomentsBlocks, ColSumDot: colSumDotBlocks,
	ColScale: colScaleAVX2, ColShift: colShiftAVX2, ColAffine: colAffineAVX2, ColAddScaled: colAddScaledAVX2,
	ColNormalize: colNormalizeAVX2, ColNormGrad: colNormGradAVX2,
	Normalize: normalizeAVX2, NormGrad: normGradAVX2,
	Adam: adamAVX2, RMSProp: rmsPropAVX2, SGD: sgdAVX2,
}

func available() []*Set {
	if cpuid.CPU.Supports(cpuid.AVX2, cpuid.FMA3) {
		return []*Set{&AVX2, &Generic}
	}
	return []*Set{&Generic}
}

// The column sums go over their rows once for every few columns, so they are given rows that fit the first-level cache.
const cached = 4096

func rowsThatFit(columns, inputs int) int { return max(1, cached/inputs/columns) * columns }

func colSumBlocks(acc []float64, x []float32) {
	for step := rowsThatFit(len(acc), 1); len(x) > 0; {
		n := min(step, len(x))
		colSumAVX2(acc, x[:n])
		x = x[n:]
	}
}

func colDotBlocks(acc []float64, a, b []float32) {
	for step := rowsThatFit(len(acc), 2); len(a) > 0; {
		n := min(step, len(a))
		colDotAVX2(acc, a[:n], b[:n])
		a, b = a[n:], b[n:]
	}
}

func colMomentsBlocks(sum, squares []float64, x []float32) {
	for step := rowsThatFit(len(sum), 1); len(x) > 0; {
		n := min(step, len(x))
		colMomentsAVX2(sum, squares, x[:n])
		x = x[n:]
	}
}

func colSumDotBlocks(sum, dot []float64, a, b []float32) {
	for step := rowsThatFit(len(sum), 2); len(a) > 0; {
		n := min(step, len(a))
		colSumDotAVX2(sum, dot, a[:n], b[:n])
		a, b = a[n:], b[n:]
	}
}
