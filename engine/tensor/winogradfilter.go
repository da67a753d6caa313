package tensor

import (
	"ganvas/engine/internal/sgemm"
	"ganvas/engine/internal/winograd"
)

// ConvFilter keeps fastFilterFloats transformed values at a time, which should stay in the
// last-level cache, but as many as make products fastFilterRows deep: each adds to all transformed
// weights.
const (
	fastFilterFloats = 1 << 20
	fastFilterRows   = 256
)

// fastFilter is ConvFilter in fewer products: all threads transform some images and share the
// products with them.
func fastFilter(dst, x, y []float32, s ConvShape) {
	f := newFastConv(s, x, y, dst)
	f.kinds = grown(f.kinds, f.kindsSize())
	images := f.groupSize(fastFilterFloats, fastFilterRows)
	g := &f.all
	for from := 0; from < s.N; from += images {
		g.set(f, from, min(images, s.N-from))
		Parallel(g.n*4, 1, f.allData)
		Parallel(g.n*len(f.rows.segments), 1, f.allOuts)
		g.describeFilter(from > 0)
		sgemm.RunAll(g.products)
	}
	for t := range pairsOfKinds { // no point, no gradient
		if f.first[t+1] == f.first[t] && max(t/winograd.Kinds, t%winograd.Kinds) < f.kindCount() {
			clear(f.kindMatrix(t).Data)
		}
	}
	Parallel(s.OutC, 1, f.unweigh)
	g.forget()
	f.release()
}

// describeFilter makes the products of g: the transposes of outs times data are the transformed
// weights' gradients.
func (g *fastGroup) describeFilter(add bool) {
	f := g.f
	g.products = g.products[:0]
	for t := range pairsOfKinds {
		count := g.lay(t)
		if count == 0 {
			continue
		}
		f.matrices[t] = f.kindMatrix(t)
		g.products = append(g.products, sgemm.Product{
			M: f.s.OutC, N: 4 * f.s.C, Segs: 1, SegLen: count,
			PackA: (*sgemm.Columns)(&g.right[t]), B: (*sgemm.Columns)(&g.left[t]), C: &f.matrices[t], Add: add,
		})
	}
}
