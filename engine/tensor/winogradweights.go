package tensor

import (
	"ganvas/engine/internal/sgemm"
	"ganvas/engine/internal/winograd"
)

// prepare transforms and packs the weights, for ConvTransposed if backwards, unless they are kept
// ready.
func (f *fastConv) prepare(backwards bool, kept *Prepared) {
	s := &f.s
	f.backwards, f.packed = backwards, &f.own
	if kept != nil {
		f.packed = &kept.kinds
		if kept.kindsReady {
			return
		}
		kept.kindsReady = true
	}
	f.kinds = grown(f.kinds, f.kindsSize())
	Parallel(s.OutC, 1, f.weigh)
	Parallel(pairsOfKinds, 1, f.pack)
}

// kindsSize is how many values the weights' transform has: those of kinds that there are in neither
// dimension are left out.
func (f *fastConv) kindsSize() int { return f.kindCount() * f.kindCount() * f.s.OutC * 4 * f.s.C }

// kindMatrix returns the transformed weights of a pair of kinds: (OutC, 4·C).
func (f *fastConv) kindMatrix(t int) sgemm.Matrix {
	size := f.s.OutC * 4 * f.s.C
	t = t/winograd.Kinds*f.kindCount() + t%winograd.Kinds
	return sgemm.Matrix{Data: f.kinds[t*size : (t+1)*size], Stride: 4 * f.s.C}
}

// weightTile lists the 2×2 weights of output channel o for a phase, and the values of all pairs of
// kinds made of them.
func (f *fastConv) weightTile(t *tables, o, phase int) (taps, kinds **float32) {
	s := &f.s
	for i := range 4 {
		t.in[i] = &f.w[((o*4+2*(i/2)+phase/2)*4+2*(i%2)+phase%2)*s.C]
	}
	n := f.kindCount()
	for i := range n * n {
		t.out[i] = &f.kinds[((i*s.OutC+o)*4+phase)*s.C]
	}
	return &t.in[0], &t.out[0]
}

// eachWeightTile calls transform for all phases of output channels lo to hi.
func (f *fastConv) eachWeightTile(lo, hi int, transform func(taps, kinds **float32)) {
	t := newTables()
	for i := lo * 4; i < hi*4; i++ {
		transform(f.weightTile(t, i/4, i%4))
	}
	t.release()
}

// kindCount is the number of kinds in each dimension that weights are transformed to.
func (f *fastConv) kindCount() int { return max(f.rows.kinds(), f.cols.kinds()) }

func (f *fastConv) weighChannels(lo, hi int) {
	transform := f.set.Taps[f.kindCount()-3]
	f.eachWeightTile(lo, hi, func(taps, kinds **float32) { transform(taps, 0, kinds, 0, f.s.C) })
}

func (f *fastConv) unweighChannels(lo, hi int) {
	transform := f.set.TapsAdjoint[f.kindCount()-3]
	f.eachWeightTile(lo, hi, func(taps, kinds **float32) { transform(kinds, 0, taps, 0, f.s.C) })
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
