package tensor

import "math"

// LogSumExp stores in v the logarithm of Σ exp(x) of each row of x, whose rows are k ≥ 1 elements
// long, without overflow.
func LogSumExp(v, x []float32, k int) {
	same("LogSumExp", len(x), len(v)*k)
	c := newCall()
	c.dst, c.a, c.k = v, x, k
	c.parallel(len(v), max(1, costlyGrain/max(1, k)), func(c *call, lo, hi int) {
		e := values.get(c.k)
		for r := lo; r < hi; r++ {
			row := c.a[r*c.k:][:c.k]
			m := largest(row)
			c.dst[r] = m + float32(math.Log(exps(e, row, m)))
		}
		values.put(e)
	})
	c.done()
}

// Softmax stores in y the softmax exp(x)/Σ exp(x) of each row of x, whose rows are k elements long.
// y may be x.
func Softmax(y, x []float32, k int) {
	same("Softmax", len(y), len(x))
	c := newCall()
	c.dst, c.a, c.k = y, x, k
	c.parallel(len(x)/max(1, k), max(1, costlyGrain/max(1, k)), func(c *call, lo, hi int) {
		for r := lo; r < hi; r++ {
			row, d := c.a[r*c.k:][:c.k], c.dst[r*c.k:][:c.k]
			kernels.Scale(d, d, float32(1/exps(d, row, largest(row))))
		}
	})
	c.done()
}

// SoftmaxGrad stores y·(dy − Σ dy·y) in dx, the sum being over each row of k elements: the gradient
// of Softmax from its result y. dx may be dy.
func SoftmaxGrad(dx, dy, y []float32, k int) {
	same("SoftmaxGrad", len(dx), len(dy), len(y))
	c := newCall()
	c.dst, c.a, c.b, c.k = dx, dy, y, k
	c.parallel(len(dx)/max(1, k), max(1, grain/max(1, k)), func(c *call, lo, hi int) {
		for r := lo; r < hi; r++ {
			d, dy, y := c.dst[r*c.k:][:c.k], c.a[r*c.k:][:c.k], c.b[r*c.k:][:c.k]
			kernels.AddScalar(d, dy, float32(-kernels.Dot(dy, y)))
			kernels.Mul(d, d, y)
		}
	})
	c.done()
}

// exps stores exp(x−m) in e and returns the sum.
func exps(e, x []float32, m float32) float64 {
	kernels.AddScalar(e, x, -m)
	kernels.Exp(e, e)
	return kernels.Sum(e)
}

// largest returns the largest element of x, which has at least one. What it returns if one is NaN
// is unspecified.
func largest(x []float32) float32 {
	// As integers, of which the processor finds the larger one without a branch; four at a time do
	// not wait for each other.
	a, b, c, d := ordered(x[0]), ordered(x[0]), ordered(x[0]), ordered(x[0])
	for ; len(x) >= 4; x = x[4:] {
		a, b, c, d = max(a, ordered(x[0])), max(b, ordered(x[1])), max(c, ordered(x[2])), max(d, ordered(x[3]))
	}
	for _, v := range x {
		a = max(a, ordered(v))
	}
	m := max(a, b, c, d)
	return math.Float32frombits(uint32(m ^ int32(uint32(m>>31)>>1)))
}

// ordered returns an integer for x; they are in the same order as the numbers.
func ordered(x float32) int32 {
	b := int32(math.Float32bits(x))
	return b ^ int32(uint32(b>>31)>>1)
}
