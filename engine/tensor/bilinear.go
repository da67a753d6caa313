package tensor

// A tap says that an output row or column reads rows i and j of the input with weights 1−t and t.
type tap struct {
	i, j int
	t    float32
}

// bilinearTap places output o of an axis of n inputs magnified f times, corners not aligned: the input coordinate of the centre of
// output o is (o+½)/f − ½, clamped at 0; the far neighbour is clamped at n−1.
func bilinearTap(o, n, f int) tap {
	s := max(0, (float32(o)+0.5)/float32(f)-0.5)
	i := min(int(s), n-1)
	return tap{i, min(i+1, n-1), s - float32(i)}
}

// lerp stores a+t·(b−a) in dst for one pixel.
func lerp(dst, a, b []float32, t float32) {
	if len(dst) >= kernelChannels {
		kernels.Lerp(dst, a, b, t)
		return
	}
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + t*(b[i]-a[i])
	}
}

// UpBilinear stores in dst (n, h·f, w·f, c) x (n, h, w, c) magnified f times by bilinear interpolation, as PyTorch's
// interpolate with align_corners=False.
func UpBilinear(dst, x []float32, n, h, w, c, f int) {
	g := pictureRows("UpBilinear", dst, x, n*h*f*w*f*c, n*h*w*c, w*f*c)
	oh, ow := h*f, w*f
	Parallel(n*oh, g, func(lo, hi int) {
		row := values.borrow(w * c)
		for r := lo; r < hi; r++ {
			v := bilinearTap(r%oh, h, f)
			kernels.Lerp(row, x[(r/oh*h+v.i)*w*c:][:w*c], x[(r/oh*h+v.j)*w*c:][:w*c], v.t)
			for o := range ow {
				u := bilinearTap(o, w, f)
				lerp(dst[(r*ow+o)*c:][:c], row[u.i*c:][:c], row[u.j*c:][:c], u.t)
			}
		}
		values.giveBack(row)
	})
}

// UpBilinearAdjoint stores in dst (n, h, w, c) the adjoint of UpBilinear at y (n, h·f, w·f, c): its gradient.
func UpBilinearAdjoint(dst, y []float32, n, h, w, c, f int) {
	g := pictureRows("UpBilinearAdjoint", dst, y, n*h*w*c, n*h*f*w*f*c, 2*f*w*f*c)
	oh, ow := h*f, w*f
	Parallel(n*h, g, func(lo, hi int) {
		sum := values.borrow(ow * c)
		for r := lo; r < hi; r++ {
			// Output rows that read row r of the input lie within f of it.
			clear(sum)
			in := r % h
			for o := max(0, (in-1)*f); o < min(oh, (in+2)*f); o++ {
				if t := bilinearTap(o, h, f).weight(in); t != 0 {
					kernels.AddScaled(sum, sum, y[(r/h*oh+o)*ow*c:][:ow*c], t)
				}
			}
			d := dst[r*w*c:][:w*c]
			clear(d)
			for o := range ow {
				u := bilinearTap(o, w, f)
				s := sum[o*c:][:c]
				addScaled(d[u.i*c:][:c], s, 1-u.t)
				addScaled(d[u.j*c:][:c], s, u.t)
			}
		}
		values.giveBack(sum)
	})
}

// weight returns the weight with which the tap reads input i.
func (p tap) weight(i int) float32 {
	var t float32
	if p.i == i {
		t = 1 - p.t
	}
	if p.j == i {
		t += p.t
	}
	return t
}

// addScaled adds t·s to dst for one pixel.
func addScaled(dst, s []float32, t float32) {
	if t == 0 {
		return
	}
	if len(dst) >= kernelChannels {
		kernels.AddScaled(dst, dst, s, t)
		return
	}
	dst = dst[:len(s)]
	for i, v := range s {
		dst[i] += t * v
	}
}
