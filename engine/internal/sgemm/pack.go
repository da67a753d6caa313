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
	switch {
	case count < width:
		for k := range depth {
			to := dst[k*width : (k+1)*width]
			clear(to[copy(to, src[k*ld:k*ld+count]):])
		}
	case width == 6:
		for k := range depth {
			*(*[6]float32)(dst[k*6:]) = *(*[6]float32)(src[k*ld:])
		}
	case width == 12:
		for k := range depth {
			*(*[12]float32)(dst[k*12:]) = *(*[12]float32)(src[k*ld:])
		}
	case width == 16:
		for k := range depth {
			*(*[16]float32)(dst[k*16:]) = *(*[16]float32)(src[k*ld:])
		}
	case width == 32:
		for k := range depth {
			*(*[32]float32)(dst[k*32:]) = *(*[32]float32)(src[k*ld:])
		}
	default:
		for k := range depth {
			copy(dst[k*width:(k+1)*width], src[k*ld:])
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
