package tensor

import "math"

// Adam updates parameters p and moments m, v from gradients g in one pass, as PyTorch's Adam
// without weight decay:
//
//	m ← m + (1−beta1)·(g−m);  v ← beta2·v + (1−beta2)·g²;  p ← p − lr/correction1 · m / (√v/√correction2 + eps)
//
// where correctionᵢ = 1 − betaᵢᵗ at step t = 1, 2, …. All slices have the same length.
// Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.
func Adam(p, m, v, g []float32, lr, beta1, beta2, eps, correction1, correction2 float32) {
	same("Adam", len(p), len(m), len(v), len(g))
	rate := float32(float64(lr) / float64(correction1))
	r := float32(1 / math.Sqrt(float64(correction2)))
	if len(p) <= grain {
		kernels.Adam(p, m, v, g, beta1, beta2, rate, r, eps)
		return
	}
	c := newCall()
	c.dst, c.a, c.b, c.c = p, m, v, g
	c.p, c.q, c.r, c.s = beta1, beta2, rate, r
	c.eps = eps
	c.parallel(len(p), grain, func(c *call, lo, hi int) {
		kernels.Adam(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi], c.c[lo:hi], c.p, c.q, c.r, c.s, c.eps)
	})
	c.done()
}

// RMSProp updates parameters p and mean squares v from gradients g, as PyTorch's RMSprop without
// momentum:
//
//	v ← alpha·v + (1−alpha)·g²;  p ← p − lr·g/(√v+eps)
func RMSProp(p, v, g []float32, lr, alpha, eps float32) {
	same("RMSProp", len(p), len(v), len(g))
	if len(p) <= grain {
		kernels.RMSProp(p, v, g, lr, alpha, eps)
		return
	}
	c := newCall()
	c.dst, c.a, c.b = p, v, g
	c.p, c.q, c.eps = lr, alpha, eps
	c.parallel(len(p), grain, func(c *call, lo, hi int) {
		kernels.RMSProp(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi], c.p, c.q, c.eps)
	})
	c.done()
}

// SGD updates parameters p and velocities m from gradients g, as PyTorch's SGD: m ← momentum·m + g;
// p ← p − lr·m. With momentum 0, m is neither read nor written and may be nil.
func SGD(p, m, g []float32, lr, momentum float32) {
	if momentum == 0 {
		AddScaled(p, p, g, -lr)
		return
	}
	same("SGD", len(p), len(m), len(g))
	if len(p) <= grain {
		kernels.SGD(p, m, g, lr, momentum)
		return
	}
	c := newCall()
	c.dst, c.a, c.b, c.p, c.q = p, m, g, lr, momentum
	c.parallel(len(p), grain, func(c *call, lo, hi int) { kernels.SGD(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi], c.p, c.q) })
	c.done()
}
