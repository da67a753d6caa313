package sgemm

import (
	"slices"
	"unsafe"
)

// Matrix is a row-major matrix with Stride values from row to row. It is a left operand that is
// read in place, and an output.
type Matrix struct {
	Data   []float32
	Stride int
}

// Rows implements Rows.
func (m *Matrix) Rows(table []*float32, _, i, count int) { m.Outs(table[:count], i) }

// Outs implements Output.
func (m *Matrix) Outs(table []*float32, i int) {
	for r := range table {
		table[r] = &m.Data[(i+r)*m.Stride]
	}
}

// Columns packs panels of columns of a matrix: B, or a left operand that is the transpose of the
// matrix.
type Columns Matrix

// Pack implements Packer.
func (m *Columns) Pack(dst []float32, width, j, count, k, depth int) {
	PackColumns(dst, width, depth*width, m.Data[k*m.Stride+j:], m.Stride, count, depth)
}

// Transposed packs panels of rows of a matrix: of a right operand that is the transpose of the
// matrix.
type Transposed Matrix

// Pack implements Packer.
func (m *Transposed) Pack(dst []float32, width, j, count, k, depth int) {
	PackRows(dst, width, m.Data[j*m.Stride+k:], m.Stride, count, depth)
}

// scaled multiplies what another packer packs by a factor.
type scaled struct {
	Packer
	factor float32
}

// Pack implements Packer.
func (s *scaled) Pack(dst []float32, width, j, count, k, depth int) {
	s.Packer.Pack(dst, width, j, count, k, depth)
	for i := range dst[:ceil(count, width)*width*depth] {
		dst[i] *= s.factor
	}
}

// PackColumns packs as a Packer does: value d of column c is src[d·ld+c]. Panels begin panelStep
// apart in dst.
func PackColumns(dst []float32, width, panelStep int, src []float32, ld, count, depth int) {
	full := count / width
	for d := 0; d < depth; d += someRuns {
		for p := range full {
			CopyRuns(dst[p*panelStep+d*width:], width, src[d*ld+p*width:], ld, width, min(someRuns, depth-d))
		}
	}
	if rest := count - full*width; rest > 0 {
		edge := dst[full*panelStep : full*panelStep+depth*width]
		clear(edge)
		CopyRuns(edge, width, src[full*width:], ld, rest, depth)
	}
}

// someRuns is how many runs of a panel PackColumns copies before it goes on to the next panel,
// which lies in the same pages, and for narrow panels in the same lines of the caches.
const someRuns = 32

// CopyRuns copies count runs of n values, which begin srcStep apart in src and dstStep apart in
// dst.
func CopyRuns(dst []float32, dstStep int, src []float32, srcStep, n, count int) {
	if n <= 0 || count <= 0 {
		return
	}
	_, _ = dst[(count-1)*dstStep+n-1], src[(count-1)*srcStep+n-1]
	copies := active.Load().copies
	if n == narrow && dstStep == narrow && srcStep >= wide-narrow && copies != nil {
		copyNarrow(copies, dst, src, srcStep, count)
		return
	}
	at := 0
	for _, c := range copies {
		for ; at+c.n <= n; at += c.n {
			c.copy(&dst[at], dstStep*4, &src[at], srcStep*4, count)
		}
	}
	if at == n {
		return
	}
	for i := range count {
		copy(dst[i*dstStep+at:], src[i*srcStep+at:i*srcStep+n])
	}
}

// A run of narrow values, of which panels of 6 rows are made, takes two instructions to load and
// two to store. But where runs lie one after the other, wide values may be copied, as the next run
// is written over what is too many; only the last run is copied alone.
const narrow, wide = 6, 8

func copyNarrow(copies []copyFunc, dst, src []float32, srcStep, count int) {
	if count > 1 {
		i := slices.IndexFunc(copies, func(c copyFunc) bool { return c.n == wide })
		copies[i].copy(&dst[0], narrow*4, &src[0], srcStep*4, count-1)
	}
	copy(dst[(count-1)*narrow:][:narrow], src[(count-1)*srcStep:])
}

// AddRuns adds count runs of n values to others; they begin srcStep apart in src and dstStep apart
// in dst. The runs in dst must not overlap.
func AddRuns(dst []float32, dstStep int, src []float32, srcStep, n, count int) {
	if n <= 0 || count <= 0 {
		return
	}
	_, _ = dst[(count-1)*dstStep+n-1], src[(count-1)*srcStep+n-1]
	at := 0
	for _, a := range active.Load().adds {
		for ; at+a.n <= n; at += a.n {
			a.add(&dst[at], dstStep*4, &src[at], srcStep*4, count)
		}
	}
	if at == n {
		return
	}
	for i := range count {
		to := dst[i*dstStep+at : i*dstStep+n]
		for k, x := range src[i*srcStep+at : i*srcStep+n] {
			to[k] += x
		}
	}
}

// GatherAhead is how many addresses a table for GatherRuns holds beyond those of its runs. They are
// prefetched.
const GatherAhead = 8

// GatherRuns copies runs of n values from the addresses in table, all but the last GatherAhead of
// them, plus off values. The runs begin dstStep apart in dst.
func GatherRuns(dst []float32, dstStep int, table []*float32, off, n int) {
	count := len(table) - GatherAhead
	if n <= 0 || count <= 0 {
		return
	}
	_ = dst[(count-1)*dstStep+n-1]
	at := 0
	for _, c := range active.Load().copies {
		for ; at+c.n <= n; at += c.n {
			c.gather(&dst[at], dstStep*4, &table[0], (off+at)*4, count)
		}
	}
	if at == n {
		return
	}
	for i, p := range table[:count] {
		copy(dst[i*dstStep+at:i*dstStep+n], unsafe.Slice((*float32)(unsafe.Add(unsafe.Pointer(p), (off+at)*4)), n-at))
	}
}

// PackRows packs as a Packer does: value d of column c is src[c·ld+d].
func PackRows(dst []float32, width int, src []float32, ld, count, depth int) {
	for at := 0; at < count; at += width {
		packRows(dst[at*depth:], width, src[at*ld:], ld, min(width, count-at), depth)
	}
}

func packRows(dst []float32, width int, src []float32, ld, count, depth int) {
	if count < width {
		clear(dst[:depth*width])
	}
	j, transpose := 0, active.Load().transpose8
	if transpose != nil && depth >= 8 {
		for ; j+8 <= count; j += 8 {
			_ = src[(j+7)*ld+depth-1]
			transpose(&dst[j], width*4, &src[j*ld], ld*4, depth/8)
			packDeep(dst[j:], width, src[j*ld:], ld, 8, depth&^7, depth)
		}
		if n := count - j; n > 1 && (j+7)*ld+depth <= len(src) { // read 8 rows, use n of them
			packSome(dst[j:], width, src[j*ld:], ld, n, depth)
			return
		}
	}
	if j < count {
		packDeep(dst[j:], width, src[j*ld:], ld, count-j, 0, depth)
	}
}

// packDeep packs count columns from depth first on, one value at a time.
func packDeep(dst []float32, width int, src []float32, ld, count, first, depth int) {
	for c := range count {
		for k := first; k < depth; k++ {
			dst[k*width+c] = src[c*ld+k]
		}
	}
}

// piece is how many values of a column packSome has in its hands at a time.
const piece = 128

var freePieces FreeList[[8 * piece]float32]

// packSome packs fewer than 8 columns by way of 8, of which it copies the first n.
func packSome(dst []float32, width int, src []float32, ld, n, depth int) {
	eight := freePieces.Get()
	if eight == nil {
		eight = new([8 * piece]float32)
	}
	defer freePieces.Put(eight)
	transpose := active.Load().transpose8
	for k := 0; k+8 <= depth; k += piece {
		blocks := min(piece, depth-k) / 8
		transpose(&eight[0], 32, &src[k], ld*4, blocks)
		CopyRuns(dst[k*width:], width, eight[:], 8, n, blocks*8)
	}
	packDeep(dst, width, src, ld, n, depth&^7, depth)
}
