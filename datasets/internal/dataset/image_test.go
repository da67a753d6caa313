package dataset

import (
	"image"
	"math"
	"slices"
	"testing"
)

func TestToImage(t *testing.T) {
	nan := float32(math.NaN())
	grey := ToImage([]float32{-1, 0, 1, -7, 7, nan}, 2, 3, 1).(*image.Gray)
	if want := []uint8{0, 128, 255, 0, 255, 0}; !slices.Equal(grey.Pix, want) {
		t.Errorf("grey %v, want %v", grey.Pix, want)
	}
	rgb := ToImage([]float32{-1, 0, 1}, 1, 1, 3).(*image.RGBA)
	if want := []uint8{0, 128, 255, 255}; !slices.Equal(rgb.Pix, want) {
		t.Errorf("colour %v, want %v", rgb.Pix, want)
	}
	// Half-transparent white stays white: colours are not multiplied by alpha.
	rgba := ToImage([]float32{1, 1, 1, 0}, 1, 1, 4).(*image.NRGBA)
	if want := []uint8{255, 255, 255, 128}; !slices.Equal(rgba.Pix, want) {
		t.Errorf("with alpha %v, want %v", rgba.Pix, want)
	}
	for b, v := range FromByte {
		if got := ToByte(v); int(got) != b {
			t.Errorf("byte %d becomes %v and %d again", b, v, got)
		}
	}
}
