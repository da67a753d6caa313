package grad

import "ganvas/engine/tensor"

// Relu returns max(a, 0).
func Relu(a *Value) *Value { return LeakyRelu(a, 0) }

// LeakyRelu returns a where a > 0 and slope·a elsewhere. The slope must not be negative.
func LeakyRelu(a *Value, slope float32) *Value {
	if slope < 0 {
		panic("grad: LeakyRelu with a negative slope")
	}
	y := like(a)
	leaky(y.Data, a.Data, slope)
	y.attr.s = slope
	return y.record(leakyRule, a)
}

// leaky stores LeakyRelu of a in dst, which may be a.
func leaky(dst, a []float32, slope float32) {
	if slope == 0 {
		tensor.Relu(dst, a)
	} else {
		tensor.Leaky(dst, a, slope)
	}
}

func leakyRule(y, dy *Value, _ int) *Value { return leakyGrad(dy, y, y.attr.s) }

// leakyGrad returns dy where y > 0 and slope·dy elsewhere; it is linear in dy and flat in y.
func leakyGrad(dy, y *Value, slope float32) *Value {
	dx := reuse(dy)
	tensor.LeakyGrad(dx.Data, dy.Data, y.Data, slope)
	dx.attr.s = slope
	return dx.record(leakyGradRule, dy, y)
}

func leakyGradRule(dx, g *Value, i int) *Value {
	if i == 1 {
		return nil
	}
	return leakyGrad(g, dx.in[1], dx.attr.s)
}

// Tanh returns the hyperbolic tangent of each element.
func Tanh(a *Value) *Value {
	y := like(a)
	tensor.Tanh(y.Data, a.Data)
	return y.record(tanhRule, a)
}

func tanhRule(y, dy *Value, _ int) *Value {
	dx := reuse(dy)
	tensor.TanhGrad(dx.Data, dy.Data, y.Data)
	return dx.record(tanhGradRule, dy, y)
}

// tanhGradRule is the rule of dx = dy·(1−y²).
func tanhGradRule(dx, g *Value, i int) *Value {
	dy, y := dx.in[0], dx.in[1]
	if i == 1 {
		return Scale(Mul(g, Mul(dy, y)), -2)
	}
	return tanhRule(y, g, 0)
}

// Sigmoid returns 1/(1+exp(−a)) of each element.
func Sigmoid(a *Value) *Value {
	y := like(a)
	tensor.Sigmoid(y.Data, a.Data)
	return y.record(sigmoidRule, a)
}

func sigmoidRule(y, dy *Value, _ int) *Value {
	dx := reuse(dy)
	tensor.SigmoidGrad(dx.Data, dy.Data, y.Data)
	return dx.record(sigmoidGradRule, dy, y)
}

// sigmoidGradRule is the rule of dx = dy·y·(1−y).
func sigmoidGradRule(dx, g *Value, i int) *Value {
	dy, y := dx.in[0], dx.in[1]
	if i == 1 {
		return Mul(Mul(g, dy), AddScalar(Scale(y, -2), 1))
	}
	return sigmoidRule(y, g, 0)
}

// Softplus returns log(1+exp(a)) of each element, without overflow.
func Softplus(a *Value) *Value {
	y := like(a)
	tensor.Softplus(y.Data, a.Data)
	return y.record(softplusRule, a)
}

func softplusRule(y, dy *Value, _ int) *Value { return Mul(dy, Sigmoid(y.in[0])) }

// SiLU returns a·sigmoid(a).
func SiLU(a *Value) *Value { return Mul(a, Sigmoid(a)) }

// GELU returns a·Φ(a) with the exact normal distribution function Φ (Hendrycks and Gimpel 2016).
func GELU(a *Value) *Value { return Mul(a, normCDF(a)) }

func normCDF(a *Value) *Value {
	y := like(a)
	tensor.NormCDF(y.Data, a.Data)
	return y.record(normCDFRule, a)
}

func normCDFRule(y, dy *Value, _ int) *Value { return Mul(dy, normPDF(y.in[0])) }

func normPDF(a *Value) *Value {
	y := like(a)
	tensor.NormPDF(y.Data, a.Data)
	return y.record(normPDFRule, a)
}

func normPDFRule(y, dy *Value, _ int) *Value { return Scale(Mul(dy, Mul(y, y.in[0])), -1) }
