package datasets

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// Cropped, padded, stretched, shrunk and enlarged pictures are within 2 of 255 of what Pillow makes
// with its antialiased bicubic filter, with and without transparency.
func TestPrepareAsPillow(t *testing.T) {
	type test struct {
		name, fit      string
		size, channels int
	}
	var tests []test
	for _, name := range []string{"source", "alpha"} {
		for _, fit := range []string{"crop", "pad", "stretch"} {
			for _, size := range []int{16, 47, 80} {
				tests = append(tests, test{name, fit, size, 3})
			}
		}
		tests = append(tests, test{name, "crop", 16, 1})
	}
	tests = append(tests, test{"alpha", "crop", 16, 4}, test{"alpha", "crop", 80, 4})
	for _, fit := range []string{"crop", "stretch"} {
		for _, size := range []int{16, 47, 64} {
			tests = append(tests, test{"photo", fit, size, 3})
		}
	}
	for _, tt := range tests {
		name := fmt.Sprintf("%s-%s-%d-%d", tt.name, tt.fit, tt.size, tt.channels)
		t.Run(name, func(t *testing.T) {
			ending := ".png"
			if tt.name == "photo" {
				ending = ".jpg"
			}
			img, err := decodePicture(datatest.Read(t, "prepared", tt.name+ending), dataset.StandardLimits)
			if err != nil {
				t.Fatal(err)
			}
			want := datatest.Read(t, "prepared", name+".raw")
			got := make([]uint8, tt.size*tt.size*tt.channels)
			newPreparer(tt.size, tt.channels, dataset.Options{Fit: tt.fit, Background: color.NRGBA{R: 255, G: 255, B: 255}}).do(got, img)
			if len(got) != len(want) {
				t.Fatalf("%d bytes, want %d", len(got), len(want))
			}
			if tt.channels == 4 { // colours weigh as much as they are seen
				weigh(got)
				weigh(want)
			}
			if d := datatest.Difference(got, want); d > 2 {
				t.Errorf("differs by %d of 255, want at most 2", d)
			}
		})
	}
}

func weigh(rgba []uint8) {
	for i := 0; i < len(rgba); i += 4 {
		for c := range 3 {
			rgba[i+c] = uint8(int(rgba[i+c]) * int(rgba[i+3]) / 255)
		}
	}
}

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
		newPreparer(8, tt.channels, dataset.Options{Fit: "pad", Background: color.NRGBA{R: bg[0], G: bg[1], B: bg[2]}}).do(dst, src)
		at := func(x, y int) []uint8 { return dst[(8*y+x)*tt.channels:][:tt.channels] }
		if !slices.Equal(at(0, 7), tt.margin) || !slices.Equal(at(3, 1), tt.upper) || !slices.Equal(at(3, 6), tt.bottom) {
			t.Errorf("%d channels: margin %v, upper half %v, lower half %v, want %v, %v, %v", tt.channels, at(0, 7), at(3, 1), at(3, 6), tt.margin, tt.upper, tt.bottom)
		}
	}
}
