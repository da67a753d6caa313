package simd

// Generic is the Set in plain Go, which runs everywhere.
var Generic = Set{
	Name: "generic",
	Add:  add, Sub: sub, Mul: mul, Div: div,
	Scale: scale, AddScalar: addScalar, AddScaled: addScaled, Lerp: lerp, Affine: affine, Clamp: clamp, Fill: fill,
	Relu: relu, Leaky: leaky, LeakyGrad: leakyGrad, TanhGrad: tanhGrad, SigmoidGrad: sigmoidGrad,
	Exp: exp, Log: log, Tanh: tanh, Sigmoid: sigmoid, Softplus: softplus, Sqrt: sqrt, Rsqrt: rsqrt,
	NormCDF: normCDF, NormPDF: normPDF,
	Sum: sum, Dot: dot, Moments: moments, SumDot: sumDot, AllFinite: allFinite,
	ColSum: colSum, ColDot: colDot, ColMoments: colMoments, ColSumDot: colSumDot,
	ColScale: colScale, ColShift: colShift, ColAffine: colAffine, ColAddScaled: colAddScaled,
	ColNormalize: colNormalize, ColNormGrad: colNormGrad,
	Normalize: normalize, NormGrad: normGrad,
	Adam: adam, RMSProp: rmsProp, SGD: sgd,
}

func add(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

func sub(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}

func mul(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

func div(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] / b[i]
	}
}

func scale(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * s
	}
}

func addScalar(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + s
	}
}

func addScaled(dst, a, b []float32, s float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + s*b[i]
	}
}

func lerp(dst, a, b []float32, t float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + t*(b[i]-a[i])
	}
}

func affine(dst, a []float32, scale, shift float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i]*scale + shift
	}
}

func clamp(dst, a []float32, lo, hi float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = min(max(a[i], lo), hi)
	}
}

func fill(dst []float32, s float32) {
	for i := range dst {
		dst[i] = s
	}
}

func relu(dst, a []float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = max(a[i], 0)
	}
}

func leaky(dst, a []float32, slope float32) {
	a = a[:len(dst)]
	for i, v := range a {
		if v > 0 {
			dst[i] = v
		} else {
			dst[i] = slope * v
		}
	}
}

func leakyGrad(dst, dy, y []float32, slope float32) {
	dy, y = dy[:len(dst)], y[:len(dst)]
	for i := range dst {
		if y[i] > 0 {
			dst[i] = dy[i]
		} else {
			dst[i] = slope * dy[i]
		}
	}
}

func tanhGrad(dst, dy, y []float32) {
	dy, y = dy[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] = dy[i] * (1 - y[i]*y[i])
	}
}

func sigmoidGrad(dst, dy, y []float32) {
	dy, y = dy[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] = dy[i] * (y[i] * (1 - y[i]))
	}
}
