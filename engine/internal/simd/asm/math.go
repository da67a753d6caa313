package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"

	"ganvas/engine/internal/simd/asm/fits"
)

const (
	nearest    = operand.U8(8) // VROUNDPS to nearest even, without the inexact flag
	ln2High    = float32(0.693147182)
	ln2Low     = float32(-1.90465421e-09)
	signBit    = 0x80000000
	notSignBit = 0x7fffffff
)

// polynomial returns the polynomial with these coefficients, lowest first, at x.
func (g *gen) polynomial(x vec, c []float32) vec {
	p := g.load(g.num(c[len(c)-1]))
	for i := len(c) - 2; i >= 0; i-- {
		g.VFMADD213PS(g.num(c[i]), x, p)
	}
	return p
}

// reduced returns exp(r) and the integer n where x = n·ln(2)+r and |r| ≤ ln(2)/2; x is at most a
// few hundred in magnitude.
func (g *gen) reduced(x vec) (exp, n vec) {
	nf, r := g.YMM(), g.YMM()
	g.VMULPS(g.num(math.Log2E), x, nf)
	g.VROUNDPS(nearest, nf, nf)
	g.VMOVAPS(x, r)
	g.VFNMADD231PS(g.num(ln2High), nf, r)
	g.VFNMADD231PS(g.num(ln2Low), nf, r)
	n = g.YMM()
	g.VCVTPS2DQ(nf, n)
	q := g.polynomial(r, fits.ExpTerms)
	sq := g.YMM()
	g.VMULPS(r, r, sq)
	g.VFMADD213PS(r, sq, q)
	g.VADDPS(g.num(1), q, q)
	return q, n
}

// timesPower multiplies x by 2 to the power n, −126 ≤ n ≤ 127.
func (g *gen) timesPower(x, n vec) {
	s := g.YMM()
	g.VPADDD(g.bits(127), n, s)
	g.VPSLLD(operand.U8(23), s, s)
	g.VMULPS(s, x, x)
}

// scaled returns x·2ⁿ. Of its two steps only the last one can round, so results below the normal
// numbers are right too, and those above all numbers are infinite.
func (g *gen) scaled(x, n vec) vec {
	half := g.YMM()
	g.VPSRAD(operand.U8(1), n, half)
	g.VPSUBD(half, n, n)
	g.timesPower(x, half)
	g.timesPower(x, n)
	return x
}

// exp returns exp(x) for x from expZero to 89.
func (g *gen) exp(x vec) vec {
	e, n := g.reduced(x)
	return g.scaled(e, n)
}

// atLeast replaces x by lo where it is below; NaN stays NaN.
func (g *gen) atLeast(x vec, lo float32) {
	v := g.load(g.num(lo))
	g.VMAXPS(x, v, x)
}

// atMost replaces x by hi where it is above; NaN stays NaN.
func (g *gen) atMost(x vec, hi float32) {
	v := g.load(g.num(hi))
	g.VMINPS(x, v, x)
}

// expZero is a number whose exponential is less than half the smallest float32.
const expZero = -104.2

// expOfMinusAbs returns exp(−|x|).
func (g *gen) expOfMinusAbs(x vec) vec {
	m := g.YMM()
	g.VORPS(g.bits(signBit), x, m)
	g.atLeast(m, expZero)
	return g.exp(m)
}

// mathematics writes the transcendental functions.
func mathematics(g *gen) {
	expKernel(g)
	logKernel(g)
	tanhKernel(g)
	sigmoidKernel(g)
	softplusKernel(g)
	normPDFKernel(g)
	normCDFKernel(g)
	roots(g)
}

func expKernel(g *gen) {
	g.function("exp", "stores exp(a) in dst, within 1 unit in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 2, func(x []vec) []vec {
		g.atLeast(x[0], expZero)
		g.atMost(x[0], 89)
		return []vec{g.exp(x[0])}
	})
}

// log1p returns log(1+f)−f for f from −0.293 to 0.5.
func (g *gen) log1p(f vec) vec {
	p := g.polynomial(f, fits.LogTerms)
	g.VFMADD213PS(g.num(-0.5), f, p)
	sq := g.YMM()
	g.VMULPS(f, f, sq)
	g.VMULPS(sq, p, p)
	return p
}

func logKernel(g *gen) {
	g.function("log", "stores the natural logarithm of a in dst, within 1 unit in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(in []vec) []vec {
		a := in[0]
		// Bring numbers below the normal ones up by 2²⁵ and remember to subtract 25 from the
		// exponent.
		tiny, x, k := g.YMM(), g.YMM(), g.YMM()
		g.VCMPPS(lessThan, g.num(0x1p-126), a, tiny)
		g.VMULPS(g.num(0x1p25), a, x)
		g.VBLENDVPS(tiny, x, a, x)
		g.VANDPS(g.num(25), tiny, tiny)

		// x = 2ᵏ·(1+f) with 1+f between √½ and √2.
		n, f := g.YMM(), g.YMM()
		g.VPSUBD(g.bits(math.Float32bits(math.Sqrt2/2)), x, n)
		g.VPSRAD(operand.U8(23), n, n)
		g.VCVTDQ2PS(n, k)
		g.VPSLLD(operand.U8(23), n, n)
		g.VPSUBD(n, x, f)
		g.VSUBPS(g.num(1), f, f)
		g.VSUBPS(tiny, k, k)

		y := g.log1p(f)
		g.VFMADD231PS(g.num(ln2Low), k, y)
		g.VADDPS(f, y, y)
		g.VFMADD231PS(g.num(ln2High), k, y)

		// Infinity and NaN are their own logarithms; that of 0 is −∞ and that of a negative number
		// NaN.
		special, zero := g.YMM(), g.zero()
		g.VCMPPS(operand.U8(5), g.num(float32(math.Inf(1))), a, special) // not less than
		g.VBLENDVPS(special, a, y, y)
		g.VCMPPS(equal, zero, a, special)
		g.VBLENDVPS(special, g.num(float32(math.Inf(-1))), y, y)
		g.VCMPPS(lessThan, zero, a, special)
		g.VORPS(special, y, y) // all ones is a NaN
		return []vec{y}
	})
}

func tanhKernel(g *gen) {
	g.function("tanh", "stores the hyperbolic tangent of a in dst, within 2 units in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(x []vec) []vec {
		// Near zero, x + x³·P(x²).
		z, small := g.YMM(), g.YMM()
		g.VMULPS(x[0], x[0], z)
		p := g.polynomial(z, fits.TanhTerms)
		g.VMULPS(z, p, p)
		g.VMOVAPS(x[0], small)
		g.VFMADD231PS(x[0], p, small)

		// Elsewhere ±(1 − 2e/(1+e)) where e = exp(−2|x|), which is 1 long before e leaves the
		// normal numbers.
		size := g.YMM()
		g.VANDPS(g.bits(notSignBit), x[0], size)
		near := g.YMM()
		g.VCMPPS(lessThan, g.num(0.625), size, near)
		g.atMost(size, 40)
		g.VMULPS(g.num(-2), size, size)
		e, n := g.reduced(size)
		g.timesPower(e, n)
		d := g.YMM()
		g.VADDPS(g.num(1), e, d)
		g.VADDPS(e, e, e)
		g.VDIVPS(d, e, e)
		one := g.load(g.num(1))
		g.VSUBPS(e, one, one)
		sign := g.YMM()
		g.VANDPS(g.bits(signBit), x[0], sign)
		g.VORPS(sign, one, one)
		g.VBLENDVPS(near, small, one, one)
		return []vec{one}
	})
}

func sigmoidKernel(g *gen) {
	g.function("sigmoid", "stores 1/(1+exp(−a)) in dst, within 3 units in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(x []vec) []vec {
		e := g.expOfMinusAbs(x[0])
		one, d := g.load(g.num(1)), g.YMM()
		g.VADDPS(one, e, d)
		// 1/(1+e) for positive x, e/(1+e) for negative x; the blend looks at the sign bit.
		g.VBLENDVPS(x[0], e, one, e)
		g.VDIVPS(d, e, e)
		return []vec{e}
	})
}

func softplusKernel(g *gen) {
	g.function("softplus", "stores log(1+exp(a)) in dst, within 2 units in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(x []vec) []vec {
		// max(x, 0) + log(1+e) where e = exp(−|x|); above ½, 1+e = 2·(1+(e−1)/2).
		e := g.expOfMinusAbs(x[0])
		big, f := g.YMM(), g.YMM()
		g.VCMPPS(greaterThan, g.num(0.5), e, big)
		g.VSUBPS(g.num(1), e, f)
		g.VMULPS(g.num(0.5), f, f)
		g.VBLENDVPS(big, f, e, f)
		y := g.log1p(f)
		k := g.YMM()
		g.VANDPS(g.num(ln2Low), big, k)
		g.VADDPS(k, y, y)
		g.VADDPS(f, y, y)
		g.VANDPS(g.num(ln2High), big, k)
		g.VADDPS(k, y, y)
		zero := g.zero()
		g.VMAXPS(x[0], zero, x[0])
		g.VADDPS(x[0], y, y)
		return []vec{y}
	})
}

// gaussian returns e and n with exp(−x²/2) = e·2ⁿ, for |x| ≤ 15.
func (g *gen) gaussian(x vec) (e, n vec) {
	// The rounding error of the square would show in the exponential: exp(−(h+l)/2) =
	// exp(−h/2)·(1−l/2).
	h, l := g.YMM(), g.YMM()
	g.VMULPS(x, x, h)
	g.VMOVAPS(h, l)
	g.VFMSUB231PS(x, x, l)
	g.VMULPS(g.num(-0.5), h, h)
	g.VMULPS(g.num(-0.5), l, l)
	e, n = g.reduced(h)
	g.VFMADD231PS(l, e, e)
	return e, n
}

func normPDFKernel(g *gen) {
	g.function("normPDF", "stores the standard normal density at a in dst, within 3 units in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(x []vec) []vec {
		// Beyond 15 the density is 0.
		g.atLeast(x[0], -15)
		g.atMost(x[0], 15)
		e, n := g.gaussian(x[0])
		g.VMULPS(g.num(0.398942280401432677939946), e, e)
		return []vec{g.scaled(e, n)}
	})
}

func normCDFKernel(g *gen) {
	g.function("normCDF", "stores the standard normal distribution function at a in dst, within 6 units in the last place.", "(dst, a []float32)")
	g.elements(oneInput, result, 1, func(x []vec) []vec {
		// Φ(−t) for t = |x|; beyond 14.5 it is 0.
		t := g.YMM()
		g.VANDPS(g.bits(notSignBit), x[0], t)
		g.atMost(t, 14.5)
		e, n := g.gaussian(t)
		q, d := g.YMM(), g.YMM()
		g.VSUBPS(g.num(2*math.Sqrt2), t, q)
		g.VADDPS(g.num(2*math.Sqrt2), t, d)
		g.VDIVPS(d, q, q)
		p := g.polynomial(q, fits.TailTerms)
		one := g.load(g.num(1))
		g.VFMADD132PS(g.num(math.Sqrt2), one, t)
		g.VDIVPS(t, p, p)
		g.VMULPS(p, e, e)
		tail := g.scaled(e, n)
		g.VSUBPS(tail, one, one)
		g.VBLENDVPS(x[0], tail, one, one)
		return []vec{one}
	})
}

func roots(g *gen) {
	g.function("sqrt", "stores the square root of a in dst, correctly rounded.", "(dst, a []float32)")
	g.elements(oneInput, result, 2, func(x []vec) []vec {
		g.VSQRTPS(x[0], x[0])
		return x
	})

	g.function("rsqrt", "stores 1/√a in dst, within 2 units in the last place.", "(dst, a []float32)")
	one := g.load(g.num(1))
	g.elements(oneInput, result, 2, func(x []vec) []vec {
		g.VSQRTPS(x[0], x[0])
		g.VDIVPS(x[0], one, x[0])
		return x
	})
}
