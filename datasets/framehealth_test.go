package datasets

import (
	"context"
	"fmt"
	"image/color"
	"slices"
	"testing"
)

// Pictures smaller than what is asked for, and long ones, are found by what their files are.
func TestExamineFrames(t *testing.T) {
	files := make(map[string][]byte)
	for i, size := range [][2]int{{40, 40}, {20, 40}, {12, 12}, {200, 30}, {24, 30}} {
		files[fmt.Sprintf("%d.png", i)] = plainPNG(size[0], size[1], color.NRGBA{R: uint8(40 * i), A: 255})
	}
	dir := tree(t, files)
	find := func(size int, name string) []int {
		set, err := Open(context.Background(), dir, Options{Size: size}, nil)
		must(t, err)
		found, err := Examine(context.Background(), set, nil)
		must(t, err)
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

// More similar pictures than a split keeps together lie on both sides of it, which is said.
func TestExamineHeldOutCopies(t *testing.T) {
	p := smooth(600, 7)
	for i := 1; i < 40; i++ { // the same picture, each a little different
		copy(p.bytes(i), p.bytes(0))
		p.bytes(i)[i] ^= 1
	}
	found, err := Examine(context.Background(), p, nil)
	must(t, err)
	i := slices.IndexFunc(found, func(f Finding) bool { return f.Name == "held-out-copies" })
	if i < 0 {
		t.Fatalf("found %v, want held-out-copies", found)
	}
	_, held, err := Split(context.Background(), p, nil)
	must(t, err)
	var want []int
	for _, item := range held.Items {
		if item < 40 {
			want = append(want, item)
		}
	}
	if !slices.Equal(found[i].Items, want) {
		t.Errorf("items %v, want those held out of the first 40, %v", found[i].Items, want)
	}
}

func TestMeasure(t *testing.T) {
	files := map[string][]byte{"a.png": plainPNG(8, 8, color.Gray{Y: 200}), "b.png": plainPNG(8, 8, color.Gray{Y: 50})}
	set, err := Open(context.Background(), tree(t, files), Options{}, nil)
	must(t, err)
	m, err := Measure(context.Background(), set, nil)
	must(t, err)
	for i, want := range []float32{200, 50} {
		if got := m.Bright[i]; got < want-0.1 || got > want+0.1 || m.Sharp[i] > 0.01 {
			t.Errorf("picture %d has a brightness of %g and a sharpness of %g, want %g and 0", i, got, m.Sharp[i], want)
		}
	}
	// Stripes of one pixel differ by half of their contrast from the mean of their neighbours, up
	// and down.
	stripes := make([]float32, 64)
	for i := range stripes {
		stripes[i] = float32(i % 2 * 100)
	}
	if got := sharpness(stripes, 8, 8); got < 49.9 || got > 50.1 {
		t.Errorf("stripes have a sharpness of %g, want 50", got)
	}
}
