package armasm

// moves are Go's instructions that load and store 1, 2 or 4 float32; what a load leaves of the
// register is zero.
var moves = map[int]string{1: "FMOVS", 2: "FMOVD", 4: "FMOVQ"}

// Load reads n float32, 1, 2 or 4, at base plus off bytes; the other lanes become zero.
func (f *Func) Load(n int, d V, base X, off int) {
	f.Ins("%s %d(%v), %s", moves[n], off, base, d.scalar())
}

// Store writes the first n float32, 1, 2 or 4, of s at base plus off bytes.
func (f *Func) Store(n int, s V, base X, off int) {
	f.Ins("%s %s, %d(%v)", moves[n], s.scalar(), off, base)
}

// LoadIndexed reads n float32, 1, 2 or 4, at base plus a register of bytes; the other lanes become
// zero.
func (f *Func) LoadIndexed(n int, d V, base, index X) {
	if n == 4 {
		f.word(0x3ce06800|uint32(index)<<16|uint32(base)<<5|uint32(d), "ldr q%d, [x%d, x%d]", d, base, index)
		return
	}
	f.Ins("%s (%v)(%v), %s", moves[n], base, index, d.scalar())
}

// StoreIndexed writes four float32 at base plus a register of bytes.
func (f *Func) StoreIndexed(s V, base, index X) {
	f.word(0x3ca06800|uint32(index)<<16|uint32(base)<<5|uint32(s), "str q%d, [x%d, x%d]", s, base, index)
}

// LoadPair reads eight float32 at base plus off bytes.
func (f *Func) LoadPair(d, e V, base X, off int) {
	f.Ins("FLDPQ %d(%v), (%s, %s)", off, base, d.scalar(), e.scalar())
}

// StorePair writes eight float32 at base plus off bytes.
func (f *Func) StorePair(s, t V, base X, off int) {
	f.Ins("FSTPQ (%s, %s), %d(%v)", s.scalar(), t.scalar(), off, base)
}

// StoreFloat64 writes the first float64 of s to what an operand stands for.
func (f *Func) StoreFloat64(s V, to string) { f.Ins("FMOVD %s, %s", s.scalar(), to) }

// Prefetch reads the line of base plus off bytes into the caches.
func (f *Func) Prefetch(base X, off int) { f.Ins("PRFM %d(%v), PLDL1KEEP", off, base) }

// Advance adds to addresses.
func (f *Func) Advance(bytes int, regs ...X) {
	seen := map[X]bool{}
	for _, x := range regs {
		if !seen[x] {
			f.Ins("ADD $%d, %v", bytes, x)
		}
		seen[x] = true
	}
}
