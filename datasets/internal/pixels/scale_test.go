package pixels

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// What is scaled is what exact arithmetic gives, but for rounding after either pass, whatever the
// sizes.
func TestScale(t *testing.T) {
	s := new(Scaler)
	for _, tt := range []struct{ from, to image.Point }{
		{image.Pt(1, 1), image.Pt(4, 3)},
		{image.Pt(40, 30), image.Pt(16, 16)},
		{image.Pt(37, 53), image.Pt(8, 80)},
		{image.Pt(9, 200), image.Pt(9, 7)},
		{image.Pt(200, 9), image.Pt(7, 9)},
		{image.Pt(3, 2), image.Pt(31, 17)},
		{image.Pt(3000, 2), image.Pt(5, 5)},
	} {
		img := noisy(tt.from.X, tt.from.Y)
		got := make([]uint8, 4*tt.to.X*tt.to.Y)
		s.Scale(got, tt.to, img, img.Rect)
		want := slowScale(img, tt.to)
		worst := 0.0
		for i, v := range got {
			worst = max(worst, math.Abs(float64(v)-want[i]))
		}
		if worst > 1.3 { // half of 1 for the last rounding, as much for the one before, as far as weights below 0 do not enlarge it
			t.Errorf("%v to %v is off by %.2f of 255, want at most 1.3", tt.from, tt.to, worst)
		}
	}
}

// slowScale scales with float64, clipping between the passes.
func slowScale(img *image.RGBA, to image.Point) []float64 {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	src := make([]float64, 4*w*h)
	for i, v := range img.Pix {
		src[i] = float64(v)
	}
	src = slowPass(src, w, h, to.X)    // h rows of to.X pixels
	src = turn(src, to.X, h)           // to.X rows of h
	src = slowPass(src, h, to.X, to.Y) // to.X rows of to.Y
	return turn(src, to.Y, to.X)
}

func turn(src []float64, w, h int) []float64 {
	dst := make([]float64, len(src))
	for y := range h {
		for x := range w {
			copy(dst[4*(x*h+y):], src[4*(y*w+x):4*(y*w+x)+4])
		}
	}
	return dst
}

// slowPass brings h rows of n pixels to rows of m.
func slowPass(src []float64, n, h, m int) []float64 {
	if n == m {
		return src
	}
	dst := make([]float64, 4*h*m)
	scale := float64(n) / float64(m)
	wide := max(1, scale)
	for i := range m {
		centre := (float64(i) + 0.5) * scale
		total := 0.0
		for k := range n {
			total += within(k, centre, wide)
		}
		for y := range h {
			for c := range 4 {
				v := 0.0
				for k := range n {
					v += within(k, centre, wide) / total * src[4*(y*n+k)+c]
				}
				dst[4*(y*m+i)+c] = max(0, min(255, v))
			}
		}
	}
	return dst
}

func within(k int, centre, wide float64) float64 { return cubic((float64(k) + 0.5 - centre) / wide) }

// A picture of one colour stays one, however large it was.
func TestScaleFlat(t *testing.T) {
	img := image.NewUniform(color.RGBA{200, 100, 3, 255})
	for _, n := range []int{1, 5, 64, 1000, 30000} {
		got := make([]uint8, 4*8*8)
		new(Scaler).Scale(got, image.Pt(8, 8), img, image.Rect(0, 0, n, 10))
		for i := 0; i < len(got); i += 4 {
			if [4]uint8(got[i:i+4]) != [4]uint8{200, 100, 3, 255} {
				t.Fatalf("of %d pixels: %v", n, got[i:i+4])
			}
		}
	}
}

// Every kind of picture has the colours that package image says, and parts of it lie where they do.
func TestSources(t *testing.T) {
	r := image.Rect(0, 0, 23, 19)
	pictures := map[string]interface {
		image.Image
		Set(x, y int, c color.Color)
	}{
		"Gray": image.NewGray(r), "RGBA": image.NewRGBA(r), "NRGBA": image.NewNRGBA(r), "CMYK": image.NewCMYK(r), "NRGBA64": image.NewNRGBA64(r), "Gray16": image.NewGray16(r),
	}
	for name, img := range pictures {
		for y := range r.Dy() {
			for x := range r.Dx() {
				img.Set(x, y, color.NRGBA{uint8(x * 11), uint8(y * 13), uint8(x * y), uint8(255 - x*y%7*40)})
			}
		}
		checkSource(t, name, img, image.Rect(3, 5, 20, 18), 1)
	}
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		img := image.NewYCbCr(r, ratio)
		for i := range img.Y {
			img.Y[i] = uint8(40 + i%160)
		}
		for i := range img.Cb { // one colour: what is between values does not matter
			img.Cb[i], img.Cr[i] = 110, 140
		}
		checkSource(t, ratio.String(), img, image.Rect(3, 5, 20, 18), 1)
		checkSource(t, ratio.String(), img.SubImage(image.Rect(1, 3, 22, 18)), image.Rect(3, 5, 20, 18), 1)
	}
}

func checkSource(t *testing.T, name string, img image.Image, part image.Rectangle, tolerance int) {
	t.Helper()
	got := make([]uint8, 4*part.Dx()*part.Dy())
	new(Scaler).Scale(got, part.Size(), img, part)
	for y := range part.Dy() {
		for x := range part.Dx() {
			r, g, b, a := img.At(part.Min.X+x, part.Min.Y+y).RGBA()
			for c, want := range []uint32{r, g, b, a} {
				v := int(got[4*(y*part.Dx()+x)+c])
				if d := v - int(want>>8); d > tolerance || d < -tolerance {
					t.Fatalf("%s: pixel %d, %d has %d for channel %d, want %d", name, x, y, v, c, want>>8)
				}
			}
		}
	}
}
