package tensor

import "ganvas/engine/internal/sgemm"

// ConvFilter sets dst (OutC, K, K, C) to the adjoint of Conv in w: the gradient of the weights for
// input x (N, H, W, C) and output gradient y (N, OH, OW, OutC). dst overlaps neither. It panics if
// a length does not fit s.
func ConvFilter(dst, x, y []float32, s ConvShape) {
	s.check(len(x), len(y), len(dst))
	if s.fast() {
		fastFilter(dst, x, y, s)
		return
	}
	if s.inPlanes() {
		planesFilter(dst, x, y, s)
		return
	}
	v := newConvolver(s, x, y, dst)
	v.pad()
	v.zeros = zeroes(s.C)
	kkc := s.K * s.K * s.C
	v.a, v.c = sgemm.Matrix{Data: y, Stride: s.OutC}, sgemm.Matrix{Data: dst, Stride: kkc}
	v.p = sgemm.Product{
		M: s.OutC, N: kkc, Segs: 1, SegLen: s.N * v.oh * v.ow,
		PackA: (*sgemm.Columns)(&v.a), B: (*patchColumns)(v), C: &v.c,
	}
	sgemm.Run(&v.p)
	v.release()
}

// patchColumns packs the patches of the input as a right operand: depth runs over the output
// positions.
type patchColumns convolver

// positions lists the addresses of the pixels that one weight meets.
type positions struct{ table []*float32 }

var freePositions sgemm.FreeList[positions]

// Pack implements sgemm.Packer. A panel's columns are runs of the input: within a pixel, or within
// a row of a patch where nothing lies beyond the edge.
func (v *patchColumns) Pack(dst []float32, width, j, count, k, depth int) {
	s := &v.s
	run := s.C
	if s.Pad == 0 {
		run = s.K * s.C
	}
	if rest := count % width; rest > 0 {
		clear(dst[(count-rest)*depth : (count-rest+width)*depth])
	}
	p := freePositions.Get()
	if p == nil {
		p = &positions{}
	}
	if cap(p.table) < depth+sgemm.GatherAhead {
		p.table = make([]*float32, depth+sgemm.GatherAhead, max(1024, depth+sgemm.GatherAhead))
	}
	p.table = p.table[:depth+sgemm.GatherAhead]
	listed := -1
	for at := 0; at < count; {
		in, weight := at%width, (j+at)/run
		n := min(count-at, width-in, run-(j+at)%run)
		if listed != weight {
			listed = weight
			v.list(p.table, weight*run, k)
		}
		sgemm.GatherRuns(dst[(at-in)*depth+in:], width, p.table, (j+at)%run, n)
		at += n
	}
	clear(p.table)
	freePositions.Put(p)
}

// list sets the table to the pixels that column j of the patches takes from output position k on.
func (v *patchColumns) list(table []*float32, j, k int) {
	s := &v.s
	line, left := j/(s.K*s.C), j%(s.K*s.C)/s.C
	n, at := k/(v.oh*v.ow), k%(v.oh*v.ow)
	oh, ow := at/v.ow, at%v.ow
	count := len(table) - sgemm.GatherAhead
	for i := 0; i < count; {
		h, w := oh*s.Stride-s.Pad+line, ow*s.Stride-s.Pad+left
		inside := h >= 0 && h < s.H
		pixel := (n*s.H+h)*s.W + w
		for end := min(count, i+v.ow-ow); i < end; i++ {
			if inside && w >= 0 && w < s.W {
				table[i] = &v.x[pixel*s.C]
			} else {
				table[i] = &v.zeros[0]
			}
			pixel += s.Stride
			w += s.Stride
		}
		ow = 0
		if oh++; oh == v.oh {
			oh = 0
			n++
		}
	}
	for i := count; i < len(table); i++ {
		table[i] = table[count-1]
	}
}
