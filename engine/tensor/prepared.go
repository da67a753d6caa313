package tensor

import "ganvas/engine/internal/sgemm"

// Prepared keeps what a convolution makes of its weights before it multiplies with them, for
// weights that stay the same from call to call: those of a generator that only renders. It serves
// one layer, in one direction, and one goroutine. The results are those of Conv and ConvTransposed,
// bit for bit. A nil *Prepared keeps nothing.
type Prepared struct {
	products []keptProduct

	kinds      kindsPacked
	kindsReady bool
}

type keptProduct struct {
	sgemm.Packed
	ready bool
}

// Forget must be called when the weights have changed.
func (p *Prepared) Forget() {
	p.kindsReady = false
	for i := range p.products {
		p.products[i].ready = false
	}
}

// Conv is Conv with the weights that it was first called with.
func (p *Prepared) Conv(dst, x, w []float32, s ConvShape) { conv(dst, x, w, s, p) }

// ConvTransposed is ConvTransposed with the weights that it was first called with.
func (p *Prepared) ConvTransposed(dst, y, w []float32, s ConvShape) { convTransposed(dst, y, w, s, p) }

// use makes the i-th product of a convolution read packed weights.
func (p *Prepared) use(i int, q *sgemm.Product) {
	if p == nil || q.N*q.Segs*q.SegLen == 0 {
		return
	}
	for i >= len(p.products) {
		p.products = append(p.products, keptProduct{})
	}
	k := &p.products[i]
	if !k.ready {
		k.Set(q.B, q.N, q.Segs, q.SegLen)
		k.ready = true
	}
	q.B = &k.Packed
}
