package tensor

// Relu stores max(a, 0) in dst. NaN stays NaN.
func Relu(dst, a []float32) {
	same("Relu", len(dst), len(a))
	unary(dst, a, grain, kernels.Relu)
}

// Leaky stores a where a > 0 and slope·a elsewhere.
func Leaky(dst, a []float32, slope float32) {
	same("Leaky", len(dst), len(a))
	unaryScalar(dst, a, slope, kernels.Leaky)
}

// LeakyGrad stores dy where y > 0 and slope·dy elsewhere: the gradient of Leaky from its result y.
// Slope 0 is that of Relu.
func LeakyGrad(dst, dy, y []float32, slope float32) {
	same("LeakyGrad", len(dst), len(dy), len(y))
	binaryScalar(dst, dy, y, slope, kernels.LeakyGrad)
}

// BiasLeaky adds to each row of x, which is as long as bias, bias, and applies Leaky with a slope;
// a slope of 1 leaves it at the sum. x changes in place.
func BiasLeaky(x, bias []float32, slope float32) {
	d := Dims{N: 1, S: len(x) / max(1, len(bias)), G: len(bias), K: 1}
	d.check("BiasLeaky", bias, x)
	c := newCall()
	l := d.columns()
	c.dst, c.s = x, slope
	var b []float32
	c.v, b = l.spread(bias)
	c.eachBlock(l, biasLeaky)
	values.put(b)
	c.done()
}

// cached is how many values stay in the first-level cache from one pass to the next.
const cached = 4096

func biasLeaky(c *call, _, lo, hi int) {
	width := len(c.v)
	for step := max(1, cached/width) * width; lo < hi; lo += step {
		x := c.dst[lo:min(hi, lo+step)]
		whole := len(x) / width * width
		kernels.ColShift(x[:whole], x[:whole], c.v)
		if rest := x[whole:]; len(rest) > 0 {
			kernels.ColShift(rest, rest, c.v[:len(rest)])
		}
		leakyInPlace(x, c.s)
	}
}

// leakyInPlace applies Leaky to x, which stays in the cache; 1 leaves it as it is.
func leakyInPlace(x []float32, slope float32) {
	switch slope {
	case 1:
	case 0:
		kernels.Relu(x, x)
	default:
		kernels.Leaky(x, x, slope)
	}
}

// Tanh stores the hyperbolic tangent of a in dst, within 2 units in the last place.
func Tanh(dst, a []float32) {
	same("Tanh", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.Tanh)
}

// TanhGrad stores dy·(1−y²) in dst: the gradient of Tanh from its result y.
func TanhGrad(dst, dy, y []float32) {
	same("TanhGrad", len(dst), len(dy), len(y))
	binary(dst, dy, y, kernels.TanhGrad)
}

// Sigmoid stores 1/(1+exp(−a)) in dst, within 3 units in the last place for any a.
func Sigmoid(dst, a []float32) {
	same("Sigmoid", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.Sigmoid)
}

// SigmoidGrad stores dy·y·(1−y) in dst: the gradient of Sigmoid from its result y.
func SigmoidGrad(dst, dy, y []float32) {
	same("SigmoidGrad", len(dst), len(dy), len(y))
	binary(dst, dy, y, kernels.SigmoidGrad)
}

// Softplus stores log(1+exp(a)) in dst, within 2 units in the last place for any a.
func Softplus(dst, a []float32) {
	same("Softplus", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.Softplus)
}

// Exp stores e to the power a in dst, within 1 unit in the last place.
func Exp(dst, a []float32) {
	same("Exp", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.Exp)
}

// Log stores the natural logarithm of a in dst, within 1 unit in the last place: −∞ for 0, NaN
// below.
func Log(dst, a []float32) {
	same("Log", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.Log)
}

// Sqrt stores the square root of a in dst, correctly rounded.
func Sqrt(dst, a []float32) {
	same("Sqrt", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.Sqrt)
}

// Rsqrt stores 1/√a in dst, within 2 units in the last place.
func Rsqrt(dst, a []float32) {
	same("Rsqrt", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.Rsqrt)
}

// NormCDF stores the standard normal distribution function of a in dst, within 6 units in the last
// place.
func NormCDF(dst, a []float32) {
	same("NormCDF", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.NormCDF)
}

// NormPDF stores the standard normal density at a in dst, within 3 units in the last place.
func NormPDF(dst, a []float32) {
	same("NormPDF", len(dst), len(a))
	unary(dst, a, costlyGrain, kernels.NormPDF)
}
