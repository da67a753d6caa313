package pixels

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// noisy is a picture with smooth and rough places.
func noisy(w, h int) *image.RGBA {
	r := rand.New(rand.NewPCG(uint64(w), uint64(h)))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			n := r.IntN(1 + x%64)
			img.SetRGBA(x, y, color.RGBA{uint8(x*3 + n), uint8(y*2 + n), uint8((x + y) ^ n), 255})
		}
	}
	return img
}

func encoded(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// files are those of the folder testdata: JPEGs by libjpeg, with every resolution of colour,
// markers, grey, and unusual ones.
func files(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.jpg")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files (%v)", len(names), err)
	}
	out := make(map[string][]byte)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = data
	}
	return out
}

// Samples are those of package image/jpeg but for 1, which decoders may differ by (T.83).
func TestDecode(t *testing.T) {
	all := files(t)
	for _, side := range []image.Point{{1, 1}, {7, 9}, {8, 8}, {17, 16}, {64, 48}, {101, 33}} {
		for _, quality := range []int{5, 50, 90, 100} {
			all[fmt.Sprintf("%v at %d", side, quality)] = encoded(t, noisy(side.X, side.Y), quality)
		}
	}
	d := new(Decoder)
	for name, data := range all {
		want, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Decode(data, want.Bounds().Size())
		if unusual := name == "progressive.jpg" || name == "cmyk.jpg" || name == "rgb.jpg"; unusual || err != nil {
			if err != ErrUnusual || !unusual {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if got.Bounds() != want.Bounds() {
			t.Errorf("%s: %v, want %v", name, got.Bounds(), want.Bounds())
			continue
		}
		if worst := apart(got, want); worst > 1 {
			t.Errorf("%s: samples are off by %d, want at most 1", name, worst)
		}
	}
}

// apart returns the largest difference of samples.
func apart(a, b image.Image) int {
	worst := 0
	compare := func(x, y uint8) { worst = max(worst, int(x)-int(y), int(y)-int(x)) }
	r := a.Bounds()
	for y := range r.Dy() {
		for x := range r.Dx() {
			switch a := a.(type) {
			case *image.Gray:
				compare(a.GrayAt(x, y).Y, b.(*image.Gray).GrayAt(x, y).Y)
			case *image.YCbCr:
				p, q := a.YCbCrAt(x, y), b.(*image.YCbCr).YCbCrAt(x, y)
				compare(p.Y, q.Y)
				compare(p.Cb, q.Cb)
				compare(p.Cr, q.Cr)
			}
		}
	}
	return worst
}

// A second picture takes no new memory.
func TestAllocates(t *testing.T) {
	data := encoded(t, noisy(64, 64), 90)
	d, s := new(Decoder), new(Scaler)
	dst := make([]uint8, 4*20*20)
	if n := testing.AllocsPerRun(10, func() {
		img, err := d.Decode(data, image.Pt(64, 64))
		if err != nil {
			t.Fatal(err)
		}
		s.Scale(dst, image.Pt(20, 20), img, img.Bounds())
	}); n > 0 {
		t.Errorf("%.0f allocations, want none", n)
	}
}

// What is decoded here, package image/jpeg decodes too, whatever is wrong with it.
func FuzzDecode(f *testing.F) {
	for _, data := range files(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		head, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || head.Width*head.Height > 1<<20 {
			return
		}
		d := new(Decoder)
		img, err := d.Decode(data, image.Pt(head.Width, head.Height))
		if err != nil {
			return
		}
		if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
			t.Errorf("a picture of %v, where image/jpeg says: %v", img.Bounds(), err)
		}
		new(Scaler).Scale(make([]uint8, 4*5*5), image.Pt(5, 5), img, img.Bounds())
	})
}

// BenchmarkJPEG decodes a picture of 256×256, and brings it to 64×64.
func BenchmarkJPEG(b *testing.B) {
	data := encoded(b, noisy(256, 256), 90)
	d, s := new(Decoder), new(Scaler)
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := d.Decode(data, image.Pt(256, 256)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("scale", func(b *testing.B) {
		dst := make([]uint8, 4*64*64)
		for b.Loop() {
			s.Scale(dst, image.Pt(64, 64), &d.colour, d.colour.Rect)
		}
	})
}
