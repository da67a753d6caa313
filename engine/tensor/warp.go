package tensor

// Warp stores in dst the pictures of x (n, h, w, c), each resampled by the six numbers a, b, e, c,
// d, f that maps (n, 6) has for it: the pixel y rows below the picture's middle and x columns to
// the right of it is what x has a·y + b·x + e rows below and c·y + d·x + f columns to the right,
// interpolated bilinearly between pixel centres. Beyond an edge lies what is at the edge. dst must
// not overlap x.
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

// A warpTap has the four pixels that one is made of, as places in the item's first channel, and
// their weights.
type warpTap struct {
	at     [4]int32
	weight [4]float32
}

// warpSpan is how many pixels of a row are looked up at once.
const warpSpan = 64

func (c *call) warpItems(lo, hi int) {
	ch, size := c.ch, c.h*c.wd*c.ch
	var taps [warpSpan]warpTap
	for i := lo; i < hi; i++ {
		src := c.a[i*size:][:size]
		for at := 0; at < c.h*c.wd; {
			span := taps[:c.warpTaps(taps[:], i, at)]
			dst := c.dst[i*size+at*ch:][:len(span)*ch]
			for p := range span {
				t := &span[p]
				for k := range dst[p*ch:][:ch] {
					from := src[k:]
					dst[p*ch+k] = t.weight[0]*from[t.at[0]] + t.weight[1]*from[t.at[1]] + t.weight[2]*from[t.at[2]] + t.weight[3]*from[t.at[3]]
				}
			}
			at += len(span)
		}
	}
}

func (c *call) warpBackItems(lo, hi int) {
	ch, size := c.ch, c.h*c.wd*c.ch
	var taps [warpSpan]warpTap
	for i := lo; i < hi; i++ {
		dst := c.dst[i*size:][:size]
		clear(dst)
		for at := 0; at < c.h*c.wd; {
			span := taps[:c.warpTaps(taps[:], i, at)]
			src := c.a[i*size+at*ch:][:len(span)*ch]
			for p := range span {
				t := &span[p]
				for k, v := range src[p*ch:][:ch] {
					for q, w := range t.weight {
						dst[t.at[q]+int32(k)] += w * v
					}
				}
			}
			at += len(span)
		}
	}
}

// warpTaps sets taps for the pixels of item i that Warp makes from place at on, at most to the end
// of the row, and returns how many.
func (c *call) warpTaps(taps []warpTap, i, at int) int {
	h, w, ch := c.h, c.wd, c.ch
	m := (*[6]float32)(c.u[6*i:])
	middleY, middleX := float32(h-1)/2, float32(w-1)/2
	first := at % w
	taps = taps[:min(len(taps), w-first)]
	dy := float32(at/w) - middleY
	downY, downX := m[0]*dy, m[3]*dy
	for p := range taps {
		dx := float32(first+p) - middleX
		v, u := tapAt(downY+m[1]*dx+m[2]+middleY, h), tapAt(downX+m[4]*dx+m[5]+middleX, w)
		taps[p] = warpTap{
			at:     [4]int32{int32((v.i*w + u.i) * ch), int32((v.i*w + u.j) * ch), int32((v.j*w + u.i) * ch), int32((v.j*w + u.j) * ch)},
			weight: [4]float32{(1 - v.t) * (1 - u.t), (1 - v.t) * u.t, v.t * (1 - u.t), v.t * u.t},
		}
	}
	return len(taps)
}
