package tensor

import "ganvas/engine/internal/sgemm"

// ConvFilter sets dst (OutC, K, K, C) to the adjoint of Conv in w: the gradient of the weights for input
// x (N, H, W, C) and output gradient y (N, OH, OW, OutC). dst overlaps neither. It panics if a length does not fit s.
func ConvFilter(dst, x, y []float32, s ConvShape) {
	s.check(len(x), len(y), len(dst))
	v := newConvolver(s, x, y, dst)
	v.pad()
	kkc := s.K * s.K * s.C
	v.a, v.c = sgemm.Matrix{Data: y, Stride: s.OutC}, sgemm.Matrix{Data: dst, Stride: kkc}
	v.p = sgemm.Product{
		M: s.OutC, N: kkc, Segs: 1, SegLen: s.N * v.oh * v.ow,
		PackA: (*sgemm.Columns)(&v.a), B: (*patchColumns)(v), C: &v.c,
	}
	sgemm.Run(&v.p)
	v.release()
}

// patchColumns packs the patches of the input as a right operand: depth runs over the output positions.
type patchColumns convolver

// Pack implements sgemm.Packer. A panel's columns are runs of the input: within a pixel, or within a row of
// a patch where nothing lies beyond the edge.
func (v *patchColumns) Pack(dst []float32, width, j, count, k, depth int) {
	s := &v.s
	run := s.C
	if s.Pad == 0 {
		run = s.K * s.C
	}
	if rest := count % width; rest > 0 {
		clear(dst[(count-rest)*depth : (count-rest+width)*depth])
	}
	for at := 0; at < count; {
		in := at % width
		n := min(count-at, width-in, run-(j+at)%run)
		v.packRun(dst[(at-in)*depth+in:], width, j+at, n, k, depth)
		at += n
	}
}

// packRun packs n columns from column j on, which are contiguous in the input.
func (v *patchColumns) packRun(dst []float32, width, j, n, k0, depth int) {
	s := &v.s
	line, inLine := j/(s.K*s.C), j%(s.K*s.C)
	left, shift := inLine/s.C, inLine%s.C
	step := s.Stride * s.C
	for k := 0; k < depth; {
		pos := (k0 + k) % (v.oh * v.ow)
		image := (k0 + k) / (v.oh * v.ow)
		ow := pos % v.ow
		positions := min(depth-k, v.ow-ow)
		h := pos/v.ow*s.Stride - s.Pad + line
		first, last := ow, ow+positions // those inside the input
		if h < 0 || h >= s.H {
			last = first
		} else if s.Pad > 0 {
			first = min(max(first, ceilDiv(s.Pad-left, s.Stride)), last)
			last = max(min(last, floorDiv(s.W-1+s.Pad-left, s.Stride)+1), first)
		}
		at := dst[k*width:]
		zeroRuns(at, width, n, first-ow)
		if last > first {
			src := ((image*s.H+h)*s.W+first*s.Stride-s.Pad+left)*s.C + shift
			sgemm.CopyRuns(at[(first-ow)*width:], width, v.x[src:], step, n, last-first)
		}
		if last < ow+positions {
			zeroRuns(at[(last-ow)*width:], width, n, ow+positions-last)
		}
		k += positions
	}
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -ceilDiv(-a, b)
	}
	return a / b
}

func zeroRuns(dst []float32, width, n, count int) {
	for i := range count {
		clear(dst[i*width : i*width+n])
	}
}
