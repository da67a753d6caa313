package tensor

import (
	"ganvas/engine/internal/sgemm"
	"ganvas/engine/internal/winograd"
)

// A convolution of 4×4 weights in strides of 2 is the sum of four of 2×2 in strides of 1, one for
// each phase: the pixels whose row and column have the same parity. These need 9 products for 4
// outputs, or 16 for 9, instead of 16 or 36 (package winograd). Points of one kind of all tiles and
// images form the rows of a matrix whose columns are the channels of all phases: one product of
// matrices for each of up to 16 kinds. Its adjoints are computed by the adjoint transforms.
//
// Against float64 the largest error in a picture is about twice that of the direct sums
// (TestFastError).

// fastChannels is how many channels there must be on both sides for the transforms to cost little
// beside the products.
const fastChannels = 16

// fastPositions is how many outputs, of all images, make up for the transform of the weights.
const fastPositions = 256

// fast tells whether the convolution is computed in fewer products. It depends on nothing but the
// shape.
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

// A segment is m outputs from start on. Its points are those of PointKinds[m-2]; index counts
// points of a kind.
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

// kindsPacked are transformed weights, packed.
type kindsPacked [pairsOfKinds]sgemm.Packed

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
	packed    *kindsPacked
	own       kindsPacked // packed, unless the caller keeps it
	matrices  [pairsOfKinds]sgemm.Matrix
	backwards bool // packed for ConvTransposed

	all fastGroup // a group that all threads work on

	// Bound once, because binding a method allocates.
	weigh, unweigh, pack, forward, adjoint, clear func(lo, hi int)
	allData, allOuts, allDataAdjoint, allOutsBack func(lo, hi int)
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

// A group of images has about fastFloats values of transformed pixels and outputs, which the
// second-level cache holds, but as many images as make fastRows points of a kind: every group reads
// all transformed weights. Where that makes fewer than fewGroups for a thread, some threads would
// wait for the last: then all images are one group, on which all threads work together.
const (
	fastFloats = 1 << 17
	fastRows   = 96
	fewGroups  = 4
)

func newFastConv(s ConvShape, x, y, w []float32) *fastConv {
	f := freeFastConvs.Get()
	if f == nil {
		f = &fastConv{set: winograd.Best()}
		f.weigh, f.unweigh, f.pack = f.weighChannels, f.unweighChannels, f.packKinds
		f.forward, f.adjoint, f.clear = f.forwardGroups, f.adjointGroups, f.clearImages
		f.allData, f.allOuts, f.allDataAdjoint, f.allOutsBack = f.transformAllData, f.transformAllOuts, f.addAllData, f.transformAllBack
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
	if ceilDiv(s.N, f.images) < fewGroups*Threads() {
		f.images = s.N
	}
	return f
}

// groupSize is the number of images that have so many transformed values, or so many points of a
// kind if these are more.
func (f *fastConv) groupSize(floats, rows int) int {
	kinds := f.rows.kinds() * f.cols.kinds()
	n := max(1, floats/(f.points()*(4*f.s.C+f.s.OutC)), ceilDiv(rows*kinds, f.points()))
	return ceilDiv(f.s.N, ceilDiv(f.s.N, n)) // of equal size
}

// points is the number of points of an image.
func (f *fastConv) points() int { return f.first[pairsOfKinds] }

func (f *fastConv) release() {
	f.x, f.y, f.w, f.zeros, f.packed = nil, nil, nil, nil, nil
	freeFastConvs.Put(f)
}

// fastForward is Conv in fewer products.
func fastForward(dst, x, w []float32, s ConvShape, kept *Prepared) {
	f := newFastConv(s, x, dst, w)
	f.prepare(false, kept)
	if f.images == s.N {
		f.together(f.allData, f.allOutsBack, 4, len(f.rows.segments))
	} else {
		f.reserve(Threads())
		Parallel(ceilDiv(s.N, f.images), 1, f.forward)
	}
	f.release()
}

// fastTransposed is ConvTransposed in fewer products.
func fastTransposed(dst, y, w []float32, s ConvShape, kept *Prepared) {
	f := newFastConv(s, dst, y, w)
	f.prepare(true, kept)
	if f.images == s.N {
		Parallel(s.N, 1, f.clear)
		f.together(f.allOuts, f.allDataAdjoint, len(f.rows.segments), 4)
	} else {
		f.reserve(Threads())
		Parallel(ceilDiv(s.N, f.images), 1, f.adjoint)
	}
	f.release()
}

// together has all threads work on all images: they transform the input, whose images have so many
// parts, multiply, and transform the output.
func (f *fastConv) together(in, out func(lo, hi int), inParts, outParts int) {
	g := &f.all
	g.set(f, 0, f.s.N)
	Parallel(g.n*inParts, 1, in)
	g.describe(f.backwards, false)
	sgemm.RunAll(g.products)
	Parallel(g.n*outParts, 1, out)
	g.forget()
}

func (f *fastConv) transformAllData(lo, hi int) {
	t := newTables()
	for i := lo; i < hi; i++ {
		f.all.transformData(t, i/4, i%4, i%4+1)
	}
	t.release()
}

func (f *fastConv) addAllData(lo, hi int) {
	t := newTables()
	for i := lo; i < hi; i++ {
		f.all.addData(t, i/4, i%4, i%4+1)
	}
	t.release()
}

func (f *fastConv) transformAllOuts(lo, hi int) {
	t, n := newTables(), len(f.rows.segments)
	for i := lo; i < hi; i++ {
		f.all.transformOuts(t, i/n, f.rows.segments[i%n:i%n+1])
	}
	t.release()
}

func (f *fastConv) transformAllBack(lo, hi int) {
	t, n := newTables(), len(f.rows.segments)
	for i := lo; i < hi; i++ {
		f.all.transformBack(t, i/n, f.rows.segments[i%n:i%n+1])
	}
	t.release()
}

// reserve allocates what n groups at once will need: how many there are depends on chance.
func (f *fastConv) reserve(n int) {
	g, t := f.newGroup(0, f.images), newTables()
	if n > 1 {
		f.reserve(n - 1)
	} else {
		g.describe(f.backwards, true)
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
			g.transformData(t, n, 0, 4)
		}
		g.describe(false, true)
		sgemm.RunAll(g.products)
		for n := range g.n {
			g.transformBack(t, n, f.rows.segments)
		}
		g.release()
	}
	t.release()
}

// clearImages sets what belongs to images lo to hi of the input to zero, so that it can be added
// to.
func (f *fastConv) clearImages(lo, hi int) {
	size := f.s.H * f.s.W * f.s.C
	clear(f.x[lo*size : hi*size])
}

func (f *fastConv) adjointGroups(lo, hi int) {
	t := newTables()
	for i := lo; i < hi; i++ {
		g := f.newGroup(i*f.images, min(f.images, f.s.N-i*f.images))
		for n := range g.n {
			g.transformOuts(t, n, f.rows.segments)
		}
		g.describe(true, true)
		sgemm.RunAll(g.products)
		for n := range g.n {
			f.clearImages(g.from+n, g.from+n+1)
			g.addData(t, n, 0, 4)
		}
		g.release()
	}
	t.release()
}
