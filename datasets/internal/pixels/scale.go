package pixels

import "image"

// Scaler brings pictures to another size with Catmull and Rom's cubic (1974), widened where it
// shrinks so that every pixel of the source counts: first along the rows, then down the columns,
// rounding to bytes after each, as Pillow does. It keeps memory for the next picture, and belongs
// to one goroutine.
type Scaler struct {
	across, down axis
	source       source
	line         []uint8 // a row of the source, and zeros beyond it
	rows         []uint8 // the rows of the source, made as narrow as the result
}

// Scale writes a part of a picture, brought to the size to, to dst, row by row, as red, green, blue
// and alpha, the colours multiplied by alpha. The part is not empty and lies in the picture. Where
// it has the size already, it is only brought to these colours.
func (s *Scaler) Scale(dst []uint8, to image.Point, src image.Image, part image.Rectangle) {
	from := part.Size()
	s.source.set(src, part)
	stride := 4 * to.X
	rows := dst
	if from.Y != to.Y {
		s.rows = room(s.rows, from.Y*stride)
		rows = s.rows
	}
	if from.X != to.X {
		s.across.fit(from.X, to.X, 4)
		s.line = room(s.line, 4*(from.X+s.across.taps))
		clear(s.line[4*from.X:])
	}
	for y := range from.Y {
		out := rows[y*stride : (y+1)*stride]
		if from.X == to.X {
			s.source.row(y, out)
			continue
		}
		s.source.row(y, s.line[:4*from.X])
		narrow(out, s.line, s.across.from, s.across.weights, s.across.taps/4)
	}
	s.source.img = nil // it is not kept
	if from.Y == to.Y {
		return
	}
	s.down.fit(from.Y, to.Y, 1)
	for y := range to.Y {
		first, n := int(s.down.from[y]), int(s.down.count[y])
		at := y * s.down.taps
		blend(dst[y*stride:(y+1)*stride], rows[first*stride:], stride, s.down.weights[at:at+n])
	}
}

// room returns a slice of n values, that of b if it is long enough.
func room[T any](b []T, n int) []T {
	if cap(b) < n {
		return make([]T, n)
	}
	return b[:n]
}

// axis is how the pixels along one side of a result are made of those of the source.
type axis struct {
	n, m    int     // sides of the source and of the result
	taps    int     // weights of each pixel, with zeros behind those that count
	from    []int32 // the first pixel of the source
	count   []int32 // how many count
	weights []int16 // m·taps of them, in 16384ths; those of a pixel add up to 1
}

// fit makes an axis one from n pixels to m, with a multiple of some number of taps.
func (a *axis) fit(n, m, multiple int) {
	if a.n == n && a.m == m {
		return
	}
	scale := float64(n) / float64(m)
	wide := max(scale, 1)
	most := 0
	bounds := func(i int) (lo, hi int, centre float64) {
		centre = (float64(i) + 0.5) * scale
		return max(0, int(centre-2*wide+0.5)), min(n, int(centre+2*wide+0.5)), centre
	}
	for i := range m {
		lo, hi, _ := bounds(i)
		most = max(most, hi-lo)
	}
	*a = axis{n: n, m: m, taps: (most + multiple - 1) / multiple * multiple, from: make([]int32, m), count: make([]int32, m)}
	a.weights = make([]int16, m*a.taps)
	exact := make([]float64, most)
	for i := range m {
		lo, hi, centre := bounds(i)
		a.from[i], a.count[i] = int32(lo), int32(hi-lo)
		for k := range hi - lo {
			exact[k] = cubic((float64(lo+k) + 0.5 - centre) / wide)
		}
		roundWeights(a.weights[i*a.taps:], exact[:hi-lo])
	}
}

// roundWeights sets weights to exact ones, divided by their sum. Not each is rounded, but their
// running sum, so that they add up to 1 however many and however small they are.
func roundWeights(weights []int16, exact []float64) {
	total := 0.0
	for _, w := range exact {
		total += w
	}
	sum, before := 0.0, 0
	for k, w := range exact {
		sum += w
		next := int(sum/total*weightOne + 0.5 + weightOne) // above 0, where the conversion rounds down
		next -= weightOne
		weights[k] = int16(next - before)
		before = next
	}
}

// cubic is the kernel of E. Catmull and R. Rom, "A class of local interpolating splines" (1974): R.
// Keys' with a of −½.
func cubic(x float64) float64 {
	x = max(x, -x)
	switch {
	case x < 1:
		return (1.5*x-2.5)*x*x + 1
	case x < 2:
		return ((-0.5*x+2.5)*x-4)*x + 2
	}
	return 0
}
