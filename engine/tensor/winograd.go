package tensor

import (
	"ganvas/engine/internal/sgemm"
	"ganvas/engine/internal/winograd"
)

// A convolution of 4×4 weights in strides of 2 is the sum of four of 2×2 in strides of 1, one for each phase: the pixels
// whose row and column have the same parity. These need 9 products for 4 outputs, or 16 for 9, instead of 16 or 36
// (package winograd). Points of one kind of all tiles and images form the rows of a matrix whose columns are the channels of
// all phases: one product of matrices for each of up to 16 kinds. Its adjoints are computed by the adjoint transforms.
//
// Against float64 the largest error in a picture is about twice that of the direct sums (TestFastError).

// fastChannels is how many channels there must be on both sides for the transforms to cost little beside the products.
const fastChannels = 16

// fastPositions is how many outputs, of all images, make up for the transform of the weights.
const fastPositions = 256

// fast tells whether the convolution is computed in fewer products. It depends on nothing but the shape.
func (s ConvShape) fast() bool {
	oh, ow := s.Out()
	return s.K == 4 && s.Stride == 2 && s.C >= fastChannels && s.OutC >= fastChannels && s.C%8 == 0 && s.OutC%8 == 0 &&
		oh >= 2 && ow >= 2 && s.N*oh*ow >= fastPositions
}

// An axis is one dimension of the output, cut into segments of two and three.
type axis struct {
	segments []segment
	count    [winograd.Kinds]int // points of each kind
}

// A segment is m outputs from start on. Its points are those of PointKinds[m-2]; index counts points of a kind.
type segment struct {
	start, m int
	index    [winograd.Kinds]int
}

// cut sets a to n outputs, as many segments of three as possible: n is at least 2.
func (a *axis) cut(n int) {
	a.segments, a.count = a.segments[:0], [winograd.Kinds]int{}
	for start := 0; start < n; {
		m := 3
		if rest := n - start; rest == 2 || rest == 4 {
			m = 2
		}
		g := segment{start: start, m: m}
		for p, kind := range winograd.PointKinds[m-2] {
			g.index[p] = a.count[kind]
			a.count[kind]++
		}
		a.segments = append(a.segments, g)
		start += m
	}
}

// kinds is the number of kinds in each dimension of the weights.
func (a *axis) kinds() int {
	if a.count[3] > 0 {
		return 4
	}
	return 3
}

const pairsOfKinds = winograd.Kinds * winograd.Kinds

// A fastConv computes one convolution or an adjoint in fewer products; it is kept for the next one.
type fastConv struct {
	s          ConvShape
	oh, ow     int
	x, y, w    []float32
	zeros      []float32
	set        *winograd.Set
	rows, cols axis
	first      [pairsOfKinds + 1]int // first[t]: points of an image of kinds before t, rows' kind times 4 plus columns'
	images     int                   // of a group, which one thread transforms and multiplies

	kinds     []float32 // the weights' transform: by kind, output channel, phase and channel
	packed    [pairsOfKinds]sgemm.Packed
	matrices  [pairsOfKinds]sgemm.Matrix
	backwards bool // packed for ConvTransposed

	all                                    fastGroup // of ConvFilter
	weigh, unweigh, pack, forward, adjoint func(lo, hi int)
	transformBoth                          func(lo, hi int)
}

// A fastGroup is some images on their way.
type fastGroup struct {
	f           *fastConv
	from, n     int       // images
	data        []float32 // transformed pixels: by kind, image and point, phase and channel
	outs        []float32 // transformed outputs: by kind, image and point, channel
	junk        []float32 // what goes beyond the edge
	left, right [pairsOfKinds]sgemm.Matrix
	products    []sgemm.Product
}

// tables are the addresses of one tile's vectors.
type tables struct{ in, out [16]*float32 }

var (
	freeFastConvs  sgemm.FreeList[fastConv]
	freeFastGroups sgemm.FreeList[fastGroup]
	freeTables     sgemm.FreeList[tables]
)

func newTables() *tables {
	if t := freeTables.Get(); t != nil {
		return t
	}
	return &tables{}
}

func (t *tables) release() {
	*t = tables{}
	freeTables.Put(t)
}

// A group of images has about fastFloats values of transformed pixels and outputs, which the second-level cache holds, but
// as many images as make fastRows points of a kind: every group reads all transformed weights.
const (
	fastFloats = 1 << 17
	fastRows   = 64
)

func newFastConv(s ConvShape, x, y, w []float32) *fastConv {
	f := freeFastConvs.Get()
	if f == nil {
		f = &fastConv{set: winograd.Best()}
		f.weigh, f.unweigh, f.pack = f.weighChannels, f.unweighChannels, f.packKinds
		f.forward, f.adjoint, f.transformBoth = f.forwardGroups, f.adjointGroups, f.transformImages
	}
	f.s, f.x, f.y, f.w = s, x, y, w
	f.oh, f.ow = s.Out()
	f.zeros = zeroes(max(s.C, s.OutC))
	f.rows.cut(f.oh)
	f.cols.cut(f.ow)
	for t := range pairsOfKinds {
		f.first[t+1] = f.first[t] + f.rows.count[t/winograd.Kinds]*f.cols.count[t%winograd.Kinds]
	}
	f.images = f.groupSize(fastFloats, fastRows)
	return f
}

// groupSize is the number of images that have so many transformed values, or so many points of a kind if these are more.
func (f *fastConv) groupSize(floats, rows int) int {
	kinds := f.rows.kinds() * f.cols.kinds()
	n := max(1, floats/(f.points()*(4*f.s.C+f.s.OutC)), ceilDiv(rows*kinds, f.points()))
	return ceilDiv(f.s.N, ceilDiv(f.s.N, n)) // of equal size
}

// points is the number of points of an image.
func (f *fastConv) points() int { return f.first[pairsOfKinds] }

func (f *fastConv) release() {
	f.x, f.y, f.w, f.zeros = nil, nil, nil, nil
	freeFastConvs.Put(f)
}

// fastForward is Conv in fewer products.
func fastForward(dst, x, w []float32, s ConvShape) {
	f := newFastConv(s, x, dst, w)
	f.prepare(false)
	f.reserve(Threads())
	Parallel(ceilDiv(s.N, f.images), 1, f.forward)
	f.release()
}

// fastTransposed is ConvTransposed in fewer products.
func fastTransposed(dst, y, w []float32, s ConvShape) {
	f := newFastConv(s, dst, y, w)
	f.prepare(true)
	f.reserve(Threads())
	Parallel(ceilDiv(s.N, f.images), 1, f.adjoint)
	f.release()
}

// prepare transforms and packs the weights, for ConvTransposed if backwards.
func (f *fastConv) prepare(backwards bool) {
	s := &f.s
	f.backwards = backwards
	f.kinds = grown(f.kinds, pairsOfKinds*s.OutC*4*s.C)
	Parallel(s.OutC, 1, f.weigh)
	Parallel(pairsOfKinds, 1, f.pack)
}

// kindMatrix returns the transformed weights of a pair of kinds: (OutC, 4·C).
func (f *fastConv) kindMatrix(t int) sgemm.Matrix {
	size := f.s.OutC * 4 * f.s.C
	return sgemm.Matrix{Data: f.kinds[t*size : (t+1)*size], Stride: 4 * f.s.C}
}

// weightTile lists the 2×2 weights of output channel o for a phase, and the values of all pairs of kinds made of them.
func (f *fastConv) weightTile(t *tables, o, phase int) (taps, kinds **float32) {
	s := &f.s
	for i := range 4 {
		t.in[i] = &f.w[((o*4+2*(i/2)+phase/2)*4+2*(i%2)+phase%2)*s.C]
	}
	n := max(f.rows.kinds(), f.cols.kinds())
	for i := range n * n {
		pair := i/n*winograd.Kinds + i%n
		t.out[i] = &f.kinds[((pair*s.OutC+o)*4+phase)*s.C]
	}
	return &t.in[0], &t.out[0]
}

func (f *fastConv) weighChannels(lo, hi int) {
	t := newTables()
	transform := f.set.Taps[max(f.rows.kinds(), f.cols.kinds())-3]
	for i := lo * 4; i < hi*4; i++ {
		taps, kinds := f.weightTile(t, i/4, i%4)
		transform(taps, 0, kinds, 0, f.s.C)
	}
	t.release()
}

func (f *fastConv) unweighChannels(lo, hi int) {
	t := newTables()
	transform := f.set.TapsAdjoint[max(f.rows.kinds(), f.cols.kinds())-3]
	for i := lo * 4; i < hi*4; i++ {
		taps, kinds := f.weightTile(t, i/4, i%4)
		transform(kinds, 0, taps, 0, f.s.C)
	}
	t.release()
}

func (f *fastConv) packKinds(lo, hi int) {
	s := &f.s
	for t := lo; t < hi; t++ {
		if f.first[t+1] == f.first[t] {
			continue
		}
		f.matrices[t] = f.kindMatrix(t)
		if f.backwards {
			f.packed[t].Set((*sgemm.Columns)(&f.matrices[t]), 4*s.C, 1, s.OutC)
		} else {
			f.packed[t].Set((*sgemm.Transposed)(&f.matrices[t]), s.OutC, 1, 4*s.C)
		}
	}
}

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
	g.data = grown(g.data, n*f.points()*4*f.s.C)
	g.outs = grown(g.outs, n*f.points()*f.s.OutC)
	g.junk = grown(g.junk, f.s.C)
	clear(g.junk)
}

func (g *fastGroup) release() {
	g.f = nil
	clear(g.products)
	clear(g.left[:])
	clear(g.right[:])
	freeFastGroups.Put(g)
}

// reserve allocates what n groups at once will need: how many there are depends on chance.
func (f *fastConv) reserve(n int) {
	g, t := f.newGroup(0, f.images), newTables()
	if n > 1 {
		f.reserve(n - 1)
	} else {
		g.describe(f.backwards)
		sgemm.Reserve(g.products, Threads())
	}
	t.release()
	g.release()
}

func (f *fastConv) forwardGroups(lo, hi int) {
	t := newTables()
	for i := lo; i < hi; i++ {
		g := f.newGroup(i*f.images, min(f.images, f.s.N-i*f.images))
		for n := range g.n {
			g.transformData(t, n)
		}
		g.describe(false)
		sgemm.RunAll(g.products)
		for n := range g.n {
			g.transformBack(t, n)
		}
		g.release()
	}
	t.release()
}

func (f *fastConv) adjointGroups(lo, hi int) {
	t := newTables()
	for i := lo; i < hi; i++ {
		g := f.newGroup(i*f.images, min(f.images, f.s.N-i*f.images))
		for n := range g.n {
			g.transformOuts(t, n)
		}
		g.describe(true)
		sgemm.RunAll(g.products)
		for n := range g.n {
			g.addData(t, n)
		}
		g.release()
	}
	t.release()
}

// describe makes the products of g: data times weights are outs, or backwards.
func (g *fastGroup) describe(backwards bool) {
	f := g.f
	g.products = g.products[:0]
	for t := range pairsOfKinds {
		count := (f.first[t+1] - f.first[t]) * g.n
		if count == 0 {
			continue
		}
		wide, narrow := 4*f.s.C, f.s.OutC
		g.left[t] = sgemm.Matrix{Data: g.data[f.first[t]*g.n*wide:], Stride: wide}
		g.right[t] = sgemm.Matrix{Data: g.outs[f.first[t]*g.n*narrow:], Stride: narrow}
		p := sgemm.Product{M: count, N: narrow, Segs: 1, SegLen: wide, A: &g.left[t], C: &g.right[t]}
		if backwards {
			p = sgemm.Product{M: count, N: wide, Segs: 1, SegLen: narrow, A: &g.right[t], C: &g.left[t]}
		}
		p.B, p.Serial = &f.packed[t], true
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
func (f *fastConv) eachTile(do func(r, c *segment)) {
	for i := range f.rows.segments {
		for j := range f.cols.segments {
			do(&f.rows.segments[i], &f.cols.segments[j])
		}
	}
}

// transformData transforms image n's pixels.
func (g *fastGroup) transformData(t *tables, n int) {
	f := g.f
	f.eachTile(func(r, c *segment) {
		g.pointers(&t.out, g.data, n, 4*f.s.C, r, c)
		for phase := range 4 {
			g.pixels(&t.in, n, phase, r, c, &f.zeros[0])
			f.set.Data[r.m-2][c.m-2](&t.in[0], 0, &t.out[0], 4*phase*f.s.C, f.s.C)
		}
	})
}

// addData adds up image n's pixels.
func (g *fastGroup) addData(t *tables, n int) {
	f := g.f
	size := f.s.H * f.s.W * f.s.C
	clear(f.x[(g.from+n)*size : (g.from+n+1)*size])
	f.eachTile(func(r, c *segment) {
		g.pointers(&t.in, g.data, n, 4*f.s.C, r, c)
		for phase := range 4 {
			g.pixels(&t.out, n, phase, r, c, &g.junk[0])
			f.set.DataAdjoint[r.m-2][c.m-2](&t.in[0], 4*phase*f.s.C, &t.out[0], 0, f.s.C)
		}
	})
}

// transformBack makes image n's outputs of its points.
func (g *fastGroup) transformBack(t *tables, n int) {
	f := g.f
	f.eachTile(func(r, c *segment) {
		g.pointers(&t.in, g.outs, n, f.s.OutC, r, c)
		g.outputs(&t.out, n, r, c)
		f.set.Out[r.m-2][c.m-2](&t.in[0], 0, &t.out[0], 0, f.s.OutC)
	})
}

// transformOuts transforms image n's outputs.
func (g *fastGroup) transformOuts(t *tables, n int) {
	f := g.f
	f.eachTile(func(r, c *segment) {
		g.outputs(&t.in, n, r, c)
		g.pointers(&t.out, g.outs, n, f.s.OutC, r, c)
		f.set.OutAdjoint[r.m-2][c.m-2](&t.in[0], 0, &t.out[0], 0, f.s.OutC)
	})
}
