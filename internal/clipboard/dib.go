package clipboard

import (
	"encoding/binary"
	"image"
	"image/color"
)

// dib returns a picture as Windows' device-independent bitmap of 24 bits, which every program there
// reads, on white: BITMAPINFOHEADER and the rows from the bottom, each of a multiple of four bytes.
func dib(img image.Image) []byte {
	const header = 40
	b := img.Bounds()
	stride := (3*b.Dx() + 3) &^ 3
	out := make([]byte, header+stride*b.Dy())
	le := binary.LittleEndian
	le.PutUint32(out, header)
	le.PutUint32(out[4:], uint32(b.Dx()))
	le.PutUint32(out[8:], uint32(b.Dy()))
	le.PutUint16(out[12:], 1) // planes
	le.PutUint16(out[14:], 24)
	le.PutUint32(out[20:], uint32(stride*b.Dy()))
	for y := range b.Dy() {
		row := out[header+(b.Dy()-1-y)*stride:]
		for x := range b.Dx() {
			c := color.RGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.RGBA)
			white := 0xff - c.A
			row[3*x], row[3*x+1], row[3*x+2] = c.B+white, c.G+white, c.R+white
		}
	}
	return out
}
