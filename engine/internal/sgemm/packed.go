package sgemm

// Packed is a right operand that was packed before and serves any number of products.
type Packed struct {
	k    *kernels
	n    int
	d    depths
	data []float32
}

// Set packs src, n columns of segs·segLen values, in the order that products of that depth read. It
// uses the memory of what b held before, if that is enough.
func (b *Packed) Set(src Packer, n, segs, segLen int) {
	p := Product{Segs: segs, SegLen: segLen}
	b.k, b.n, b.d = active.Load(), n, p.depths()
	width := ceil(n, b.k.nr) * b.k.nr
	if size := segs * segLen * width; cap(b.data) < size {
		b.data = make([]float32, size)
	} else {
		b.data = b.data[:size]
	}
	for i := range b.d.n {
		r := b.d.at(i)
		src.Pack(b.data[r.start*width:], b.k.nr, 0, n, r.start, r.depth)
	}
}

// Pack implements Packer, which a Product's B must be, by a panic: what is packed is not packed
// again.
func (b *Packed) Pack([]float32, int, int, int, int, int) { panic("sgemm: packing what is packed") }

// check panics unless b was packed for products like p.
func (b *Packed) check(p *Product) {
	if b.k != active.Load() || b.n != p.N || b.d != p.depths() {
		panic("sgemm: operand packed for another product or instruction set")
	}
}
