package tensor

// Pool hands out buffers by exact length and takes them back, so that a step whose shapes repeat
// allocates nothing once it is warm. A Pool belongs to one goroutine.
type Pool struct {
	free  map[int][][]float32
	inUse int64
	peak  int64
	total int64
}

// NewPool returns an empty pool.
func NewPool() *Pool { return &Pool{free: make(map[int][][]float32)} }

// Get returns a buffer of n values. What it holds is unspecified.
func (p *Pool) Get(n int) []float32 {
	p.inUse += int64(n) * 4
	p.peak = max(p.peak, p.inUse)
	if list := p.free[n]; len(list) > 0 {
		b := list[len(list)-1]
		p.free[n] = list[:len(list)-1]
		return b
	}
	p.total += int64(n) * 4
	return Floats(n)
}

// Put takes back a buffer that Get returned; the caller must not use it afterwards.
func (p *Pool) Put(b []float32) {
	p.inUse -= int64(len(b)) * 4
	p.free[len(b)] = append(p.free[len(b)], b)
}

// Bytes returns the bytes handed out now, their peak so far, and all bytes that the pool holds.
func (p *Pool) Bytes() (inUse, peak, total int64) { return p.inUse, p.peak, p.total }
