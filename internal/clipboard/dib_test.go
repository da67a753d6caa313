package clipboard

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/bmp"
)

// A bitmap with a file's header before it is a BMP file, which another reader takes.
func TestDIB(t *testing.T) {
	img := image.NewRGBA(image.Rect(2, 3, 7, 6)) // a row of 15 bytes is filled up to 16
	for i := range img.Pix {
		img.Pix[i] = uint8(31 * i)
	}
	for y := 3; y < 6; y++ {
		for x := 2; x < 7; x++ {
			c := img.RGBAAt(x, y)
			c.A = 0xff
			img.SetRGBA(x, y, c)
		}
	}
	img.SetRGBA(4, 4, color.RGBA{}) // nothing is white
	content := dib(img)
	file := append([]byte("BM"), make([]byte, 12)...)
	binary.LittleEndian.PutUint32(file[2:], uint32(14+len(content)))
	binary.LittleEndian.PutUint32(file[10:], 14+40)
	got, err := bmp.Decode(bytes.NewReader(append(file, content...)))
	if err != nil {
		t.Fatal(err)
	}
	img.SetRGBA(4, 4, color.RGBA{0xff, 0xff, 0xff, 0xff})
	for y := range 3 {
		for x := range 5 {
			if got, want := color.RGBAModel.Convert(got.At(x, y)), img.RGBAAt(x+2, y+3); got != want {
				t.Errorf("pixel %d, %d is %v, want %v", x, y, got, want)
			}
		}
	}
}
