package tensor

// GroupSum stores in v the sum of each group of x, accumulated in float64.
func GroupSum(v, x []float32, d Dims) {
	d.check("GroupSum", v, x)
	if count, length, ok := d.rows(); ok {
		reduceRows(count, length,
			func(lo, hi int) (float64, float64) { return kernels.Sum(x[lo:hi]), 0 },
			func(r int, s, _ float64) { v[r] = float32(s) })
		return
	}
	s, _, p := d.columns().reduce(func(s, _ []float64, lo, hi int) { kernels.ColSum(s, x[lo:hi]) })
	narrow(v, s)
	sums.giveBack(p)
}

// GroupDot stores in v the sum of a·b over each group, accumulated in float64.
func GroupDot(v, a, b []float32, d Dims) {
	d.check("GroupDot", v, a, b)
	if count, length, ok := d.rows(); ok {
		reduceRows(count, length,
			func(lo, hi int) (float64, float64) { return kernels.Dot(a[lo:hi], b[lo:hi]), 0 },
			func(r int, s, _ float64) { v[r] = float32(s) })
		return
	}
	s, _, p := d.columns().reduce(func(s, _ []float64, lo, hi int) { kernels.ColDot(s, a[lo:hi], b[lo:hi]) })
	narrow(v, s)
	sums.giveBack(p)
}

func narrow(v []float32, s []float64) {
	for i, x := range s {
		v[i] = float32(x)
	}
}

// GroupExpand sets every member of a group of x to the group's value in v.
func GroupExpand(x, v []float32, d Dims) {
	d.check("GroupExpand", v, x)
	if count, length, ok := d.rows(); ok {
		eachRow(count, length, func(r, lo, hi int) { kernels.Fill(x[lo:hi], v[r]) })
		return
	}
	l := d.columns()
	wide, p := l.spread(v)
	l.each(func(n, lo, hi int) {
		for row := l.row(wide, n); lo < hi; lo += len(row) {
			copy(x[lo:hi], row)
		}
	})
	values.giveBack(p)
}

// GroupAffine stores x·scale[g]+shift[g] in dst, each with the values of its group. A nil scale counts as ones, a nil shift as zeros.
func GroupAffine(dst, x, scale, shift []float32, d Dims) {
	switch {
	case scale == nil && shift == nil:
		same("GroupAffine", len(dst), len(x), d.size())
		copy(dst, x)
	case scale == nil:
		groupShift(dst, x, shift, d)
	case shift == nil:
		groupScale(dst, x, scale, d)
	default:
		groupAffine(dst, x, scale, shift, d)
	}
}

func groupAffine(dst, x, scale, shift []float32, d Dims) {
	d.check("GroupAffine", scale, dst, x)
	d.check("GroupAffine", shift)
	if count, length, ok := d.rows(); ok {
		eachRow(count, length, func(r, lo, hi int) { kernels.Affine(dst[lo:hi], x[lo:hi], scale[r], shift[r]) })
		return
	}
	l := d.columns()
	a, p := l.spread(scale)
	b, q := l.spread(shift)
	l.each(func(n, lo, hi int) {
		mid := l.split(lo, hi)
		a, b := l.row(a, n), l.row(b, n)
		kernels.ColAffine(dst[lo:mid], x[lo:mid], a, b)
		if mid < hi {
			kernels.ColAffine(dst[mid:hi], x[mid:hi], a[:hi-mid], b[:hi-mid])
		}
	})
	values.giveBack(p)
	values.giveBack(q)
}

func groupScale(dst, x, scale []float32, d Dims) {
	d.check("GroupAffine", scale, dst, x)
	if count, length, ok := d.rows(); ok {
		eachRow(count, length, func(r, lo, hi int) { kernels.Scale(dst[lo:hi], x[lo:hi], scale[r]) })
		return
	}
	columnMap(dst, x, scale, d, kernels.ColScale)
}

func groupShift(dst, x, shift []float32, d Dims) {
	d.check("GroupAffine", shift, dst, x)
	if count, length, ok := d.rows(); ok {
		eachRow(count, length, func(r, lo, hi int) { kernels.AddScalar(dst[lo:hi], x[lo:hi], shift[r]) })
		return
	}
	columnMap(dst, x, shift, d, kernels.ColShift)
}

// columnMap applies a kernel with one value a column.
func columnMap(dst, x, v []float32, d Dims, kernel func(dst, x, v []float32)) {
	l := d.columns()
	wide, p := l.spread(v)
	l.each(func(n, lo, hi int) {
		mid := l.split(lo, hi)
		row := l.row(wide, n)
		kernel(dst[lo:mid], x[lo:mid], row)
		if mid < hi {
			kernel(dst[mid:hi], x[mid:hi], row[:hi-mid])
		}
	})
	values.giveBack(p)
}

// GroupAddScaled stores a+b·v[g] in dst, v having one value a group.
func GroupAddScaled(dst, a, b, v []float32, d Dims) {
	d.check("GroupAddScaled", v, dst, a, b)
	if count, length, ok := d.rows(); ok {
		eachRow(count, length, func(r, lo, hi int) { kernels.AddScaled(dst[lo:hi], a[lo:hi], b[lo:hi], v[r]) })
		return
	}
	l := d.columns()
	wide, p := l.spread(v)
	l.each(func(n, lo, hi int) {
		mid := l.split(lo, hi)
		row := l.row(wide, n)
		kernels.ColAddScaled(dst[lo:mid], a[lo:mid], b[lo:mid], row)
		if mid < hi {
			kernels.ColAddScaled(dst[mid:hi], a[mid:hi], b[mid:hi], row[:hi-mid])
		}
	})
	values.giveBack(p)
}
