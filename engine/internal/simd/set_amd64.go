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
	ColSum: sumBlocks(colSumAVX2), ColDot: dotBlocks(colDotAVX2),
	ColMoments: momentsBlocks(colMomentsAVX2), ColSumDot: sumDotBlocks(colSumDotAVX2),
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
