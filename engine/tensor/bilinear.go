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

// UpBilinear stores in dst (n, h·f, w·f, c) x (n, h, w, c) magnified f times by bilinear interpolation, as PyTorch's
// interpolate with align_corners=False.
func UpBilinear(dst, x []float32, n, h, w, c, f int) {
	g := pictureRows("UpBilinear", dst, x, n*h*f*w*f*c, n*h*w*c, w*f*c)
	oh, ow := h*f, w*f
	Parallel(n*oh, g, func(lo, hi int) {
		for r := lo; r < hi; r++ {
			v := bilinearTap(r%oh, h, f)
			top, bottom := x[(r/oh*h+v.i)*w*c:][:w*c], x[(r/oh*h+v.j)*w*c:][:w*c]
			for o := range ow {
				u := bilinearTap(o, w, f)
				a, b := top[u.i*c:][:c], top[u.j*c:][:c]
				p, q := bottom[u.i*c:][:c], bottom[u.j*c:][:c]
				d := dst[(r*ow+o)*c:][:c]
				for ch := range d {
					d[ch] = (1-v.t)*((1-u.t)*a[ch]+u.t*b[ch]) + v.t*((1-u.t)*p[ch]+u.t*q[ch])
				}
			}
		}
	})
}

// UpBilinearAdjoint stores in dst (n, h, w, c) the adjoint of UpBilinear at y (n, h·f, w·f, c): its gradient.
func UpBilinearAdjoint(dst, y []float32, n, h, w, c, f int) {
	pictureRows("UpBilinearAdjoint", dst, y, n*h*w*c, n*h*f*w*f*c, 1)
	oh, ow := h*f, w*f
	// Split over pictures: neighbouring rows of y share rows of dst.
	Parallel(n, max(1, grain/max(1, oh*ow*c)), func(lo, hi int) {
		clear(dst[lo*h*w*c : hi*h*w*c])
		for r := lo * oh; r < hi*oh; r++ {
			v := bilinearTap(r%oh, h, f)
			top, bottom := dst[(r/oh*h+v.i)*w*c:][:w*c], dst[(r/oh*h+v.j)*w*c:][:w*c]
			for o := range ow {
				u := bilinearTap(o, w, f)
				s := y[(r*ow+o)*c:][:c]
				addTap(top[u.i*c:], s, (1-v.t)*(1-u.t))
				addTap(top[u.j*c:], s, (1-v.t)*u.t)
				addTap(bottom[u.i*c:], s, v.t*(1-u.t))
				addTap(bottom[u.j*c:], s, v.t*u.t)
			}
		}
	})
}

func addTap(dst, s []float32, t float32) {
	if t == 0 {
		return
	}
	dst = dst[:len(s)]
	for i, v := range s {
		dst[i] += t * v
	}
}
