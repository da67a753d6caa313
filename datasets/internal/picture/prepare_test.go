package picture

import (
	"fmt"
	"image/color"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/prepare"
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
			img, err := DecodePicture(datatest.Read(t, "prepared", tt.name+ending), dataset.StandardLimits)
			if err != nil {
				t.Fatal(err)
			}
			want := datatest.Read(t, "prepared", name+".raw")
			got := make([]uint8, tt.size*tt.size*tt.channels)
			prepare.NewPreparer(tt.size, tt.channels, dataset.Options{Fit: tt.fit, Background: color.NRGBA{R: 255, G: 255, B: 255}}).Do(got, img)
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
