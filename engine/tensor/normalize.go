package tensor

import "math"

// Normalize stores (x−mean)·rstd in y, where mean is the mean of each group, rstd =
// 1/√(variance+eps) and the variance is biased; mean and rstd receive one value a group. Sums are
// accumulated in float64. y may be x.
func Normalize(y, mean, rstd, x []float32, eps float32, d Dims) {
	d.check("Normalize", mean, y, x)
	d.check("Normalize", rstd)
	residue := values.get(len(mean))
	c := newCall()
	c.dst, c.a, c.u, c.v, c.w, c.eps = y, x, mean, rstd, residue, eps
	if count, length, ok := d.rows(); ok {
		c.normalizeRows(count, length)
	} else {
		c.normalizeColumns(d.columns(), float64(d.S*d.K))
	}
	values.put(residue)
	c.done()
}

// standard sets mean, 1/√(variance+eps) and the residue of group g, from the sum and the sum of
// squares of n values. The residue is what the rounding of the mean leaves to be added to
// normalised values.
func (c *call) standard(g int, sum, squares, n float64) {
	m := sum / n
	r := 1 / math.Sqrt(max(0, squares/n-m*m)+float64(c.eps))
	c.u[g], c.v[g] = float32(m), float32(r)
	c.w[g] = float32((float64(c.u[g]) - m) * r)
}

func (c *call) normalizeRow(r, lo, hi int) {
	kernels.Normalize(c.dst[lo:hi], c.a[lo:hi], c.u[r], c.v[r], c.w[r])
}

func (c *call) normalizeRows(count, length int) {
	moments := func(c *call, lo, hi int) (float64, float64) { return kernels.Moments(c.a[lo:hi]) }
	if length <= sumChunk {
		// While a row is in the cache, do both passes.
		c.reduceRows(count, length, moments, func(c *call, r int, s, q float64) {
			c.standard(r, s, q, float64(c.length))
			c.normalizeRow(r, r*c.length, (r+1)*c.length)
		})
		return
	}
	c.reduceRows(count, length, moments, func(c *call, r int, s, q float64) { c.standard(r, s, q, float64(c.length)) })
	c.eachRow(count, length, (*call).normalizeRow)
}

func (c *call) normalizeColumns(l columns, members float64) {
	s, q, b := c.reduceBlocks(l, 2, func(c *call, s, q []float64, lo, hi int) { kernels.ColMoments(s, q, c.a[lo:hi]) })
	for g := range s {
		c.standard(g, s[g], q[g], members)
	}
	sums.put(b)
	c.eachSpread(l, func(c *call, lo, hi int, u, v, w []float32) {
		kernels.ColNormalize(c.dst[lo:hi], c.a[lo:hi], u, v, w)
	})
}

// NormalizeGrad stores rstd·(dy − mean(dy) − y·mean(dy·y)) in dx, means being over each group: the
// gradient of Normalize from its results y and rstd. dx may be dy or y.
func NormalizeGrad(dx, dy, y, rstd []float32, d Dims) {
	d.check("NormalizeGrad", rstd, dx, dy, y)
	means := values.get(2 * len(rstd))
	c := newCall()
	c.dst, c.a, c.b, c.u, c.v, c.w = dx, dy, y, rstd, means[:len(rstd)], means[len(rstd):]
	if count, length, ok := d.rows(); ok {
		c.normGradRows(count, length)
	} else {
		c.normGradColumns(d.columns(), float64(d.S*d.K))
	}
	values.put(means)
	c.done()
}

// means sets the mean of dy and that of dy·y of group g from their sums over n members.
func (c *call) means(g int, sum, dot, n float64) { c.v[g], c.w[g] = float32(sum/n), float32(dot/n) }

func (c *call) normGradRow(r, lo, hi int) {
	kernels.NormGrad(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi], c.u[r], c.v[r], c.w[r])
}

func (c *call) normGradRows(count, length int) {
	sumDot := func(c *call, lo, hi int) (float64, float64) { return kernels.SumDot(c.a[lo:hi], c.b[lo:hi]) }
	if length <= sumChunk {
		c.reduceRows(count, length, sumDot, func(c *call, r int, s, q float64) {
			c.means(r, s, q, float64(c.length))
			c.normGradRow(r, r*c.length, (r+1)*c.length)
		})
		return
	}
	c.reduceRows(count, length, sumDot, func(c *call, r int, s, q float64) { c.means(r, s, q, float64(c.length)) })
	c.eachRow(count, length, (*call).normGradRow)
}

func (c *call) normGradColumns(l columns, members float64) {
	s, q, b := c.reduceBlocks(l, 2, func(c *call, s, q []float64, lo, hi int) { kernels.ColSumDot(s, q, c.a[lo:hi], c.b[lo:hi]) })
	for g := range s {
		c.means(g, s[g], q[g], members)
	}
	sums.put(b)
	c.eachSpread(l, func(c *call, lo, hi int, u, v, w []float32) {
		kernels.ColNormGrad(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi], u, v, w)
	})
}
