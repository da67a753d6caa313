package tensor

// Translate stores in dst the pictures of x (n, h, w, c), item i moved by shifts[2i] pixels down
// and shifts[2i+1] to the right, either of which may be negative, with zeros where nothing arrives.
// dst must not overlap x.
func Translate(dst, x []float32, shifts []int32, n, h, w, c int) {
	g := pictureRows("Translate", dst, x, n*h*w*c, n*h*w*c, w*c)
	same("Translate", len(shifts), 2*n)
	t := newCall()
	t.dst, t.a, t.idx, t.h, t.wd, t.ch = dst, x, shifts, h, w, c
	t.parallel(n*h, g, (*call).translateRows)
	t.done()
}

func (c *call) translateRows(lo, hi int) {
	h, w, ch := c.h, c.wd, c.ch
	for r := lo; r < hi; r++ {
		down, right := int(c.idx[r/h*2]), int(c.idx[r/h*2+1])
		row := c.dst[r*w*ch:][:w*ch]
		from := r%h - down
		if from < 0 || from >= h || right >= w || right <= -w {
			clear(row)
			continue
		}
		src := c.a[(r/h*h+from)*w*ch:][:w*ch]
		if right >= 0 {
			clear(row[:right*ch])
			copy(row[right*ch:], src)
		} else {
			n := copy(row, src[-right*ch:])
			clear(row[n:])
		}
	}
}

// Cutout stores in dst the pictures of x (n, h, w, c), with zeros in a rectangle of each: that of
// item i has its top left corner at row corners[2i] and column corners[2i+1], is high × wide pixels
// large and counts as far as it lies in the picture. dst may be x.
func Cutout(dst, x []float32, corners []int32, high, wide, n, h, w, c int) {
	g := pictureRows("Cutout", dst, x, n*h*w*c, n*h*w*c, w*c)
	same("Cutout", len(corners), 2*n)
	t := newCall()
	t.dst, t.a, t.idx, t.h, t.wd, t.ch, t.count, t.length = dst, x, corners, h, w, c, high, wide
	t.parallel(n*h, g, (*call).cutoutRows)
	t.done()
}

func (c *call) cutoutRows(lo, hi int) {
	h, w, ch := c.h, c.wd, c.ch
	for r := lo; r < hi; r++ {
		top, left := int(c.idx[r/h*2]), int(c.idx[r/h*2+1])
		row := c.dst[r*w*ch:][:w*ch]
		copy(row, c.a[r*w*ch:])
		if y := r % h; y >= top && y < top+c.count {
			from, to := min(max(left, 0), w), min(max(left+c.length, 0), w)
			if from < to {
				clear(row[from*ch : to*ch])
			}
		}
	}
}
