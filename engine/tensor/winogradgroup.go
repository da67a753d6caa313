package tensor

import (
	"ganvas/engine/internal/sgemm"
	"ganvas/engine/internal/winograd"
)

// A fastGroup is some images on their way.
type fastGroup struct {
	f           *fastConv
	from, n     int       // images
	data        []float32 // transformed pixels: by kind, image and point, phase and channel
	outs        []float32 // transformed outputs: by kind, image and point, channel
	junk        []float32 // what goes beyond the edge, by phase
	left, right [pairsOfKinds]sgemm.Matrix
	products    []sgemm.Product
}

// apart is how many values lie between two rows of a group's matrices, so that rows of a power of
// two of values do not fall on the same lines of the caches.
const apart = 16

// wide and narrow are how many values apart the rows of data and of outs are.
func (f *fastConv) wide() int   { return 4*f.s.C + apart }
func (f *fastConv) narrow() int { return f.s.OutC + apart }

// newGroup returns a group of n images from number from on.
func (f *fastConv) newGroup(from, n int) *fastGroup {
	g := freeFastGroups.Get()
	if g == nil {
		g = &fastGroup{}
	}
	g.set(f, from, n)
	return g
}

func (g *fastGroup) set(f *fastConv, from, n int) {
	g.f, g.from, g.n = f, from, n
	g.data = grown(g.data, n*f.points()*f.wide())
	g.outs = grown(g.outs, n*f.points()*f.narrow())
	g.junk = grown(g.junk, 4*f.s.C)
	clear(g.junk)
}

func (g *fastGroup) release() {
	g.forget()
	freeFastGroups.Put(g)
}

func (g *fastGroup) forget() {
	g.f = nil
	clear(g.products)
}

// lay sets left[t] and right[t] to the points of a pair of kinds and returns how many there are.
func (g *fastGroup) lay(t int) int {
	f := g.f
	wide, narrow := f.wide(), f.narrow()
	g.left[t] = sgemm.Matrix{Data: g.data[f.first[t]*g.n*wide:], Stride: wide}
	g.right[t] = sgemm.Matrix{Data: g.outs[f.first[t]*g.n*narrow:], Stride: narrow}
	return (f.first[t+1] - f.first[t]) * g.n
}

// describe makes the products of g: data times weights are outs, or backwards.
func (g *fastGroup) describe(backwards, serial bool) {
	f := g.f
	g.products = g.products[:0]
	for t := range pairsOfKinds {
		count := g.lay(t)
		if count == 0 {
			continue
		}
		wide, narrow := 4*f.s.C, f.s.OutC
		p := sgemm.Product{M: count, N: narrow, Segs: 1, SegLen: wide, A: &g.left[t], C: &g.right[t]}
		if backwards {
			p = sgemm.Product{M: count, N: wide, Segs: 1, SegLen: narrow, A: &g.right[t], C: &g.left[t]}
		}
		p.B, p.Serial = &f.packed[t], serial
		g.products = append(g.products, p)
	}
}

// pointers lists the vectors of width values of a tile's points in image n.
func (g *fastGroup) pointers(table *[16]*float32, data []float32, n, width int, r, c *segment) {
	f := g.f
	at := 0
	for i, a := range winograd.PointKinds[r.m-2] {
		for j, b := range winograd.PointKinds[c.m-2] {
			t := a*winograd.Kinds + b
			point := f.first[t]*g.n + (n*f.rows.count[a]+r.index[i])*f.cols.count[b] + c.index[j]
			table[at] = &data[point*width]
			at++
		}
	}
}

// pixels lists the pixels of a tile of one phase, and what lies beyond the edge as outside.
func (g *fastGroup) pixels(table *[16]*float32, n, phase int, r, c *segment, outside *float32) {
	s := &g.f.s
	h0, w0 := 2*r.start+phase/2-s.Pad, 2*c.start+phase%2-s.Pad
	at := 0
	for h := h0; h <= h0+2*r.m; h += 2 {
		line := ((g.from+n)*s.H + h) * s.W
		for w := w0; w <= w0+2*c.m; w += 2 {
			if h >= 0 && h < s.H && w >= 0 && w < s.W {
				table[at] = &g.f.x[(line+w)*s.C]
			} else {
				table[at] = outside
			}
			at++
		}
	}
}

// outputs lists the outputs of a tile.
func (g *fastGroup) outputs(table *[16]*float32, n int, r, c *segment) {
	f := g.f
	at := 0
	for i := range r.m {
		line := ((g.from+n)*f.oh+r.start+i)*f.ow + c.start
		for j := range c.m {
			table[at] = &f.y[(line+j)*f.s.OutC]
			at++
		}
	}
}

// eachTile calls do for the pairs of segments.
func (f *fastConv) eachTile(rows []segment, do func(r, c *segment)) {
	for i := range rows {
		for j := range f.cols.segments {
			do(&rows[i], &f.cols.segments[j])
		}
	}
}

// transformData transforms image n's pixels of phases from to to.
func (g *fastGroup) transformData(t *tables, n, from, to int) {
	f := g.f
	f.eachTile(f.rows.segments, func(r, c *segment) {
		g.pointers(&t.out, g.data, n, f.wide(), r, c)
		for phase := from; phase < to; phase++ {
			g.pixels(&t.in, n, phase, r, c, &f.zeros[0])
			f.set.Data[r.m-2][c.m-2](&t.in[0], 0, &t.out[0], 4*phase*f.s.C, f.s.C)
		}
	})
}

// addData adds what image n's points contribute to its pixels of phases from to to.
func (g *fastGroup) addData(t *tables, n, from, to int) {
	f := g.f
	f.eachTile(f.rows.segments, func(r, c *segment) {
		g.pointers(&t.in, g.data, n, f.wide(), r, c)
		for phase := from; phase < to; phase++ {
			g.pixels(&t.out, n, phase, r, c, &g.junk[phase*f.s.C])
			f.set.DataAdjoint[r.m-2][c.m-2](&t.in[0], 4*phase*f.s.C, &t.out[0], 0, f.s.C)
		}
	})
}

// transformBack makes image n's outputs in some rows of their points.
func (g *fastGroup) transformBack(t *tables, n int, rows []segment) {
	f := g.f
	f.eachTile(rows, func(r, c *segment) {
		g.pointers(&t.in, g.outs, n, f.narrow(), r, c)
		g.outputs(&t.out, n, r, c)
		f.set.Out[r.m-2][c.m-2](&t.in[0], 0, &t.out[0], 0, f.s.OutC)
	})
}

// transformOuts transforms image n's outputs in some rows.
func (g *fastGroup) transformOuts(t *tables, n int, rows []segment) {
	f := g.f
	f.eachTile(rows, func(r, c *segment) {
		g.outputs(&t.in, n, r, c)
		g.pointers(&t.out, g.outs, n, f.narrow(), r, c)
		f.set.OutAdjoint[r.m-2][c.m-2](&t.in[0], 0, &t.out[0], 0, f.s.OutC)
	})
}
