package tensor

// A tap says that an output row or column reads rows i and j of the input with weights 1−t and t.
type tap struct {
	i, j int
	t    float32
}

// tapAt returns which of n pixels in a row are read at a place between their centres; beyond the
// ends the last ones are.
func tapAt(at float32, n int) tap {
	if last := float32(n - 1); at > last {
		at = last
	} else if !(at > 0) {
		at = 0
	}
	i := int(int32(at))
	return tap{i: i, j: min(i+1, n-1), t: at - float32(i)}
}

// bilinearTap places output o of an axis of n inputs magnified f times, corners not aligned: the
// input coordinate of the centre of output o is (o+½)/f − ½.
func bilinearTap(o, n, f int) tap {
	return tapAt((float32(o)+0.5)/float32(f)-0.5, n)
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

// UpBilinear stores in dst (n, h·f, w·f, c) x (n, h, w, c) magnified f times by bilinear
// interpolation, as PyTorch's interpolate with align_corners=False.
func UpBilinear(dst, x []float32, n, h, w, c, f int) {
	g := pictureRows("UpBilinear", dst, x, n*h*f*w*f*c, n*h*w*c, w*f*c)
	t := newCall()
	t.dst, t.a, t.h, t.wd, t.ch, t.k = dst, x, h, w, c, f
	t.parallel(n*h*f, g, (*call).upBilinearRows)
	t.done()
}

func (c *call) upBilinearRows(lo, hi int) {
	h, w, ch, f := c.h, c.wd, c.ch, c.k
	oh, ow := h*f, w*f
	row := values.get(w * ch)
	for r := lo; r < hi; r++ {
		v := bilinearTap(r%oh, h, f)
		kernels.Lerp(row, c.a[(r/oh*h+v.i)*w*ch:][:w*ch], c.a[(r/oh*h+v.j)*w*ch:][:w*ch], v.t)
		for o := range ow {
			u := bilinearTap(o, w, f)
			lerp(c.dst[(r*ow+o)*ch:][:ch], row[u.i*ch:][:ch], row[u.j*ch:][:ch], u.t)
		}
	}
	values.put(row)
}

// UpBilinearAdjoint stores in dst (n, h, w, c) the adjoint of UpBilinear at y (n, h·f, w·f, c): its
// gradient.
func UpBilinearAdjoint(dst, y []float32, n, h, w, c, f int) {
	g := pictureRows("UpBilinearAdjoint", dst, y, n*h*w*c, n*h*f*w*f*c, 2*f*w*f*c)
	t := newCall()
	t.dst, t.a, t.h, t.wd, t.ch, t.k = dst, y, h, w, c, f
	t.parallel(n*h, g, (*call).downBilinearRows)
	t.done()
}

func (c *call) downBilinearRows(lo, hi int) {
	h, w, ch, f := c.h, c.wd, c.ch, c.k
	oh, ow := h*f, w*f
	sum := values.get(ow * ch)
	for r := lo; r < hi; r++ {
		// Output rows that read row r of the input lie within f of it.
		clear(sum)
		in := r % h
		for o := max(0, (in-1)*f); o < min(oh, (in+2)*f); o++ {
			if weight := bilinearTap(o, h, f).weight(in); weight != 0 {
				kernels.AddScaled(sum, sum, c.a[(r/h*oh+o)*ow*ch:][:ow*ch], weight)
			}
		}
		d := c.dst[r*w*ch:][:w*ch]
		clear(d)
		for o := range ow {
			u := bilinearTap(o, w, f)
			s := sum[o*ch:][:ch]
			addScaled(d[u.i*ch:][:ch], s, 1-u.t)
			addScaled(d[u.j*ch:][:ch], s, u.t)
		}
	}
	values.put(sum)
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
