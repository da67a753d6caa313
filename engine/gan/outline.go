package gan

// An outline is the memory of a tape without the numbers: how many buffers of each length are in
// use, and how many there ever were at a time. A tape's pool keeps these, by exact length.
type outline struct {
	used, most map[float64]float64
}

func newOutline() *outline {
	return &outline{used: make(map[float64]float64), most: make(map[float64]float64)}
}

// take uses buffers of so many numbers each.
func (o *outline) take(lengths ...float64) {
	for _, n := range lengths {
		o.used[n]++
		o.most[n] = max(o.most[n], o.used[n])
	}
}

// give gives buffers back.
func (o *outline) give(lengths ...float64) {
	for _, n := range lengths {
		o.used[n]--
	}
}

// lend uses buffers for a moment.
func (o *outline) lend(lengths ...float64) {
	o.take(lengths...)
	o.give(lengths...)
}

// mark returns what is in use, for release.
func (o *outline) mark() map[float64]float64 {
	m := make(map[float64]float64, len(o.used))
	for n, k := range o.used {
		m[n] = k
	}
	return m
}

// release gives back what was taken since a mark.
func (o *outline) release(m map[float64]float64) {
	clear(o.used)
	for n, k := range m {
		o.used[n] = k
	}
}

// numbers returns how many numbers all buffers have.
func (o *outline) numbers() float64 {
	sum := 0.0
	for n, k := range o.most {
		sum += n * k
	}
	return sum
}
