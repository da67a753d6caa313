package prepare

import (
	"image"
	"image/color"
	"slices"
	"testing"

	"ganvas/datasets/internal/dataset"
)

func TestBackground(t *testing.T) {
	src := image.NewNRGBA(image.Rect(0, 0, 4, 8))
	for y := range 8 {
		for x := range 4 {
			src.SetNRGBA(x, y, color.NRGBA{R: 200, A: uint8(y / 4 * 128)}) // the upper half is transparent, the lower half red
		}
	}
	bg := [3]uint8{10, 20, 30}
	tests := []struct {
		channels              int
		margin, upper, bottom []uint8
	}{
		// Half red over the background: (200·128 + 10·127)/255 = 105 and so on; luma 0.299·10 +
		// 0.587·20 + 0.114·30 = 18.
		{1, []uint8{18}, []uint8{18}, []uint8{luma(105, 10, 15)}},
		{3, bg[:], bg[:], []uint8{105, 10, 15}},
		{4, []uint8{10, 20, 30, 0}, []uint8{10, 20, 30, 0}, []uint8{200, 0, 0, 128}},
	}
	for _, tt := range tests {
		dst := make([]uint8, 64*tt.channels)
		NewPreparer(8, tt.channels, dataset.Options{Fit: "pad", Background: color.NRGBA{R: bg[0], G: bg[1], B: bg[2]}}).Do(dst, src)
		at := func(x, y int) []uint8 { return dst[(8*y+x)*tt.channels:][:tt.channels] }
		if !slices.Equal(at(0, 7), tt.margin) || !slices.Equal(at(3, 1), tt.upper) || !slices.Equal(at(3, 6), tt.bottom) {
			t.Errorf("%d channels: margin %v, upper half %v, lower half %v, want %v, %v, %v", tt.channels, at(0, 7), at(3, 1), at(3, 6), tt.margin, tt.upper, tt.bottom)
		}
	}
}
