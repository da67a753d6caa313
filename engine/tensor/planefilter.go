package tensor

import "ganvas/engine/internal/sgemm"

// The filter gradient of a convolution of few channels, as the first one of a discriminator, is a
// product of few rows, one for each weight of a filter, with a depth of all output positions of all
// images. The rows are read where they lie: in planes of the input, one for each channel and each
// remainder of line and column divided by the stride, what one weight meets in a line of outputs
// lies side by side. Output gradients are read once. Images are taken by chunks whose size depends
// on the shape alone; their sums are added in order.

// planePositions is how many output positions make a chunk.
const planePositions = 2048

// planeLine is how wide a line of outputs must be.
const planeLine = 6

// inPlanes tells whether ConvFilter reads its input in planes.
func (s ConvShape) inPlanes() bool {
	oh, ow := s.Out()
	return s.C < padBelow && s.OutC >= 16 && ow >= planeLine && s.N*oh*ow >= 2*planePositions
}

// A planeFilter is one such gradient, kept for the next one.
type planeFilter struct {
	s            ConvShape
	oh, ow       int
	height, line int // of a plane
	x, y, dst    []float32
	images       int // of a chunk
	parts        []float32

	chunks, sum func(lo, hi int) // bound once
}

// A planeChunk is what one thread needs for a chunk.
type planeChunk struct {
	f        *planeFilter
	planes   []float32
	y, part  sgemm.Matrix
	products [1]sgemm.Product
}

var (
	freePlaneFilters sgemm.FreeList[planeFilter]
	freePlaneChunks  sgemm.FreeList[planeChunk]
)

// planesFilter is ConvFilter for shapes that are inPlanes.
func planesFilter(dst, x, y []float32, s ConvShape) {
	f := freePlaneFilters.Get()
	if f == nil {
		f = &planeFilter{}
		f.chunks, f.sum = f.multiplyChunks, f.sumParts
	}
	f.s, f.x, f.y, f.dst = s, x, y, dst
	f.oh, f.ow = s.Out()
	f.height, f.line = ceilDiv(s.H+2*s.Pad, s.Stride), ceilDiv(s.W+2*s.Pad, s.Stride)
	f.images = max(1, planePositions/(f.oh*f.ow))
	n := ceilDiv(s.N, f.images)
	f.parts = grown(f.parts, n*len(dst))
	f.reserve(min(n, Threads()))
	Parallel(n, 1, f.chunks)
	Parallel(f.taps(), 8, f.sum)
	f.x, f.y, f.dst = nil, nil, nil
	freePlaneFilters.Put(f)
}

// taps is the number of weights of a filter.
func (f *planeFilter) taps() int { return f.s.K * f.s.K * f.s.C }

// reserve allocates what n chunks at once will need: how many there are depends on chance.
func (f *planeFilter) reserve(n int) {
	c := f.newChunk(0)
	if n > 1 {
		f.reserve(n - 1)
	} else {
		sgemm.Reserve(c.products[:], Threads())
	}
	c.release()
}

// newChunk returns chunk i with its planes empty.
func (f *planeFilter) newChunk(i int) *planeChunk {
	c := freePlaneChunks.Get()
	if c == nil {
		c = &planeChunk{}
	}
	c.f = f
	s := &f.s
	from := i * f.images
	n := min(f.images, s.N-from)
	c.planes = grown(c.planes, n*f.imageSize())
	c.y = sgemm.Matrix{Data: f.y[from*f.oh*f.ow*s.OutC:], Stride: s.OutC}
	c.part = sgemm.Matrix{Data: f.parts[i*len(f.dst) : (i+1)*len(f.dst)], Stride: s.OutC}
	c.products[0] = sgemm.Product{
		M: f.taps(), N: s.OutC, Segs: n * f.oh, SegLen: f.ow, Serial: true,
		A: c, B: (*sgemm.Columns)(&c.y), C: &c.part,
	}
	return c
}

func (c *planeChunk) release() {
	c.f, c.y, c.part = nil, sgemm.Matrix{}, sgemm.Matrix{}
	clear(c.products[:])
	freePlaneChunks.Put(c)
}

// imageSize is the number of values of an image's planes.
func (f *planeFilter) imageSize() int { return f.s.C * f.s.Stride * f.s.Stride * f.height * f.line }

// multiplyChunks computes the gradients of some chunks.
func (f *planeFilter) multiplyChunks(lo, hi int) {
	for i := lo; i < hi; i++ {
		c := f.newChunk(i)
		for n := range c.products[0].Segs / f.oh {
			f.split(c.planes[n*f.imageSize():(n+1)*f.imageSize()], i*f.images+n)
		}
		sgemm.RunAll(c.products[:])
		c.release()
	}
}

// split writes the planes of image n: by channel, remainder of the line and remainder of the
// column.
func (f *planeFilter) split(planes []float32, n int) {
	s := &f.s
	for p := range s.C * s.Stride * s.Stride {
		c, top, left := p/(s.Stride*s.Stride), p/s.Stride%s.Stride-s.Pad, p%s.Stride-s.Pad
		first := ceilDiv(max(0, -left), s.Stride)               // column within the image
		end := min(f.line, ceilDiv(max(0, s.W-left), s.Stride)) // and the first beyond it
		for i := range f.height {
			to := planes[(p*f.height+i)*f.line:][:f.line]
			h := i*s.Stride + top
			if h < 0 || h >= s.H || first >= end {
				clear(to)
				continue
			}
			clear(to[:first])
			clear(to[end:])
			from := f.x[((n*s.H+h)*s.W+first*s.Stride+left)*s.C+c:]
			for j := range to[first:end] {
				to[first+j] = from[j*s.Stride*s.C]
			}
		}
	}
}

// Rows implements sgemm.Rows: a row is what one weight meets, a segment a line of outputs.
func (c *planeChunk) Rows(table []*float32, mr, i, count int) {
	f := c.f
	s := &f.s
	segs := c.products[0].Segs
	for r := range count {
		tap := i + r
		kh, kw, channel := tap/(s.K*s.C), tap/s.C%s.K, tap%s.C
		plane := (channel*s.Stride+kh%s.Stride)*s.Stride + kw%s.Stride
		first := (plane*f.height+kh/s.Stride)*f.line + kw/s.Stride
		to := table[r/mr*segs*mr+r%mr:]
		for g := range segs {
			to[g*mr] = &c.planes[g/f.oh*f.imageSize()+g%f.oh*f.line+first]
		}
	}
}

// sumParts adds up what the chunks gave for weights lo to hi.
func (f *planeFilter) sumParts(lo, hi int) {
	s := &f.s
	for tap := lo; tap < hi; tap++ {
		sum := f.parts[tap*s.OutC:][:s.OutC]
		for at := len(f.dst); at < ceilDiv(s.N, f.images)*len(f.dst); at += len(f.dst) {
			for o, v := range f.parts[at+tap*s.OutC:][:s.OutC] {
				sum[o] += v
			}
		}
		for o, v := range sum {
			f.dst[o*f.taps()+tap] = v
		}
	}
}
