package pixels

// Weights of filters are integers with this many binary digits behind the point.
const (
	weightBits = 14
	weightOne  = 1 << weightBits
	weightHalf = weightOne / 2
)

// narrowGeneric makes a row of pixels of four bytes. Pixel i is the sum of 4·quads pixels of src,
// beginning with pixel from[i], by the weights from 4·quads·i.
func narrowGeneric(dst, src []uint8, from []int32, weights []int16, quads int) {
	n := 4 * quads
	for i, first := range from {
		s := src[4*first : 4*(int(first)+n)]
		var a, b, c, d int32 = weightHalf, weightHalf, weightHalf, weightHalf
		for k, w := range weights[n*i : n*(i+1)] {
			w, p := int32(w), s[4*k:4*k+4]
			a += w * int32(p[0])
			b += w * int32(p[1])
			c += w * int32(p[2])
			d += w * int32(p[3])
		}
		out := dst[4*i : 4*i+4]
		out[0], out[1], out[2], out[3] = clamp(a>>weightBits), clamp(b>>weightBits), clamp(c>>weightBits), clamp(d>>weightBits)
	}
}

// blendGeneric makes bytes that are sums of those of len(weights) rows, stride bytes apart.
func blendGeneric(dst, src []uint8, stride int, weights []int16) {
	for i := range dst {
		sum := int32(weightHalf)
		for k, w := range weights {
			sum += int32(w) * int32(src[k*stride+i])
		}
		dst[i] = clamp(sum >> weightBits)
	}
}

// The conversion of ITU-T Rec. T.871 (JFIF), 1.402, 0.344136, 0.714136 and 1.772, in 4096ths: a
// difference of colour times 256 times these, of which the upper half of 32 bits is kept, counts in
// sixteenths.
const (
	redCr   = 5743
	greenCb = 1410
	greenCr = 2925
	blueCb  = 7258
)

// colourGeneric makes a row of pixels of four bytes, the last of which is 255, of brightness and
// differences of colour.
func colourGeneric(dst, y, cb, cr []uint8) {
	cb, cr = cb[:len(y)], cr[:len(y)]
	for i, v := range y {
		l := int32(v)<<4 + 8
		b, r := (int32(cb[i])-128)<<8, (int32(cr[i])-128)<<8
		out := dst[4*i : 4*i+4]
		out[0] = clamp((l + r*redCr>>16) >> 4)
		out[1] = clamp((l - b*greenCb>>16 - r*greenCr>>16) >> 4)
		out[2] = clamp((l + b*blueCb>>16) >> 4)
		out[3] = 255
	}
}

// thirdsGeneric sets dst to three times near plus far.
func thirdsGeneric(dst []uint16, near, far []uint8) {
	far = far[:len(near)]
	for i, v := range near {
		dst[i] = 3*uint16(v) + uint16(far[i])
	}
}

// spreadGeneric doubles a row of values times 4: what lies between two of them is three quarters
// the nearer one. t has one value more at each end.
func spreadGeneric(dst []uint8, t []uint16) {
	for i := range len(t) - 2 {
		v := 3 * t[i+1]
		dst[2*i] = uint8((v + t[i] + 8) >> 4)
		dst[2*i+1] = uint8((v + t[i+2] + 7) >> 4)
	}
}

func clamp(v int32) uint8 { return uint8(max(0, min(255, v))) }
