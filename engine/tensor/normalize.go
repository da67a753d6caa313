package tensor

import "math"

// Normalize stores (x−mean)·rstd in y, where mean is the mean of each group, rstd = 1/√(variance+eps) and the variance is biased;
// mean and rstd receive one value a group. Sums are accumulated in float64. y may be x.
func Normalize(y, mean, rstd, x []float32, eps float32, d Dims) {
	d.check("Normalize", mean, y, x)
	d.check("Normalize", rstd)
	members := float64(d.S * d.K)
	if count, length, ok := d.rows(); ok {
		normalizeRows(y, mean, rstd, x, eps, count, length)
		return
	}
	l := d.columns()
	s, q, p := l.reduce(func(s, q []float64, lo, hi int) { kernels.ColMoments(s, q, x[lo:hi]) })
	residue := values.borrow(len(mean))
	for g := range mean {
		mean[g], rstd[g], residue[g] = standard(s[g], q[g], members, eps)
	}
	sums.giveBack(p)
	m, mp := l.spread(mean)
	r, pp := l.spread(rstd)
	e, ep := l.spread(residue)
	l.each(func(n, lo, hi int) {
		mid := l.split(lo, hi)
		m, r, e := l.row(m, n), l.row(r, n), l.row(e, n)
		kernels.ColNormalize(y[lo:mid], x[lo:mid], m, r, e)
		if t := hi - mid; t > 0 {
			kernels.ColNormalize(y[mid:hi], x[mid:hi], m[:t], r[:t], e[:t])
		}
	})
	values.giveBack(residue)
	values.giveBack(mp)
	values.giveBack(pp)
	values.giveBack(ep)
}

// standard returns mean, 1/√(variance+eps), and what the rounding of the mean leaves to be added to normalised values,
// from the sum and the sum of squares of n values.
func standard(sum, squares, n float64, eps float32) (mean, rstd, residue float32) {
	m := sum / n
	r := 1 / math.Sqrt(max(0, squares/n-m*m)+float64(eps))
	mean = float32(m)
	return mean, float32(r), float32((float64(mean) - m) * r)
}

func normalizeRows(y, mean, rstd, x []float32, eps float32, count, length int) {
	if length <= sumChunk {
		Parallel(count, max(1, grain/max(1, length)), func(from, to int) {
			for r := from; r < to; r++ {
				row := x[r*length:][:length]
				s, q := kernels.Moments(row)
				var residue float32
				mean[r], rstd[r], residue = standard(s, q, float64(length), eps)
				kernels.Normalize(y[r*length:][:length], row, mean[r], rstd[r], residue)
			}
		})
		return
	}
	residue := values.borrow(count)
	reduceRows(count, length,
		func(lo, hi int) (float64, float64) { return kernels.Moments(x[lo:hi]) },
		func(r int, s, q float64) { mean[r], rstd[r], residue[r] = standard(s, q, float64(length), eps) })
	eachRow(count, length, func(r, lo, hi int) { kernels.Normalize(y[lo:hi], x[lo:hi], mean[r], rstd[r], residue[r]) })
	values.giveBack(residue)
}

// NormalizeGrad stores rstd·(dy − mean(dy) − y·mean(dy·y)) in dx, means being over each group: the gradient of Normalize
// from its results y and rstd. dx may be dy or y.
func NormalizeGrad(dx, dy, y, rstd []float32, d Dims) {
	d.check("NormalizeGrad", rstd, dx, dy, y)
	members := float64(d.S * d.K)
	if count, length, ok := d.rows(); ok {
		normalizeGradRows(dx, dy, y, rstd, count, length)
		return
	}
	l := d.columns()
	s, q, p := l.reduce(func(s, q []float64, lo, hi int) { kernels.ColSumDot(s, q, dy[lo:hi], y[lo:hi]) })
	buf := values.borrow(2 * len(rstd))
	meanDY, dot := buf[:len(rstd)], buf[len(rstd):]
	for g := range rstd {
		meanDY[g], dot[g] = float32(s[g]/members), float32(q[g]/members)
	}
	sums.giveBack(p)
	r, rp := l.spread(rstd)
	m, mp := l.spread(meanDY)
	t, tp := l.spread(dot)
	l.each(func(n, lo, hi int) {
		mid := l.split(lo, hi)
		r, m, t := l.row(r, n), l.row(m, n), l.row(t, n)
		kernels.ColNormGrad(dx[lo:mid], dy[lo:mid], y[lo:mid], r, m, t)
		if k := hi - mid; k > 0 {
			kernels.ColNormGrad(dx[mid:hi], dy[mid:hi], y[mid:hi], r[:k], m[:k], t[:k])
		}
	})
	values.giveBack(buf)
	values.giveBack(rp)
	values.giveBack(mp)
	values.giveBack(tp)
}

func normalizeGradRows(dx, dy, y, rstd []float32, count, length int) {
	n := float64(length)
	if length <= sumChunk {
		Parallel(count, max(1, grain/max(1, length)), func(from, to int) {
			for r := from; r < to; r++ {
				g, v := dy[r*length:][:length], y[r*length:][:length]
				s, q := kernels.SumDot(g, v)
				kernels.NormGrad(dx[r*length:][:length], g, v, rstd[r], float32(s/n), float32(q/n))
			}
		})
		return
	}
	buf := values.borrow(2 * count)
	reduceRows(count, length,
		func(lo, hi int) (float64, float64) { return kernels.SumDot(dy[lo:hi], y[lo:hi]) },
		func(r int, s, q float64) { buf[2*r], buf[2*r+1] = float32(s/n), float32(q/n) })
	eachRow(count, length, func(r, lo, hi int) {
		kernels.NormGrad(dx[lo:hi], dy[lo:hi], y[lo:hi], rstd[r], buf[2*r], buf[2*r+1])
	})
	values.giveBack(buf)
}
