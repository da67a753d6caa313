package datasets

import (
	"context"
	"fmt"
	"image/color"
	"slices"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// Pictures smaller than what is asked for, and long ones, are found by what their files are.
func TestExamineFrames(t *testing.T) {
	files := make(map[string][]byte)
	for i, size := range [][2]int{{40, 40}, {20, 40}, {12, 12}, {200, 30}, {24, 30}} {
		files[fmt.Sprintf("%d.png", i)] = datatest.PlainPNG(size[0], size[1], color.NRGBA{R: uint8(40 * i), A: 255})
	}
	dir := datatest.Tree(t, files)
	find := func(size int, name string) []int {
		set, err := Open(context.Background(), dir, Options{Size: size}, nil)
		datatest.Must(t, err)
		found, err := Examine(context.Background(), set, nil)
		datatest.Must(t, err)
		for _, f := range found {
			if f.Name == name {
				return f.Items
			}
		}
		return nil
	}
	for _, tt := range []struct {
		size int
		name string
		want []int
	}{{32, "too-small", []int{1, 2}}, {8, "too-small", nil}, {32, "extreme-aspect", []int{3}}} {
		if got := find(tt.size, tt.name); !slices.Equal(got, tt.want) {
			t.Errorf("%s at %d pixels: %v, want %v", tt.name, tt.size, got, tt.want)
		}
	}
}

func TestMeasure(t *testing.T) {
	files := map[string][]byte{"a.png": datatest.PlainPNG(8, 8, color.Gray{Y: 200}), "b.png": datatest.PlainPNG(8, 8, color.Gray{Y: 50})}
	set, err := Open(context.Background(), datatest.Tree(t, files), Options{}, nil)
	datatest.Must(t, err)
	m, err := Measure(context.Background(), set, nil)
	datatest.Must(t, err)
	for i, want := range []float32{200, 50} {
		if got := m.Bright[i]; got < want-0.1 || got > want+0.1 || m.Sharp[i] > 0.01 {
			t.Errorf("picture %d has a brightness of %g and a sharpness of %g, want %g and 0", i, got, m.Sharp[i], want)
		}
	}
}
