package main

import (
	"math"

	"ganvas/engine/internal/simd/asm/fits"
)

const (
	ln2High    = float32(0.693147182)
	ln2Low     = float32(-1.90465421e-09)
	signBit    = 0x80000000
	notSignBit = 0x7fffffff
)

// polynomial returns the polynomial with these coefficients, lowest first, at x.
func (k kernel) polynomial(x vec, c []float32) vec {
	p, next := k.Num(c[len(c)-1]), k.V()
	for i := len(c) - 2; i >= 0; i-- {
		k.SetNum(next, c[i])
		k.FMLA(next, p, x)
		p, next = next, p
	}
	return p
}

// reduced returns exp(r) and the integer n where x = n·ln(2)+r and |r| ≤ ln(2)/2; x is at most a
// few hundred in magnitude.
func (k kernel) reduced(x vec) (exp, n vec) {
	n, r := k.Num(math.Log2E), k.V()
	k.FMUL(n, n, x)
	k.FRINTN(n, n)
	k.MOV(r, x)
	k.FMLS(r, n, k.Num(ln2High))
	k.FMLS(r, n, k.Num(ln2Low))
	k.FCVTNS(n, n)
	q, sq := k.polynomial(r, fits.ExpTerms), k.V()
	k.FMUL(sq, r, r)
	k.FMLA(r, q, sq)
	k.FADD(r, r, k.Num(1))
	return r, n
}

// timesPower multiplies x by 2 to the power n, −126 ≤ n ≤ 127.
func (k kernel) timesPower(x, n vec) {
	s := k.Bits(127)
	k.ADD(s, s, n)
	k.SHL(s, s, 23)
	k.FMUL(x, x, s)
}

// scaled returns x·2ⁿ. Of its two steps only the last one can round, so results below the normal
// numbers are right too, and those above all numbers are infinite.
func (k kernel) scaled(x, n vec) vec {
	half := k.V()
	k.SSHR(half, n, 1)
	k.SUB(n, n, half)
	k.timesPower(x, half)
	k.timesPower(x, n)
	return x
}

// exp returns exp(x) for x from expZero to 89.
func (k kernel) exp(x vec) vec { return k.scaled(k.reduced(x)) }

// atLeast replaces x by lo where it is below; NaN stays NaN.
func (k kernel) atLeast(x vec, lo float32) { k.FMAX(x, x, k.Num(lo)) }

// atMost replaces x by hi where it is above; NaN stays NaN.
func (k kernel) atMost(x vec, hi float32) { k.FMIN(x, x, k.Num(hi)) }

// chosen returns yes where mask's bits are set, else no.
func (k kernel) chosen(mask, yes, no vec) vec {
	k.BSL(mask, yes, no)
	return mask
}

// negative returns a mask of the lanes whose sign bit is set.
func (k kernel) negative(x vec) vec {
	m := k.V()
	k.SSHR(m, x, 31)
	return m
}

// expZero is a number whose exponential is less than half the smallest float32.
const expZero = -104.2

// expOfMinusAbs returns exp(−|x|).
func (k kernel) expOfMinusAbs(x vec) vec {
	m := k.Bits(signBit)
	k.ORR(m, x, m)
	k.atLeast(m, expZero)
	return k.exp(m)
}

// mathematics writes the transcendental functions.
func mathematics(k *kernels) {
	expKernel(k)
	logKernel(k)
	tanhKernel(k)
	sigmoidKernel(k)
	softplusKernel(k)
	normPDFKernel(k)
	normCDFKernel(k)
	roots(k)
}

func expKernel(k *kernels) {
	f := k.begin("exp", "stores exp(a) in dst, within 1 unit in the last place.", "(dst, a []float32)")
	f.elements(oneInput, result, 2, func(x []vec) []vec {
		f.atLeast(x[0], expZero)
		f.atMost(x[0], 89)
		return []vec{f.exp(x[0])}
	})
}

// log1p returns log(1+f)−f for f from −0.293 to 0.5.
func (k kernel) log1p(f vec) vec {
	p, sq := k.polynomial(f, fits.LogTerms), k.V()
	y := k.fused(k.Num(-0.5), p, f)
	k.FMUL(sq, f, f)
	k.FMUL(y, y, sq)
	return y
}

func logKernel(k *kernels) {
	g := k.begin("log", "stores the natural logarithm of a in dst, within 1 unit in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(in []vec) []vec {
		a := in[0]
		// Bring numbers below the normal ones up by 2²⁵ and remember to subtract 25 from the
		// exponent.
		tiny, less, x := g.Num(0x1p-126), g.Num(25), g.Num(0x1p25)
		g.FCMGT(tiny, tiny, a)
		g.AND(less, less, tiny)
		g.FMUL(x, x, a)
		x = g.chosen(tiny, x, a)

		// x = 2ᵏ·(1+f) with 1+f between √½ and √2.
		n, exponent, f := g.Bits(math.Float32bits(math.Sqrt2/2)), g.V(), g.V()
		g.SUB(n, x, n)
		g.SSHR(n, n, 23)
		g.SCVTF(exponent, n)
		g.SHL(n, n, 23)
		g.SUB(f, x, n)
		g.FSUB(f, f, g.Num(1))
		g.FSUB(exponent, exponent, less)

		y := g.log1p(f)
		g.FMLA(y, exponent, g.Num(ln2Low))
		g.FADD(y, y, f)
		g.FMLA(y, exponent, g.Num(ln2High))

		// Infinity and NaN are their own logarithms; that of 0 is −∞ and that of a negative number
		// NaN.
		finite, zero, isZero := g.Num(float32(math.Inf(1))), g.Zero(), g.V()
		g.FCMGT(finite, finite, a)
		y = g.chosen(finite, y, a)
		g.FCMEQ(isZero, a, zero)
		y = g.chosen(isZero, g.Num(float32(math.Inf(-1))), y)
		g.FCMGT(zero, zero, a)
		g.ORR(y, y, zero) // all ones is a NaN
		return []vec{y}
	})
}

func tanhKernel(k *kernels) {
	f := k.begin("tanh", "stores the hyperbolic tangent of a in dst, within 2 units in the last place.", "(dst, a []float32)")
	f.elements(oneInput, result, 1, func(x []vec) []vec {
		// Near zero, x + x³·P(x²).
		z, size, near := f.V(), f.V(), f.Num(0.625)
		f.FMUL(z, x[0], x[0])
		p := f.polynomial(z, fits.TanhTerms)
		f.FMUL(p, p, z)
		small := f.fused(x[0], x[0], p)

		// Elsewhere ±(1 − 2e/(1+e)) where e = exp(−2|x|), which is 1 long before e leaves the
		// normal numbers.
		f.FABS(size, x[0])
		f.FCMGT(near, near, size)
		f.atMost(size, 40)
		f.FMUL(size, size, f.Num(-2))
		e, n := f.reduced(size)
		f.timesPower(e, n)
		d, one := f.V(), f.Num(1)
		f.FADD(d, one, e)
		f.FADD(e, e, e)
		f.FDIV(e, e, d)
		f.FSUB(one, one, e)
		sign := f.Bits(signBit)
		f.AND(sign, sign, x[0])
		f.ORR(one, one, sign)
		return []vec{f.chosen(near, small, one)}
	})
}

func sigmoidKernel(k *kernels) {
	f := k.begin("sigmoid", "stores 1/(1+exp(−a)) in dst, within 3 units in the last place.", "(dst, a []float32)")
	f.elements(oneInput, result, 1, func(x []vec) []vec {
		e := f.expOfMinusAbs(x[0])
		one, d := f.Num(1), f.V()
		f.FADD(d, one, e)
		// 1/(1+e) for positive x, e/(1+e) for negative x.
		y := f.chosen(f.negative(x[0]), e, one)
		f.FDIV(y, y, d)
		return []vec{y}
	})
}

func softplusKernel(k *kernels) {
	g := k.begin("softplus", "stores log(1+exp(a)) in dst, within 2 units in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(x []vec) []vec {
		// max(x, 0) + log(1+e) where e = exp(−|x|); above ½, 1+e = 2·(1+(e−1)/2).
		e := g.expOfMinusAbs(x[0])
		low, high, f := g.Num(ln2Low), g.Num(ln2High), g.V()
		big, half := g.V(), g.Num(0.5)
		g.FCMGT(big, e, half)
		g.AND(low, low, big)
		g.AND(high, high, big)
		g.FSUB(f, e, g.Num(1))
		g.FMUL(f, f, half)
		f = g.chosen(big, f, e)
		y := g.log1p(f)
		g.FADD(y, y, low)
		g.FADD(y, y, f)
		g.FADD(y, y, high)
		g.FMAX(x[0], x[0], g.Zero())
		g.FADD(y, y, x[0])
		return []vec{y}
	})
}

// gaussian returns e and n with exp(−x²/2) = e·2ⁿ, for |x| ≤ 15.
func (k kernel) gaussian(x vec) (e, n vec) {
	// The rounding error of the square would show in the exponential: exp(−(h+l)/2) =
	// exp(−h/2)·(1−l/2).
	h, l, half := k.V(), k.V(), k.Num(-0.5)
	k.FMUL(h, x, x)
	k.FNEG(l, h)
	k.FMLA(l, x, x)
	k.FMUL(h, h, half)
	k.FMUL(l, l, half)
	e, n = k.reduced(h)
	k.FMLA(e, e, l)
	return e, n
}

func normPDFKernel(k *kernels) {
	f := k.begin("normPDF", "stores the standard normal density at a in dst, within 3 units in the last place.", "(dst, a []float32)")
	f.elements(oneInput, result, 1, func(x []vec) []vec {
		// Beyond 15 the density is 0.
		f.atLeast(x[0], -15)
		f.atMost(x[0], 15)
		e, n := f.gaussian(x[0])
		f.FMUL(e, e, f.Num(0.398942280401432677939946))
		return []vec{f.scaled(e, n)}
	})
}

func normCDFKernel(k *kernels) {
	f := k.begin("normCDF", "stores the standard normal distribution function at a in dst, within 6 units in the last place.", "(dst, a []float32)")
	f.elements(oneInput, result, 1, func(x []vec) []vec {
		// Φ(−t) for t = |x|; beyond 14.5 it is 0.
		t := f.V()
		f.FABS(t, x[0])
		f.atMost(t, 14.5)
		e, n := f.gaussian(t)
		q, d, c := f.V(), f.V(), f.Num(2*math.Sqrt2)
		f.FSUB(q, t, c)
		f.FADD(d, t, c)
		f.FDIV(q, q, d)
		p := f.polynomial(q, fits.TailTerms)
		one := f.Num(1)
		f.FDIV(p, p, f.fused(one, t, f.Num(math.Sqrt2)))
		f.FMUL(e, e, p)
		tail := f.scaled(e, n)
		f.FSUB(one, one, tail)
		return []vec{f.chosen(f.negative(x[0]), tail, one)}
	})
}

func roots(k *kernels) {
	f := k.begin("sqrt", "stores the square root of a in dst, correctly rounded.", "(dst, a []float32)")
	f.elements(oneInput, result, 2, func(x []vec) []vec {
		f.FSQRT(x[0], x[0])
		return x
	})

	f = k.begin("rsqrt", "stores 1/√a in dst, within 2 units in the last place.", "(dst, a []float32)")
	one := f.Num(1)
	f.elements(oneInput, result, 2, func(x []vec) []vec {
		f.FSQRT(x[0], x[0])
		f.FDIV(x[0], one, x[0])
		return x
	})
}
