package sgemm

// Matrix is a row-major matrix with Stride values from row to row. It is a left operand that is read in place,
// and an output.
type Matrix struct {
	Data   []float32
	Stride int
}

// Row implements Rows.
func (m *Matrix) Row(table []*float32, _, i int) { table[0] = &m.Data[i*m.Stride] }

// Out implements Output.
func (m *Matrix) Out(i int) *float32 { return &m.Data[i*m.Stride] }

// Columns packs panels of columns of a matrix: B, or a left operand that is the transpose of the matrix.
type Columns Matrix

// Pack implements Packer.
func (m *Columns) Pack(dst []float32, width, j0, count, k0, depth int) {
	PackColumns(dst, width, m.Data[k0*m.Stride+j0:], m.Stride, count, depth)
}

// Transposed packs panels of rows of a matrix: of a right operand that is the transpose of the matrix.
type Transposed Matrix

// Pack implements Packer.
func (m *Transposed) Pack(dst []float32, width, j0, count, k0, depth int) {
	PackRows(dst, width, m.Data[j0*m.Stride+k0:], m.Stride, count, depth)
}

// scaled multiplies what another packer packs by a factor.
type scaled struct {
	Packer
	factor float32
}

// Pack implements Packer.
func (s *scaled) Pack(dst []float32, width, j0, count, k0, depth int) {
	s.Packer.Pack(dst, width, j0, count, k0, depth)
	for i := range dst[:width*depth] {
		dst[i] *= s.factor
	}
}

// PackColumns sets dst[k·width+j] to src[k·ld+j] for k < depth and j < count, and to zero for count ≤ j < width.
func PackColumns(dst []float32, width int, src []float32, ld, count, depth int) {
	if count < width {
		clear(dst[:width*depth])
	}
	CopyRuns(dst, width, src, ld, count, depth)
}

// CopyRuns copies count runs of n values, which begin srcStep apart in src and dstStep apart in dst.
func CopyRuns(dst []float32, dstStep int, src []float32, srcStep, n, count int) {
	if n <= 0 || count <= 0 {
		return
	}
	_, _ = dst[(count-1)*dstStep+n-1], src[(count-1)*srcStep+n-1]
	at := 0
	for _, c := range active.Load().copies {
		for ; at+c.n <= n; at += c.n {
			c.copy(&dst[at], dstStep*4, &src[at], srcStep*4, count)
		}
	}
	if at == n {
		return
	}
	for i := range count {
		from, to := src[i*srcStep+at:i*srcStep+n], dst[i*dstStep+at:]
		for k, v := range from {
			to[k] = v
		}
	}
}

// PackRows sets dst[k·width+j] to src[j·ld+k] for k < depth and j < count, and to zero for count ≤ j < width.
func PackRows(dst []float32, width int, src []float32, ld, count, depth int) {
	if count < width {
		clear(dst[:depth*width])
	}
	j := 0
	transpose := active.Load().transpose8
	for ; transpose != nil && depth >= 8 && j+8 <= count; j += 8 {
		_ = src[(j+7)*ld+depth-1]
		transpose(&dst[j], width*4, &src[j*ld], ld*4, depth/8)
		for i := j; i < j+8; i++ {
			for k := depth &^ 7; k < depth; k++ {
				dst[k*width+i] = src[i*ld+k]
			}
		}
	}
	for ; j < count; j++ {
		for k, v := range src[j*ld : j*ld+depth] {
			dst[k*width+j] = v
		}
	}
}
