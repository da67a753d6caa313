package dataset

import (
	"fmt"
	"image"
)

// Picture returns item i of a set of pictures for the screen, sharing no memory with the set. It
// panics when the set holds points.
func Picture(set Set, i int) image.Image {
	shape := set.Info().Shape
	if len(shape) != 3 {
		panic(fmt.Sprintf("datasets: picture of an item of shape %v", shape))
	}
	values := make([]float32, shape[0]*shape[1]*shape[2])
	set.Read(i, values)
	return ToImage(values, shape[0], shape[1], shape[2])
}

// ToImage returns the picture that values in [-1,1], laid out (h,w,c), stand for: *image.Gray for
// one channel, *image.RGBA for three, *image.NRGBA (colours not multiplied by alpha, as in the
// values) for four. Values outside [-1,1] are clipped; NaN counts as -1. It panics when h·w·c is
// not the number of values or c is not 1, 3 or 4.
func ToImage(values []float32, h, w, c int) image.Image {
	if len(values) != h*w*c {
		panic(fmt.Sprintf("datasets: %d values for a picture of %d×%d×%d", len(values), h, w, c))
	}
	r := image.Rect(0, 0, w, h)
	switch c {
	case 1:
		out := image.NewGray(r)
		for i, v := range values {
			out.Pix[i] = ToByte(v)
		}
		return out
	case 3:
		out := image.NewRGBA(r)
		for i := range h * w {
			p := out.Pix[4*i : 4*i+4]
			p[0], p[1], p[2], p[3] = ToByte(values[3*i]), ToByte(values[3*i+1]), ToByte(values[3*i+2]), 255
		}
		return out
	case 4:
		out := image.NewNRGBA(r)
		for i, v := range values {
			out.Pix[i] = ToByte(v)
		}
		return out
	}
	panic(fmt.Sprintf("datasets: a picture of %d channels", c))
}

// ToByte is the inverse of FromByte, rounding to the nearest.
func ToByte(v float32) uint8 {
	if !(v > -1) { // also NaN
		return 0
	}
	if v >= 1 {
		return 255
	}
	return uint8((v+1)*127.5 + 0.5)
}

// FromByte maps 0…255 to [-1,1].
var FromByte = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(i)/127.5 - 1
	}
	return t
}()
