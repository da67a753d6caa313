package tensor

import (
	"fmt"

	"ganvas/engine/internal/simd"
)

// kernels are the innermost loops for this processor.
var kernels = simd.Best()

// grain is how many elements of cheap arithmetic are worth handing to another goroutine; costlyGrain is the same
// for functions such as exp.
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
	Parallel(len(dst), grain, func(lo, hi int) { kernel(dst[lo:hi], a[lo:hi]) })
}

func unaryScalar(dst, a []float32, s float32, kernel func(dst, a []float32, s float32)) {
	if len(dst) <= grain {
		kernel(dst, a, s)
		return
	}
	Parallel(len(dst), grain, func(lo, hi int) { kernel(dst[lo:hi], a[lo:hi], s) })
}

func binary(dst, a, b []float32, kernel func(dst, a, b []float32)) {
	if len(dst) <= grain {
		kernel(dst, a, b)
		return
	}
	Parallel(len(dst), grain, func(lo, hi int) { kernel(dst[lo:hi], a[lo:hi], b[lo:hi]) })
}

func binaryScalar(dst, a, b []float32, s float32, kernel func(dst, a, b []float32, s float32)) {
	if len(dst) <= grain {
		kernel(dst, a, b, s)
		return
	}
	Parallel(len(dst), grain, func(lo, hi int) { kernel(dst[lo:hi], a[lo:hi], b[lo:hi], s) })
}

// Add stores a+b in dst. The element-wise functions of this package panic unless all lengths are equal;
// dst may be one of the inputs but must not overlap one partly.
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
	Parallel(len(dst), grain, func(lo, hi int) { kernels.Fill(dst[lo:hi], s) })
}

// Clamp stores a limited to [lo, hi] in dst. NaN stays NaN.
func Clamp(dst, a []float32, lo, hi float32) {
	same("Clamp", len(dst), len(a))
	if len(dst) <= grain {
		kernels.Clamp(dst, a, lo, hi)
		return
	}
	Parallel(len(dst), grain, func(i, j int) { kernels.Clamp(dst[i:j], a[i:j], lo, hi) })
}
