package simd

func colScale(dst, x, scale []float32) {
	for c := len(scale); len(dst) > 0; dst, x = dst[c:], x[c:] {
		mul(dst[:c], x[:c], scale)
	}
}

func colShift(dst, x, shift []float32) {
	for c := len(shift); len(dst) > 0; dst, x = dst[c:], x[c:] {
		add(dst[:c], x[:c], shift)
	}
}

func colAffine(dst, x, scale, shift []float32) {
	shift = shift[:len(scale)]
	for c := len(scale); len(dst) > 0; dst, x = dst[c:], x[c:] {
		d, row := dst[:c], x[:c]
		for j, s := range scale {
			d[j] = row[j]*s + shift[j]
		}
	}
}

func colAddScaled(dst, a, b, v []float32) {
	for c := len(v); len(dst) > 0; dst, a, b = dst[c:], a[c:], b[c:] {
		d, p, q := dst[:c], a[:c], b[:c]
		for j, s := range v {
			d[j] = p[j] + q[j]*s
		}
	}
}

func colNormalize(dst, x, mean, rstd, residue []float32) {
	rstd, residue = rstd[:len(mean)], residue[:len(mean)]
	for c := len(mean); len(dst) > 0; dst, x = dst[c:], x[c:] {
		d, row := dst[:c], x[:c]
		for j, m := range mean {
			d[j] = (row[j]-m)*rstd[j] + residue[j]
		}
	}
}

func colNormGrad(dst, dy, y, rstd, meanDY, dot []float32) {
	meanDY, dot = meanDY[:len(rstd)], dot[:len(rstd)]
	for c := len(rstd); len(dst) > 0; dst, dy, y = dst[c:], dy[c:], y[c:] {
		d, p, q := dst[:c], dy[:c], y[:c]
		for j, r := range rstd {
			d[j] = r * (p[j] - meanDY[j] - q[j]*dot[j])
		}
	}
}

func normalize(dst, x []float32, mean, rstd, residue float32) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] = (x[i]-mean)*rstd + residue
	}
}

func normGrad(dst, dy, y []float32, rstd, meanDY, dot float32) {
	dy, y = dy[:len(dst)], y[:len(dst)]
	for i := range dst {
		dst[i] = rstd * (dy[i] - meanDY - y[i]*dot)
	}
}
