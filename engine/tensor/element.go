package tensor

import (
	"fmt"

	"ganvas/engine/internal/simd"
)

// kernels are the innermost loops for this processor.
var kernels = simd.Best()

// grain is how many elements of cheap arithmetic are worth handing to another goroutine;
// costlyGrain is the same for functions such as exp.
const (
	grain       = 16384
	costlyGrain = 4096
)

func same(op string, n int, lengths ...int) {
	for _, m := range lengths {
		if m != n {
			panic(fmt.Sprintf("tensor: %s of lengths %d and %d", op, n, m))
		}
	}
}

func unary(dst, a []float32, grain int, kernel func(dst, a []float32)) {
	if len(dst) <= grain {
		kernel(dst, a)
		return
	}
	c := newCall()
	c.dst, c.a, c.unary = dst, a, kernel
	c.parallel(len(dst), grain, func(c *call, lo, hi int) { c.unary(c.dst[lo:hi], c.a[lo:hi]) })
	c.done()
}

func unaryScalar(dst, a []float32, s float32, kernel func(dst, a []float32, s float32)) {
	if len(dst) <= grain {
		kernel(dst, a, s)
		return
	}
	c := newCall()
	c.dst, c.a, c.s, c.unaryScalar = dst, a, s, kernel
	c.parallel(len(dst), grain, func(c *call, lo, hi int) { c.unaryScalar(c.dst[lo:hi], c.a[lo:hi], c.s) })
	c.done()
}

func binary(dst, a, b []float32, kernel func(dst, a, b []float32)) {
	if len(dst) <= grain {
		kernel(dst, a, b)
		return
	}
	c := newCall()
	c.dst, c.a, c.b, c.binary = dst, a, b, kernel
	c.parallel(len(dst), grain, func(c *call, lo, hi int) { c.binary(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi]) })
	c.done()
}

func binaryScalar(dst, a, b []float32, s float32, kernel func(dst, a, b []float32, s float32)) {
	if len(dst) <= grain {
		kernel(dst, a, b, s)
		return
	}
	c := newCall()
	c.dst, c.a, c.b, c.s, c.binaryScalar = dst, a, b, s, kernel
	c.parallel(len(dst), grain, func(c *call, lo, hi int) { c.binaryScalar(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi], c.s) })
	c.done()
}

// Add stores a+b in dst. The element-wise functions of this package panic unless all lengths are
// equal; dst may be one of the inputs but must not overlap one partly.
func Add(dst, a, b []float32) {
	same("Add", len(dst), len(a), len(b))
	binary(dst, a, b, kernels.Add)
}

// Sub stores a−b in dst.
func Sub(dst, a, b []float32) {
	same("Sub", len(dst), len(a), len(b))
	binary(dst, a, b, kernels.Sub)
}

// Mul stores the products a·b in dst.
func Mul(dst, a, b []float32) {
	same("Mul", len(dst), len(a), len(b))
	binary(dst, a, b, kernels.Mul)
}

// Div stores the quotients a/b in dst.
func Div(dst, a, b []float32) {
	same("Div", len(dst), len(a), len(b))
	binary(dst, a, b, kernels.Div)
}

// Scale stores a·s in dst.
func Scale(dst, a []float32, s float32) {
	same("Scale", len(dst), len(a))
	unaryScalar(dst, a, s, kernels.Scale)
}

// AddScalar stores a+s in dst.
func AddScalar(dst, a []float32, s float32) {
	same("AddScalar", len(dst), len(a))
	unaryScalar(dst, a, s, kernels.AddScalar)
}

// AddScaled stores a+s·b in dst.
func AddScaled(dst, a, b []float32, s float32) {
	same("AddScaled", len(dst), len(a), len(b))
	binaryScalar(dst, a, b, s, kernels.AddScaled)
}

// Lerp stores a+t·(b−a) in dst.
func Lerp(dst, a, b []float32, t float32) {
	same("Lerp", len(dst), len(a), len(b))
	binaryScalar(dst, a, b, t, kernels.Lerp)
}

// Fill sets every element of dst to s.
func Fill(dst []float32, s float32) {
	if len(dst) <= grain {
		kernels.Fill(dst, s)
		return
	}
	c := newCall()
	c.dst, c.s = dst, s
	c.parallel(len(dst), grain, func(c *call, lo, hi int) { kernels.Fill(c.dst[lo:hi], c.s) })
	c.done()
}

// Copy stores a in dst.
func Copy(dst, a []float32) {
	same("Copy", len(dst), len(a))
	unary(dst, a, grain, func(dst, a []float32) { copy(dst, a) })
}

// Clamp stores a limited to [lo, hi] in dst. NaN stays NaN.
func Clamp(dst, a []float32, lo, hi float32) {
	same("Clamp", len(dst), len(a))
	if len(dst) <= grain {
		kernels.Clamp(dst, a, lo, hi)
		return
	}
	c := newCall()
	c.dst, c.a, c.p, c.q = dst, a, lo, hi
	c.parallel(len(dst), grain, func(c *call, lo, hi int) { kernels.Clamp(c.dst[lo:hi], c.a[lo:hi], c.p, c.q) })
	c.done()
}
