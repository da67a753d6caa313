package datasets

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// A crop is centred on its focus as far as the edges allow.
func TestFocus(t *testing.T) {
	for _, tt := range []struct {
		focus [2]float64
		w, h  int
		want  image.Rectangle
	}{
		{[2]float64{}, 10, 5, image.Rect(2, 0, 7, 5)},
		{[2]float64{-0.5, 0.5}, 10, 5, image.Rect(0, 0, 5, 5)},
		{[2]float64{0.5, 0.5}, 10, 5, image.Rect(5, 0, 10, 5)},
		{[2]float64{0.2, 0.2}, 10, 5, image.Rect(4, 0, 9, 5)},
		{[2]float64{0.2, 0.2}, 4, 20, image.Rect(0, 12, 4, 16)},
	} {
		o := Options{Size: 8, FocusX: tt.focus[0], FocusY: tt.focus[1]}
		_, part, err := Prepared(image.NewGray(image.Rect(0, 0, tt.w, tt.h)), o)
		datatest.Must(t, err)
		if part != tt.want {
			t.Errorf("%d×%d around %v: %v, want %v", tt.w, tt.h, tt.focus, part, tt.want)
		}
	}
	if _, err := Open(context.Background(), "emoji", Options{FocusX: 0.6}, nil); err == nil {
		t.Error("a focus beside the picture: no error")
	}
}

// What Originals gives, prepared as the set was, is what the set holds.
func TestOriginals(t *testing.T) {
	files := make(map[string][]byte)
	for i := range 4 {
		files[fmt.Sprintf("%c/%d.png", 'a'+i%2, i)] = datatest.PlainPNG(9+i, 7, color.NRGBA{R: uint8(60 * i), G: 90, A: 255})
	}
	dir := datatest.Tree(t, files)
	for _, source := range []string{dir, "testdata/holiday.zip", "testdata/frames", "testdata/idx/alone.idx3-ubyte", "digits", "emoji", "shapes"} {
		o := Options{Size: 16, Channels: 3, FocusX: 0.1, Background: color.NRGBA{B: 200}}
		set, err := Open(context.Background(), source, o, nil)
		datatest.Must(t, err)
		originals := OpenOriginals(source, Options{})
		for _, i := range []int{0, 1, set.Len() - 1} {
			img, err := originals.Picture(context.Background(), set, i)
			if err != nil {
				t.Errorf("%s, item %d: %v", source, i, err)
				continue
			}
			if at := OriginOf(set, i); at.W > 0 && img.Bounds().Size() != image.Pt(at.W, at.H) {
				t.Errorf("%s, item %d: %v, want %d×%d", source, i, img.Bounds(), at.W, at.H)
			}
			got, _, err := Prepared(img, o)
			datatest.Must(t, err)
			want := Picture(set, i).(*image.RGBA)
			if string(got.(*image.RGBA).Pix) != string(want.Pix) {
				t.Errorf("%s, item %d: prepared anew it is another picture", source, i)
			}
		}
		originals.Close()
	}
}

func TestFirstPictures(t *testing.T) {
	files := map[string][]byte{"readme.txt": []byte("x"), "a/cut.png": datatest.PlainPNG(8, 8, color.White)[:40]}
	for i := range 30 {
		files[fmt.Sprintf("%c/%d.png", 'a'+i%3, i)] = datatest.PlainPNG(8, 8, color.Gray{Y: uint8(i)})
	}
	dir := datatest.Tree(t, files)
	for _, tt := range []struct {
		source  string
		n, want int
	}{{dir, 12, 12}, {dir, 2, 2}, {"testdata/holiday.zip", 3, 3}, {"testdata/points", 9, 0}, {"digits", 9, 0}, {"nowhere", 9, 0}} {
		got := FirstPictures(context.Background(), tt.source, Options{Size: 16}, tt.n)
		// One of those that are looked at is cut.
		if len(got) < tt.want-1 || len(got) > tt.want {
			t.Errorf("%s: %d pictures, want %d", tt.source, len(got), tt.want)
		}
		for _, img := range got {
			if img.Bounds() != image.Rect(0, 0, 16, 16) {
				t.Errorf("%s: a picture of %v", tt.source, img.Bounds())
			}
		}
	}
}

// The original of a cell is the cell, whether the file's name tells its size or the options do.
func TestOriginalsOfCells(t *testing.T) {
	const file = "testdata/frames/sprites_8x8.png"
	for _, o := range []Options{{}, {Cell: 16}} {
		set, err := Open(context.Background(), file, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		originals := OpenOriginals(file, o)
		img, err := originals.Picture(context.Background(), set, 1)
		originals.Close()
		want := max(8, o.Cell)
		if err != nil || img.Bounds().Dx() != want || img.Bounds().Dy() != want {
			t.Errorf("cells of %d: %v, %v", want, img, err)
		}
		if !set.Info().Cut {
			t.Errorf("cells of %d: the notes do not say that it is cut: %q", want, set.Info().Notes)
		}
	}
}

// The original of a frame is that frame, where one in several is taken, of animated pictures and of
// pages.
func TestOriginalsOfFrames(t *testing.T) {
	for _, file := range []string{"testdata/frames/rgb.gif", "testdata/odd/pages.tif"} {
		o := Options{Fit: "stretch", Channels: 3, Stride: 2}
		set, err := Open(context.Background(), file, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		originals := OpenOriginals(file, o)
		for i := range set.Len() {
			img, err := originals.Picture(context.Background(), set, i)
			if err != nil {
				t.Fatal(err)
			}
			o.Size = set.Info().Shape[0]
			got, _, err := Prepared(img, o)
			if want := Picture(set, i); err != nil || string(got.(*image.RGBA).Pix) != string(want.(*image.RGBA).Pix) {
				t.Errorf("%s, item %d: prepared anew it is another picture (%v)", file, i, err)
			}
		}
		originals.Close()
		if set.Len() != 2 || !set.Info().Frames {
			t.Errorf("%s: %d items, %q; want 2, and that they are frames", file, set.Len(), set.Info().Notes)
		}
	}
}
