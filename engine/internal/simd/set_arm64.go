//go:build !noasm

package simd

// NEON is the Set in assembly. Every arm64 processor has what it needs.
var NEON = Set{
	Name: "neon",
	Add:  addNEON, Sub: subNEON, Mul: mulNEON, Div: divNEON,
	Scale: scaleNEON, AddScalar: addScalarNEON, AddScaled: addScaledNEON, Lerp: lerpNEON, Affine: affineNEON,
	Clamp: clampNEON, Fill: fillNEON,
	Relu: reluNEON, Leaky: leakyNEON, LeakyGrad: leakyGradNEON, TanhGrad: tanhGradNEON, SigmoidGrad: sigmoidGradNEON,
	Exp: expNEON, Log: logNEON, Tanh: tanhNEON, Sigmoid: sigmoidNEON, Softplus: softplusNEON, Sqrt: sqrtNEON, Rsqrt: rsqrtNEON,
	NormCDF: normCDFNEON, NormPDF: normPDFNEON,
	Sum: sumNEON, Dot: dotNEON, Moments: momentsNEON, SumDot: sumDotNEON, AllFinite: allFiniteNEON,
	ColSum: sumBlocks(colSumNEON), ColDot: dotBlocks(colDotNEON),
	ColMoments: momentsBlocks(colMomentsNEON), ColSumDot: sumDotBlocks(colSumDotNEON),
	ColScale: colScaleNEON, ColShift: colShiftNEON, ColAffine: colAffineNEON, ColAddScaled: colAddScaledNEON,
	ColNormalize: colNormalizeNEON, ColNormGrad: colNormGradNEON,
	Normalize: normalizeNEON, NormGrad: normGradNEON,
	Adam: adamNEON, RMSProp: rmsPropNEON, SGD: sgdNEON,
}

func available() []*Set { return []*Set{&NEON, &Generic} }
