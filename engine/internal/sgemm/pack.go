package sgemm

// leftColumns packs the transpose of a matrix as a left operand: what lies side by side in the matrix, lies side by
// side in the panel.
type leftColumns matrix

// Pack implements Packer.
func (m *leftColumns) Pack(dst []float32, width, i0, count, k0, depth int) {
	PackColumns(dst, width, m.data[k0*m.ld+i0:], m.ld, count, depth)
}

// rightMatrix packs the transpose of a matrix, times a factor, as a right operand.
type rightMatrix struct {
	matrix
	factor float32
}

// Pack implements Packer.
func (m *rightMatrix) Pack(dst []float32, width, j0, count, k0, depth int) {
	PackRows(dst, width, m.data[j0*m.ld+k0:], m.ld, count, depth)
	m.scale(dst)
}

func (m *rightMatrix) scale(dst []float32) {
	if m.factor == 1 {
		return
	}
	for i := range dst {
		dst[i] *= m.factor
	}
}

// rightRows packs a matrix, times a factor, as a right operand.
type rightRows rightMatrix

// Pack implements Packer.
func (m *rightRows) Pack(dst []float32, width, j0, count, k0, depth int) {
	PackColumns(dst, width, m.data[k0*m.ld+j0:], m.ld, count, depth)
	(*rightMatrix)(m).scale(dst)
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
