package tensor

import "fmt"

// BatchNorm normalises each channel of x, scales and shifts it, and applies Leaky with a slope,
// which 1 leaves out: as Normalize, GroupAffine and Leaky do one after the other, in a third of
// their way through the memory. d is that of channels, {1, rows, C, 1}, of more than one row and
// channel. stats (3·C) receives mean, 1/√(variance+eps) and residue of each channel, for
// BatchNormGrad. y may be x.
func BatchNorm(y, stats, x, scale, shift []float32, slope, eps float32, d Dims) {
	d.checkChannels("BatchNorm", y, x)
	checkStats("BatchNorm", stats, d, scale, shift)
	n := d.G
	factors := values.get(2 * n)
	c := newCall()
	c.dst, c.a, c.s, c.eps = y, x, slope, eps
	c.u, c.v, c.w = stats[:n], stats[n:2*n], stats[2*n:]
	l := d.columns()
	s, q, b := c.reduceBlocks(l, 2, func(c *call, s, q []float64, lo, hi int) { kernels.ColMoments(s, q, c.a[lo:hi]) })
	for g := range s {
		c.standard(g, s[g], q[g], float64(d.S))
	}
	sums.put(b)
	// (x−mean)·rstd·scale + residue·scale + shift
	for g := range n {
		factors[g], factors[n+g] = c.v[g]*scale[g], c.w[g]*scale[g]+shift[g]
	}
	var lent [3][]float32
	c.u, lent[0] = l.spread(c.u)
	c.v, lent[1] = l.spread(factors[:n])
	c.w, lent[2] = l.spread(factors[n:])
	c.eachBlock(l, batchNorm)
	for _, rows := range lent {
		values.put(rows)
	}
	values.put(factors)
	c.done()
}

func checkStats(op string, stats []float32, d Dims, channels ...[]float32) {
	for _, v := range channels {
		same(op, len(v), d.G)
	}
	same(op, len(stats), 3*d.G)
}

// checkChannels panics unless d is that of several channels of several rows and fits the data.
func (d Dims) checkChannels(op string, data ...[]float32) {
	if d.N != 1 || d.K != 1 || d.S < 2 || d.G < 2 {
		panic(fmt.Sprintf("tensor: %s of %v, which are not several channels", op, d))
	}
	for _, x := range data {
		same(op, len(x), d.size())
	}
}

// strip returns the end of the first part of [lo, hi) that stays in the first-level cache, and how
// many columns its rows have.
func (l columns) strip(lo, hi int) (end, width int) {
	whole := l.split(lo, hi)
	if whole == lo {
		return hi, hi - lo
	}
	return min(whole, lo+max(1, stripSize/l.width)*l.width), l.width
}

// stripSize is how many values a strip has at most, unless a row has more: of three or four arrays
// they fit the first-level cache.
const stripSize = 2048

func batchNorm(c *call, _, lo, hi int) {
	for lo < hi {
		end, w := c.cols.strip(lo, hi)
		y := c.dst[lo:end]
		kernels.ColNormalize(y, c.a[lo:end], c.u[:w], c.v[:w], c.w[:w])
		leakyInPlace(y, c.s)
		lo = end
	}
}

// BatchNormSums stores in totals (2·C) the gradients of scale and, behind them, of shift of a
// BatchNorm: from its result y, its input x, stats and slope, and the gradient dy of y. Sums are
// accumulated in float64.
func BatchNormSums(totals []float64, dy, y, x, stats []float32, slope float32, d Dims) {
	d.checkChannels("BatchNormSums", dy, y, x)
	checkStats("BatchNormSums", stats, d)
	same("BatchNormSums", len(totals), 2*d.G)
	c := newCall()
	lent := c.normOperands(dy, y, x, stats, slope, d)
	sum, dot, b := c.reduceBlocks(c.cols, 2, normSums)
	copy(totals, dot)
	copy(totals[d.G:], sum)
	sums.put(b)
	for _, rows := range lent {
		values.put(rows)
	}
	c.done()
}

// BatchNormGrad stores the gradient of BatchNorm in its input in dx, given what BatchNormSums made
// of the same operands. dx may be dy.
func BatchNormGrad(dx []float32, totals []float64, dy, y, x, stats, scale []float32, slope float32, d Dims) {
	d.checkChannels("BatchNormGrad", dx, dy, y, x)
	checkStats("BatchNormGrad", stats, d, scale)
	same("BatchNormGrad", len(totals), 2*d.G)
	n := d.G
	means := values.get(2 * n)
	for g := range n {
		means[g], means[n+g] = float32(totals[n+g]/float64(d.S)), float32(totals[g]/float64(d.S))
	}
	c := newCall()
	lent := c.normOperands(dy, y, x, stats, slope, d)
	c.dst = dx
	var more [3][]float32
	c.e, more[0] = c.cols.spread(means[:n])
	c.f, more[1] = c.cols.spread(means[n:])
	c.g, more[2] = c.cols.spread(scale)
	c.eachBlock(c.cols, batchNormGrad)
	for i := range lent {
		values.put(lent[i])
		values.put(more[i])
	}
	values.put(means)
	c.done()
}

// normOperands sets what normStrip reads, and returns what to give back.
func (c *call) normOperands(dy, y, x, stats []float32, slope float32, d Dims) (lent [3][]float32) {
	c.a, c.b, c.c, c.s, c.cols = dy, y, x, slope, d.columns()
	c.u, lent[0] = c.cols.spread(stats[:d.G])
	c.v, lent[1] = c.cols.spread(stats[d.G : 2*d.G])
	c.w, lent[2] = c.cols.spread(stats[2*d.G:])
	return lent
}

// normStrip returns the gradient before the activation and the normalised input of elements [lo,
// hi), rows of w columns; the latter, and the former unless it is dy, lie in buf.
func (c *call) normStrip(buf []float32, lo, hi, w int) (g, normal []float32) {
	n := hi - lo
	g, normal = c.a[lo:hi], buf[:n]
	if c.s != 1 {
		g = buf[n : 2*n]
		kernels.LeakyGrad(g, c.a[lo:hi], c.b[lo:hi], c.s)
	}
	kernels.ColNormalize(normal, c.c[lo:hi], c.u[:w], c.v[:w], c.w[:w])
	return g, normal
}

// normSums adds up the gradient before the activation, and that times the normalised input.
func normSums(c *call, sum, dot []float64, lo, hi int) {
	buf := values.get(2 * max(stripSize, c.cols.width))
	for w := len(sum); lo < hi; {
		end := min(hi, lo+max(1, stripSize/w)*w)
		g, normal := c.normStrip(buf, lo, end, w)
		kernels.ColSumDot(sum, dot, g, normal)
		lo = end
	}
	values.put(buf)
}

func batchNormGrad(c *call, _, lo, hi int) {
	buf := values.get(2 * max(stripSize, c.cols.width))
	for lo < hi {
		end, w := c.cols.strip(lo, hi)
		g, normal := c.normStrip(buf, lo, end, w)
		kernels.ColNormGrad(c.dst[lo:end], g, normal, c.v[:w], c.e[:w], c.f[:w])
		kernels.ColScale(c.dst[lo:end], c.dst[lo:end], c.g[:w])
		lo = end
	}
	values.put(buf)
}
