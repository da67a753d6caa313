package tensor

// Warp stores in dst the pictures of x (n, h, w, c), each resampled by the six numbers a, b, e, c, d, f that maps (n, 6) has for it: the
// pixel y rows below the picture's middle and x columns to the right of it is what x has a·y + b·x + e rows below and c·y + d·x + f
// columns to the right, interpolated bilinearly between pixel centres. Beyond an edge lies what is at the edge. dst must not overlap x.
func Warp(dst, x, maps []float32, n, h, w, c int) {
	pictureRows("Warp", dst, x, n*h*w*c, n*h*w*c, w*c)
	same("Warp", len(maps), 6*n)
	t := newCall()
	t.dst, t.a, t.u, t.h, t.wd, t.ch = dst, x, maps, h, w, c
	t.parallel(n, 1, (*call).warpItems)
	t.done()
}

// WarpAdjoint stores in dst (n, h, w, c) the adjoint of Warp at y (n, h, w, c): its gradient.
func WarpAdjoint(dst, y, maps []float32, n, h, w, c int) {
	pictureRows("WarpAdjoint", dst, y, n*h*w*c, n*h*w*c, w*c)
	same("WarpAdjoint", len(maps), 6*n)
	t := newCall()
	t.dst, t.a, t.u, t.h, t.wd, t.ch = dst, y, maps, h, w, c
	t.parallel(n, 1, (*call).warpBackItems)
	t.done()
}

func (c *call) warpItems(lo, hi int) {
	ch, size := c.ch, c.h*c.wd*c.ch
	for i := lo; i < hi; i++ {
		src, dst := c.a[i*size:][:size], c.dst[i*size:][:size]
		c.eachWarped(i, func(at int, corner [4]int, weight [4]float32) {
			for k := range ch {
				dst[at+k] = weight[0]*src[corner[0]+k] + weight[1]*src[corner[1]+k] + weight[2]*src[corner[2]+k] + weight[3]*src[corner[3]+k]
			}
		})
	}
}

func (c *call) warpBackItems(lo, hi int) {
	ch, size := c.ch, c.h*c.wd*c.ch
	for i := lo; i < hi; i++ {
		src, dst := c.a[i*size:][:size], c.dst[i*size:][:size]
		clear(dst)
		c.eachWarped(i, func(at int, corner [4]int, weight [4]float32) {
			for q, p := range corner {
				for k := range ch {
					dst[p+k] += weight[q] * src[at+k]
				}
			}
		})
	}
}

// eachWarped calls f with every pixel of item i that Warp makes, the four pixels that it is made of, and their weights.
func (c *call) eachWarped(i int, f func(at int, corner [4]int, weight [4]float32)) {
	h, w, ch := c.h, c.wd, c.ch
	m := c.u[6*i:][:6]
	middleY, middleX := float32(h-1)/2, float32(w-1)/2
	for y := range h {
		for x := range w {
			dy, dx := float32(y)-middleY, float32(x)-middleX
			v := tapAt(m[0]*dy+m[1]*dx+m[2]+middleY, h)
			u := tapAt(m[3]*dy+m[4]*dx+m[5]+middleX, w)
			f((y*w+x)*ch, [4]int{(v.i*w + u.i) * ch, (v.i*w + u.j) * ch, (v.j*w + u.i) * ch, (v.j*w + u.j) * ch},
				[4]float32{(1 - v.t) * (1 - u.t), (1 - v.t) * u.t, v.t * (1 - u.t), v.t * u.t})
		}
	}
}

// tapAt returns which of n pixels in a row are read at a place between their centres.
func tapAt(at float32, n int) tap {
	at = min(max(at, 0), float32(n-1))
	i := int(at)
	return tap{i: i, j: min(i+1, n-1), t: at - float32(i)}
}
