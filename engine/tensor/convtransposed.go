package tensor

import (
	"unsafe"

	"ganvas/engine/internal/sgemm"
)

// groupFloats is how many values of patches of a group of images ConvTransposed keeps at a time for
// each thread: they should stay in the second-level cache.
const groupFloats = 1 << 15

// ConvTransposed sets dst (N, H, W, C) to the adjoint of Conv in x, applied to y (N, OH, OW, OutC).
// dst overlaps neither y nor w (OutC, K, K, C). It panics if a length does not fit s.
func ConvTransposed(dst, y, w []float32, s ConvShape) { convTransposed(dst, y, w, s, nil) }

func convTransposed(dst, y, w []float32, s ConvShape, kept *Prepared) {
	s.check(len(dst), len(y), len(w))
	if s.fast() {
		fastTransposed(dst, y, w, s, kept)
		return
	}
	v := newConvolver(s, dst, y, w)
	switch {
	case len(y) == 0 || len(dst) == 0:
		clear(dst)
	case v.oh*v.ow == 1 && s.Pad == 0 && s.H == s.K && s.W == s.K: // every image is one patch
		v.describePatches(dst)
		kept.use(0, &v.p)
		sgemm.Run(&v.p)
	case s.C <= 8 || 2*v.oh*v.ow*s.K*s.K*s.Stride*s.Stride < s.H*s.W*s.K*s.K:
		v.scatter()
	default:
		v.phases(kept)
	}
	v.release()
}

// describePatches makes v's product set cols to what y contributes to the patches of the input:
// y·w, (N·OH·OW, OutC)·(OutC, K·K·C).
func (v *convolver) describePatches(cols []float32) {
	s := &v.s
	kkc := s.K * s.K * s.C
	v.a, v.b = sgemm.Matrix{Data: v.y, Stride: s.OutC}, sgemm.Matrix{Data: v.w, Stride: kkc}
	v.c = sgemm.Matrix{Data: cols, Stride: kkc}
	v.p = sgemm.Product{
		M: s.N * v.oh * v.ow, N: kkc, Segs: 1, SegLen: s.OutC, A: &v.a, B: (*sgemm.Columns)(&v.b), C: &v.c,
	}
}

// scatter computes the patches of a few images at a time and adds each to where it was taken from.
// It does no product in vain where channels are few or most of the input lies outside of all
// patches.
func (v *convolver) scatter() {
	s := &v.s
	v.images = min(s.N, max(1, groupFloats/(v.oh*v.ow*s.K*s.K*s.C)))
	groups := ceilDiv(s.N, v.images)
	v.together = groups < Threads()
	if v.together {
		v.scatterGroups(0, groups)
		return
	}
	v.reserve(Threads())
	Parallel(groups, 1, v.scatterEach)
}

// group returns a convolver for group g of the images of v, whose product computes their patches.
func (v *convolver) group(g int) *convolver {
	s := v.s
	first := g * v.images
	s.N = min(v.images, s.N-first)
	in, out := s.H*s.W*s.C, v.oh*v.ow*s.OutC
	u := newConvolver(s, v.x[first*in:(first+s.N)*in], v.y[first*out:(first+s.N)*out], v.w)
	u.cols = grown(u.cols, s.N*v.oh*v.ow*s.K*s.K*s.C)
	u.describePatches(u.cols)
	u.p.Serial = !v.together
	return u
}

// reserve allocates what n groups at once will need: how many there are depends on chance.
func (v *convolver) reserve(n int) {
	if n == 0 {
		return
	}
	u := v.group(0)
	sgemm.Reserve(unsafe.Slice(&u.p, 1), n)
	v.reserve(n - 1)
	u.release()
}

// scatterGroups does groups lo to hi of images; all threads share the work on a group if
// v.together.
func (v *convolver) scatterGroups(lo, hi int) {
	for g := lo; g < hi; g++ {
		u := v.group(g)
		sgemm.Run(&u.p)
		if v.together {
			Parallel(u.s.N*u.s.H, 1, u.addPatches)
		} else {
			u.addPatchLines(0, u.s.N*u.s.H)
		}
		u.release()
	}
}

// addPatchLines sums what belongs to lines lo to hi of the input, always in the same order.
func (v *convolver) addPatchLines(lo, hi int) {
	s := &v.s
	for i := lo; i < hi; i++ {
		n, h := i/s.H, i%s.H
		to := v.x[i*s.W*s.C : (i+1)*s.W*s.C]
		clear(to)
		for k := range s.K {
			o := h + s.Pad - k
			if o < 0 || o%s.Stride != 0 || o/s.Stride >= v.oh {
				continue
			}
			v.addPatchRows(to, v.cols[((n*v.oh+o/s.Stride)*v.ow*s.K+k)*s.K*s.C:])
		}
	}
}

// addPatchRows adds row k of the patches of one row of y to the line of the input that it covers.
// It goes by pieces of Stride pixels: those of neighbouring patches lie side by side, where whole
// rows overlap.
func (v *convolver) addPatchRows(to, cols []float32) {
	s := &v.s
	step := s.K * s.K * s.C
	for k := 0; k < s.K; k += s.Stride {
		pixels := min(s.Stride, s.K-k)
		from := cols[k*s.C:]
		// The pieces of patches first to last lie inside the line.
		first := min(max(0, ceilDiv(s.Pad-k, s.Stride)), v.ow)
		last := max(first, min(v.ow, floorDiv(s.W+s.Pad-k-pixels, s.Stride)+1))
		if last > first {
			at := (first*s.Stride + k - s.Pad) * s.C
			sgemm.AddRuns(to[at:], s.Stride*s.C, from[first*step:], step, pixels*s.C, last-first)
		}
		for j := range v.ow {
			if j >= first && j < last {
				continue
			}
			at := (j*s.Stride + k - s.Pad) * s.C
			for c := max(0, -at); c < pixels*s.C && at+c < len(to); c++ {
				to[at+c] += from[j*step+c]
			}
		}
	}
}

// phases splits a transposed convolution of stride s into s·s convolutions of stride 1: input
// pixels (h, w) with the same (h + Pad) mod s and (w + Pad) mod s meet the same weights.
func (v *convolver) phases(kept *Prepared) {
	s := &v.s
	v.zeros = zeroes(s.OutC)
	n := s.Stride * s.Stride
	if cap(v.phase) < n {
		v.phase, v.products = make([]phase, n), make([]sgemm.Product, n)
	}
	v.phase, v.products = v.phase[:n], v.products[:n]
	for i := range v.phase {
		f := &v.phase[i]
		*f = phase{v: v, r: i / s.Stride, q: i % s.Stride}
		f.h0, f.rows = firstOf(f.r, s.Pad, s.Stride, s.H)
		f.w0, f.cols = firstOf(f.q, s.Pad, s.Stride, s.W)
		f.tapsR, f.tapsQ = max(0, ceilDiv(s.K-f.r, s.Stride)), max(0, ceilDiv(s.K-f.q, s.Stride))
		v.products[i] = sgemm.Product{
			M: s.N * f.rows * f.cols, N: s.C, Segs: f.tapsR * f.tapsQ, SegLen: s.OutC, A: f, B: f, C: f,
		}
		kept.use(i, &v.products[i])
	}
	sgemm.RunAll(v.products)
}

// firstOf returns the first h ≥ 0 with (h + pad) mod stride = r and how many there are below n.
func firstOf(r, pad, stride, n int) (first, count int) {
	first = ((r-pad)%stride + stride) % stride
	return first, max(0, ceilDiv(n-first, stride))
}

func ceilDiv(a, b int) int { return (a + b - 1) / b }

func floorDiv(a, b int) int {
	if a < 0 {
		return -ceilDiv(-a, b)
	}
	return a / b
}

// phase is one of these convolutions: left operand, right operand and output of its product.
type phase struct {
	v            *convolver
	r, q         int
	h0, rows     int // its pixels are rows h0, h0+Stride, …
	w0, cols     int
	tapsR, tapsQ int // its weights are rows r, r+Stride, … of the kernel
}

// pixels walks over pixels of a phase.
type pixels struct {
	f       *phase
	n, h, w int // h and w count the phase's own rows and columns
}

func (f *phase) pixels(i int) pixels {
	return pixels{f, i / (f.rows * f.cols), i / f.cols % f.rows, i % f.cols}
}

func (p *pixels) next() {
	if p.w++; p.w == p.f.cols {
		p.w = 0
		if p.h++; p.h == p.f.rows {
			p.h = 0
			p.n++
		}
	}
}

// Rows implements sgemm.Rows: the values of y that meet an input pixel, one segment of OutC values
// a weight.
func (f *phase) Rows(table []*float32, mr, i, count int) {
	v, s := f.v, &f.v.s
	// The first row and column of y that meet the phase's first pixel; every further pixel meets
	// the next.
	i0, j0 := (f.h0+s.Pad-f.r)/s.Stride, (f.w0+s.Pad-f.q)/s.Stride
	at := f.pixels(i)
	group, lane := table, 0
	for range count {
		to := lane
		for oh := i0 + at.h; oh > i0+at.h-f.tapsR; oh-- {
			inside := oh >= 0 && oh < v.oh
			pixel := (at.n*v.oh + oh) * v.ow
			for ow := j0 + at.w; ow > j0+at.w-f.tapsQ; ow-- {
				if inside && ow >= 0 && ow < v.ow {
					group[to] = &v.y[(pixel+ow)*s.OutC]
				} else {
					group[to] = &v.zeros[0]
				}
				to += mr
			}
		}
		at.next()
		if lane++; lane == mr {
			lane = 0
			group = group[mr*f.tapsR*f.tapsQ:]
		}
	}
}

// Outs implements sgemm.Output.
func (f *phase) Outs(table []*float32, i int) {
	s := &f.v.s
	at := f.pixels(i)
	for r := range table {
		table[r] = &f.v.x[((at.n*s.H+f.h0+at.h*s.Stride)*s.W+f.w0+at.w*s.Stride)*s.C]
		at.next()
	}
}

// Pack implements sgemm.Packer: weights by tap of the phase and output channel.
func (f *phase) Pack(dst []float32, width, j, count, k, depth int) {
	s := &f.v.s
	kkc, panelStep := s.K*s.K*s.C, depth*width
	for done := 0; done < depth; {
		tap, o := (k+done)/s.OutC, (k+done)%s.OutC
		n := min(depth-done, s.OutC-o)
		i, l := f.r+tap/f.tapsQ*s.Stride, f.q+tap%f.tapsQ*s.Stride
		sgemm.PackColumns(dst[done*width:], width, panelStep, f.v.w[o*kkc+(i*s.K+l)*s.C+j:], kkc, count, n)
		done += n
	}
}
