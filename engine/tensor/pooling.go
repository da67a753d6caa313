package tensor

// pictureRows checks sizes and returns the grain, in output rows, for Parallel.
func pictureRows(op string, dst, x []float32, wantDst, wantX, rowLength int) int {
	same(op, len(dst), wantDst)
	same(op, len(x), wantX)
	return max(1, grain/max(1, rowLength))
}

// kernelChannels is how many channels make a kernel call for one pixel worth its while.
const kernelChannels = 16

// SumPool stores in dst (n, h/k, w/k, c) the sums over k×k cells of x (n, h, w, c): sums, not
// means. Rows and columns of x beyond the last whole cell are ignored.
func SumPool(dst, x []float32, n, h, w, c, k int) {
	oh, ow := h/k, w/k
	g := pictureRows("SumPool", dst, x, n*oh*ow*c, n*h*w*c, w*c*k)
	t := newCall()
	t.dst, t.a, t.h, t.wd, t.ch, t.k = dst, x, h, w, c, k
	t.parallel(n*oh, g, (*call).sumPoolRows)
	t.done()
}

func (c *call) sumPoolRows(lo, hi int) {
	h, w, ch, k := c.h, c.wd, c.ch, c.k
	oh, ow := h/k, w/k
	sum := values.get(ow * k * ch)
	for r := lo; r < hi; r++ {
		rows := c.a[(r/oh*h+r%oh*k)*w*ch:]
		copy(sum, rows)
		for i := 1; i < k; i++ {
			kernels.Add(sum, sum, rows[i*w*ch:][:len(sum)])
		}
		sumAcross(c.dst[r*ow*ch:][:ow*ch], sum, ch, k)
	}
	values.put(sum)
}

// sumAcross stores in dst (w, c) the sums of k neighbouring pixels of row (w·k, c).
func sumAcross(dst, row []float32, c, k int) {
	if c >= kernelChannels {
		for ; len(dst) > 0; dst, row = dst[c:], row[k*c:] {
			d := dst[:c]
			copy(d, row)
			for j := 1; j < k; j++ {
				kernels.Add(d, d, row[j*c:][:c])
			}
		}
		return
	}
	for ; len(dst) > 0; dst, row = dst[c:], row[k*c:] {
		for ch := range dst[:c] {
			s := row[ch]
			for j := 1; j < k; j++ {
				s += row[j*c+ch]
			}
			dst[ch] = s
		}
	}
}

// UpNearest stores in dst (n, h·f, w·f, c) the pixels of x (n, h, w, c), each repeated f×f times.
func UpNearest(dst, x []float32, n, h, w, c, f int) {
	g := pictureRows("UpNearest", dst, x, n*h*f*w*f*c, n*h*w*c, w*f*f*c)
	t := newCall()
	t.dst, t.a, t.wd, t.ch, t.k = dst, x, w, c, f
	t.parallel(n*h, g, (*call).upNearestRows)
	t.done()
}

func (c *call) upNearestRows(lo, hi int) {
	w, ch, f := c.wd, c.ch, c.k
	for r := lo; r < hi; r++ {
		first := c.dst[r*f*w*f*ch:][:w*f*ch]
		repeatAcross(first, c.a[r*w*ch:][:w*ch], ch, f)
		for i := 1; i < f; i++ {
			copy(c.dst[(r*f+i)*w*f*ch:], first)
		}
	}
}

// repeatAcross stores in dst (w·f, c) the pixels of row (w, c), each f times.
func repeatAcross(dst, row []float32, c, f int) {
	if c == 1 {
		for i, v := range row {
			for j := range dst[i*f:][:f] {
				dst[i*f+j] = v
			}
		}
		return
	}
	for ; len(row) > 0; row = row[c:] {
		for range f {
			copy(dst, row[:c])
			dst = dst[c:]
		}
	}
}

// MaxPool stores in dst (n, h/k, w/k, c) the maximum of each k×k cell of x (n, h, w, c) and in idx
// its flat index in x: the first of equal ones. A NaN in a cell wins. Rows and columns of x beyond
// the last whole cell are ignored.
func MaxPool(dst []float32, idx []int32, x []float32, n, h, w, c, k int) {
	oh, ow := h/k, w/k
	g := pictureRows("MaxPool", dst, x, n*oh*ow*c, n*h*w*c, w*c*k)
	same("MaxPool", len(idx), len(dst))
	t := newCall()
	t.dst, t.a, t.idx, t.h, t.wd, t.ch, t.k = dst, x, idx, h, w, c, k
	t.parallel(n*oh, g, (*call).maxPoolRows)
	t.done()
}

func (c *call) maxPoolRows(lo, hi int) {
	h, w, ch, k := c.h, c.wd, c.ch, c.k
	oh, ow := h/k, w/k
	for r := lo; r < hi; r++ {
		for ox := range ow {
			d, at := c.dst[(r*ow+ox)*ch:][:ch], c.idx[(r*ow+ox)*ch:][:ch]
			for i := range k {
				row := ((r/oh*h+r%oh*k+i)*w + ox*k) * ch
				for j := range k {
					maxInto(d, at, c.a[row+j*ch:][:ch], int32(row+j*ch), i+j == 0)
				}
			}
		}
	}
}

// maxInto replaces d and at where s, whose first element has index base, is greater; everywhere if
// first.
func maxInto(d []float32, at []int32, s []float32, base int32, first bool) {
	at, s = at[:len(d)], s[:len(d)]
	for ch, v := range s {
		if first || v > d[ch] || (v != v && d[ch] == d[ch]) {
			d[ch], at[ch] = v, base+int32(ch)
		}
	}
}

// MaxChannels stores in dst the maximum of each k neighbouring elements of x and in idx its index:
// the first of equal ones, or a NaN.
func MaxChannels(dst []float32, idx []int32, x []float32, k int) {
	same("MaxChannels", len(x), len(dst)*k)
	same("MaxChannels", len(idx), len(dst))
	t := newCall()
	t.dst, t.a, t.idx, t.k = dst, x, idx, k
	t.parallel(len(dst), max(1, grain/max(1, k)), func(t *call, lo, hi int) {
		for i := lo; i < hi; i++ {
			cell := t.a[i*t.k:][:t.k]
			m, at := cell[0], 0
			for j, v := range cell {
				if v > m || (v != v && m == m) {
					m, at = v, j
				}
			}
			t.dst[i], t.idx[i] = m, int32(i*t.k+at)
		}
	})
	t.done()
}

// Gather stores x[idx[i]] in dst[i].
func Gather(dst, x []float32, idx []int32) {
	same("Gather", len(dst), len(idx))
	t := newCall()
	t.dst, t.a, t.idx = dst, x, idx
	t.parallel(len(dst), grain, func(t *call, lo, hi int) {
		for i, at := range t.idx[lo:hi] {
			t.dst[lo+i] = t.a[at]
		}
	})
	t.done()
}

// Scatter zeroes dst and adds x[i] to dst[idx[i]] in order of i: the adjoint of Gather.
func Scatter(dst, x []float32, idx []int32) {
	same("Scatter", len(x), len(idx))
	clear(dst)
	// On the caller alone: indices may repeat, and the order of addition is part of the result.
	for i, v := range x {
		dst[idx[i]] += v
	}
}
