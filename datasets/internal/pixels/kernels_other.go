//go:build !amd64 || noasm

package pixels

func narrow(dst, src []uint8, from []int32, weights []int16, quads int) {
	narrowGeneric(dst, src, from, weights, quads)
}

func blend(dst, src []uint8, stride int, weights []int16) { blendGeneric(dst, src, stride, weights) }

func colour(dst, y, cb, cr []uint8) { colourGeneric(dst, y, cb, cr) }

func thirds(dst []uint16, near, far []uint8) { thirdsGeneric(dst, near, far) }

func spread(dst []uint8, t []uint16) { spreadGeneric(dst, t) }

func inverse(dst []uint8, stride int, block *[64]int16) { inverseGeneric(dst, stride, block) }
