package tensor

import (
	"fmt"
	"sync/atomic"

	"ganvas/engine/internal/sgemm"
)

// ConvShape describes a two-dimensional convolution: input (N, H, W, C), weights (OutC, K, K, C),
// output (N, OH, OW, OutC) with OH = ⌊(H + 2·Pad − K)/Stride⌋ + 1 and OW likewise.
type ConvShape struct {
	N, H, W, C           int
	OutC, K, Stride, Pad int
}

// Out returns the height and width of the output.
func (s ConvShape) Out() (oh, ow int) {
	return (s.H+2*s.Pad-s.K)/s.Stride + 1, (s.W+2*s.Pad-s.K)/s.Stride + 1
}

// check panics unless the lengths of input, output and weights fit the shape.
func (s ConvShape) check(x, y, w int) {
	if min(s.N, s.H, s.W, s.C, s.OutC, s.Pad) < 0 || s.K < 1 || s.Stride < 1 ||
		s.H+2*s.Pad < s.K || s.W+2*s.Pad < s.K {
		panic(fmt.Sprintf("tensor: impossible convolution %+v", s))
	}
	oh, ow := s.Out()
	if x != s.N*s.H*s.W*s.C || y != s.N*oh*ow*s.OutC || w != s.OutC*s.K*s.K*s.C {
		panic(fmt.Sprintf("tensor: convolution %+v with %d inputs, %d outputs and %d weights", s, x, y, w))
	}
}

// Convolutions are products of matrices one of which nobody ever writes down: its rows, the patches
// of the input, are read where they lie (M. Dukhan, "The Indirect Convolution Algorithm", 2019) or
// packed by the piece.

// A convolver holds what one convolution needs, kept for the next one.
type convolver struct {
	p       sgemm.Product
	s       ConvShape
	oh, ow  int
	x, y, w []float32
	zeros   []float32 // what lies beyond the edge, long enough for a segment
	padded  []float32
	cols    []float32
	a, b, c sgemm.Matrix
	// Of a transposed convolution by phases.
	phase    []phase
	products []sgemm.Product
	// Of a transposed convolution by groups of images: their size, and whether all threads work on
	// one.
	images   int
	together bool

	// Bound once, because binding a method allocates.
	padImages, addPatches, scatterEach func(lo, hi int)
}

var freeConvolvers sgemm.FreeList[convolver]

func newConvolver(s ConvShape, x, y, w []float32) *convolver {
	v := freeConvolvers.Get()
	if v == nil {
		v = &convolver{}
		v.padImages, v.addPatches, v.scatterEach = v.padRange, v.addPatchLines, v.scatterGroups
	}
	v.s, v.x, v.y, v.w = s, x, y, w
	v.oh, v.ow = s.Out()
	return v
}

func (v *convolver) release() {
	v.p = sgemm.Product{}
	v.x, v.y, v.w, v.zeros = nil, nil, nil, nil
	v.a, v.b, v.c = sgemm.Matrix{}, sgemm.Matrix{}, sgemm.Matrix{}
	freeConvolvers.Put(v)
}

// grown returns buf with length n; what it holds is unspecified.
func grown(buf []float32, n int) []float32 {
	if cap(buf) < n {
		return make([]float32, n)
	}
	return buf[:n]
}

var sharedZeros atomic.Pointer[[]float32]

// zeroes returns n zeros, which nobody may write.
func zeroes(n int) []float32 {
	if z := sharedZeros.Load(); z != nil && len(*z) >= n {
		return *z
	}
	z := make([]float32, max(n, 512))
	sharedZeros.Store(&z)
	return z
}

// padBelow is the number of channels below which a copy of the input with zeros around it pays:
// then a row of a patch is one run of K·C values, where otherwise every pixel has to be addressed.
const padBelow = 16

// pad replaces x by such a copy if that pays.
func (v *convolver) pad() {
	s := &v.s
	if s.Pad == 0 || s.C >= padBelow {
		return
	}
	v.padded = grown(v.padded, s.N*(s.H+2*s.Pad)*(s.W+2*s.Pad)*s.C)
	Parallel(s.N, max(1, (1<<15)/max(1, s.H*s.W*s.C)), v.padImages)
	v.x, s.H, s.W, s.Pad = v.padded, s.H+2*s.Pad, s.W+2*s.Pad, 0
}

func (v *convolver) padRange(lo, hi int) {
	s := &v.s
	in, out := s.W*s.C, (s.W+2*s.Pad)*s.C
	edge := s.Pad * s.C
	for n := lo; n < hi; n++ {
		to := v.padded[n*(s.H+2*s.Pad)*out : (n+1)*(s.H+2*s.Pad)*out]
		clear(to[:s.Pad*out])
		clear(to[(s.H+s.Pad)*out:])
		for i := range s.H {
			line := to[(i+s.Pad)*out : (i+s.Pad+1)*out]
			clear(line[:edge])
			copy(line[edge:], v.x[(n*s.H+i)*in:(n*s.H+i+1)*in])
			clear(line[edge+in:])
		}
	}
}

// Conv sets dst (N, OH, OW, OutC) to the convolution (cross-correlation, as in PyTorch) of x (N, H,
// W, C) with w (OutC, K, K, C). dst overlaps neither. It panics if a length does not fit s.
func Conv(dst, x, w []float32, s ConvShape) { conv(dst, x, w, s, nil) }

func conv(dst, x, w []float32, s ConvShape, kept *Prepared) {
	s.check(len(x), len(dst), len(w))
	if s.fast() {
		fastForward(dst, x, w, s, kept)
		return
	}
	v := newConvolver(s, x, dst, w)
	v.pad()
	kkc := s.K * s.K * s.C
	v.b, v.c = sgemm.Matrix{Data: w, Stride: kkc}, sgemm.Matrix{Data: dst, Stride: s.OutC}
	v.p = sgemm.Product{
		M: s.N * v.oh * v.ow, N: s.OutC, Segs: s.K * s.K, SegLen: s.C,
		A: (*patches)(v), B: (*sgemm.Transposed)(&v.b), C: &v.c,
	}
	switch {
	case v.s.Pad == 0 && v.s.W == s.K: // a patch is contiguous
		v.p.Segs, v.p.SegLen = 1, kkc
	case v.s.Pad == 0: // a row of a patch is
		v.p.Segs, v.p.SegLen = s.K, s.K*s.C
	default:
		v.zeros = zeroes(s.C)
	}
	kept.use(0, &v.p)
	sgemm.Run(&v.p)
	v.release()
}

// patches reads the patches of the input as rows: one for every output position.
type patches convolver

// Rows implements sgemm.Rows.
func (v *patches) Rows(table []*float32, mr, i, count int) {
	s := &v.s
	n, at := i/(v.oh*v.ow), i%(v.oh*v.ow)
	oh, ow := at/v.ow, at%v.ow
	group, lane := table, 0
	for range count {
		i0, j0 := oh*s.Stride-s.Pad, ow*s.Stride-s.Pad
		if s.Pad == 0 {
			from := v.x[((n*s.H+i0)*s.W+j0)*s.C:]
			for k := range v.p.Segs {
				group[k*mr+lane] = &from[k*s.W*s.C]
			}
		} else {
			v.taps(group[lane:], mr, n*s.H*s.W, i0, j0)
		}
		if ow++; ow == v.ow {
			ow = 0
			if oh++; oh == v.oh {
				oh = 0
				n++
			}
		}
		if lane++; lane == mr {
			lane = 0
			group = group[mr*v.p.Segs:]
		}
	}
}

// taps lists the pixels of the patch at (i0, j0) of the image whose first pixel is number image.
func (v *patches) taps(table []*float32, step, image, i0, j0 int) {
	s := &v.s
	at := 0
	for h := i0; h < i0+s.K; h++ {
		inside := h >= 0 && h < s.H
		pixel := image + h*s.W
		for j := j0; j < j0+s.K; j++ {
			if inside && j >= 0 && j < s.W {
				table[at] = &v.x[(pixel+j)*s.C]
			} else {
				table[at] = &v.zeros[0]
			}
			at += step
		}
	}
}
