package tensor

// GroupSum stores in v the sum of each group of x, accumulated in float64.
func GroupSum(v, x []float32, d Dims) {
	d.check("GroupSum", v, x)
	c := newCall()
	c.a, c.v = x, v
	if count, length, ok := d.rows(); ok {
		c.reduceRows(count, length, func(c *call, lo, hi int) (float64, float64) { return kernels.Sum(c.a[lo:hi]), 0 }, storeFirst)
	} else {
		s, _, b := c.reduceBlocks(d.columns(), 1, func(c *call, s, _ []float64, lo, hi int) { kernels.ColSum(s, c.a[lo:hi]) })
		narrow(v, s)
		sums.put(b)
	}
	c.done()
}

// GroupDot stores in v the sum of a·b over each group, accumulated in float64.
func GroupDot(v, a, b []float32, d Dims) {
	d.check("GroupDot", v, a, b)
	c := newCall()
	c.a, c.b, c.v = a, b, v
	if count, length, ok := d.rows(); ok {
		c.reduceRows(count, length, func(c *call, lo, hi int) (float64, float64) { return kernels.Dot(c.a[lo:hi], c.b[lo:hi]), 0 }, storeFirst)
	} else {
		s, _, b := c.reduceBlocks(d.columns(), 1, func(c *call, s, _ []float64, lo, hi int) { kernels.ColDot(s, c.a[lo:hi], c.b[lo:hi]) })
		narrow(v, s)
		sums.put(b)
	}
	c.done()
}

func storeFirst(c *call, r int, first, _ float64) { c.v[r] = float32(first) }

func narrow(v []float32, s []float64) {
	for i, x := range s {
		v[i] = float32(x)
	}
}

// GroupExpand sets every member of a group of x to the group's value in v.
func GroupExpand(x, v []float32, d Dims) {
	d.check("GroupExpand", v, x)
	c := newCall()
	c.dst, c.v = x, v
	if count, length, ok := d.rows(); ok {
		c.eachRow(count, length, func(c *call, r, lo, hi int) { kernels.Fill(c.dst[lo:hi], c.v[r]) })
	} else {
		l := d.columns()
		var b []float32
		c.v, b = l.spread(v)
		c.eachBlock(l, func(c *call, n, lo, hi int) {
			for row := c.cols.row(c.v, n); lo < hi; lo += len(row) {
				copy(c.dst[lo:hi], row)
			}
		})
		values.put(b)
	}
	c.done()
}

// GroupAffine stores x·scale[g]+shift[g] in dst, each with the values of its group. A nil scale
// counts as ones, a nil shift as zeros.
func GroupAffine(dst, x, scale, shift []float32, d Dims) {
	switch {
	case scale == nil && shift == nil:
		same("GroupAffine", len(dst), len(x), d.size())
		copy(dst, x)
	case scale == nil:
		groupMap(dst, x, shift, d, kernels.AddScalar, kernels.ColShift)
	case shift == nil:
		groupMap(dst, x, scale, d, kernels.Scale, kernels.ColScale)
	default:
		groupAffine(dst, x, scale, shift, d)
	}
}

func groupAffine(dst, x, scale, shift []float32, d Dims) {
	d.check("GroupAffine", scale, dst, x)
	d.check("GroupAffine", shift)
	c := newCall()
	c.dst, c.a, c.u, c.v = dst, x, scale, shift
	if count, length, ok := d.rows(); ok {
		c.eachRow(count, length, func(c *call, r, lo, hi int) { kernels.Affine(c.dst[lo:hi], c.a[lo:hi], c.u[r], c.v[r]) })
	} else {
		l := d.columns()
		var p, q []float32
		c.u, p = l.spread(scale)
		c.v, q = l.spread(shift)
		c.eachBlock(l, func(c *call, n, lo, hi int) {
			mid := c.cols.split(lo, hi)
			u, v := c.cols.row(c.u, n), c.cols.row(c.v, n)
			kernels.ColAffine(c.dst[lo:mid], c.a[lo:mid], u, v)
			if k := hi - mid; k > 0 {
				kernels.ColAffine(c.dst[mid:hi], c.a[mid:hi], u[:k], v[:k])
			}
		})
		values.put(p)
		values.put(q)
	}
	c.done()
}

// groupMap applies a kernel with one value a group: rows for groups that are contiguous, cols for
// the others.
func groupMap(dst, x, v []float32, d Dims, rows func(dst, a []float32, s float32), cols func(dst, x, v []float32)) {
	d.check("GroupAffine", v, dst, x)
	c := newCall()
	c.dst, c.a, c.v = dst, x, v
	if count, length, ok := d.rows(); ok {
		c.unaryScalar = rows
		c.eachRow(count, length, func(c *call, r, lo, hi int) { c.unaryScalar(c.dst[lo:hi], c.a[lo:hi], c.v[r]) })
	} else {
		l := d.columns()
		var b []float32
		c.v, b = l.spread(v)
		c.binary = cols
		c.eachBlock(l, func(c *call, n, lo, hi int) {
			mid := c.cols.split(lo, hi)
			v := c.cols.row(c.v, n)
			c.binary(c.dst[lo:mid], c.a[lo:mid], v)
			if k := hi - mid; k > 0 {
				c.binary(c.dst[mid:hi], c.a[mid:hi], v[:k])
			}
		})
		values.put(b)
	}
	c.done()
}

// GroupAddScaled stores a+b·v[g] in dst, v having one value a group.
func GroupAddScaled(dst, a, b, v []float32, d Dims) {
	d.check("GroupAddScaled", v, dst, a, b)
	c := newCall()
	c.dst, c.a, c.b, c.v = dst, a, b, v
	if count, length, ok := d.rows(); ok {
		c.eachRow(count, length, func(c *call, r, lo, hi int) { kernels.AddScaled(c.dst[lo:hi], c.a[lo:hi], c.b[lo:hi], c.v[r]) })
	} else {
		l := d.columns()
		var p []float32
		c.v, p = l.spread(v)
		c.eachBlock(l, func(c *call, n, lo, hi int) {
			mid := c.cols.split(lo, hi)
			v := c.cols.row(c.v, n)
			kernels.ColAddScaled(c.dst[lo:mid], c.a[lo:mid], c.b[lo:mid], v)
			if k := hi - mid; k > 0 {
				kernels.ColAddScaled(c.dst[mid:hi], c.a[mid:hi], c.b[mid:hi], v[:k])
			}
		})
		values.put(p)
	}
	c.done()
}
