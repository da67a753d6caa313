package prepare

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// Peak is the brightest value of some pictures, of 65,535.
type Peak struct {
	value   int32
	deep    bool // one of them has 16 bits
	shallow bool // one of them has 8
}

// Add counts a picture in, which a preparer has prepared. Once one of the set is bright enough, no
// pixels are looked at.
func (k *Peak) Add(img image.Image, p *Preparer) {
	if p.Seen.Load() || p.bright() {
		p.Seen.Store(true)
		k.value = math.MaxUint16
		return
	}
	deep := false
	switch img.ColorModel() {
	case color.Gray16Model, color.RGBA64Model, color.NRGBA64Model:
		deep = true
	}
	k.deep, k.shallow = k.deep || deep, k.shallow || !deep
	k.value = max(k.value, int32(brightest(img)))
}

// bright says whether a prepared picture has a value that is not nearly black, in a pixel that can
// be seen.
func (p *Preparer) bright() bool {
	pix := p.Scaled.Pix
	for i := 0; i+3 < len(pix); i += 4 {
		if max(pix[i], pix[i+1], pix[i+2]) >= dataset.Darkest && pix[i+3] != 0 {
			return true
		}
	}
	return false
}

// brightest is the largest value of a picture, of 65,535.
func brightest(img image.Image) int {
	most := 0
	switch img := img.(type) {
	case *image.Gray:
		for y := range img.Rect.Dy() {
			most = max(most, 257*int(slices.Max(img.Pix[y*img.Stride:y*img.Stride+img.Rect.Dx()])))
		}
		return most
	case *image.Gray16:
		for y := range img.Rect.Dy() {
			row := img.Pix[y*img.Stride : y*img.Stride+2*img.Rect.Dx()]
			for x := 0; x < len(row); x += 2 {
				most = max(most, int(row[x])<<8|int(row[x+1]))
			}
		}
		return most
	case *image.NRGBA: // of palettes too
		for y := range img.Rect.Dy() {
			row := img.Pix[y*img.Stride : y*img.Stride+4*img.Rect.Dx()]
			for x := 0; x < len(row); x += 4 {
				if row[x+3] != 0 {
					most = max(most, 257*int(max(row[x], row[x+1], row[x+2])))
				}
			}
		}
		return most
	}
	eachColour(img, func(_, _ int, c color.NRGBA64) {
		if c.A != 0 {
			most = max(most, int(c.R), int(c.G), int(c.B))
		}
	})
	return most
}

// eachColour calls f with the colour of each pixel, counted from the upper left.
func eachColour(img image.Image, f func(x, y int, c color.NRGBA64)) {
	b := img.Bounds()
	if img, ok := img.(*image.Gray); ok { // most masks
		for y := range b.Dy() {
			for x, v := range img.Pix[y*img.Stride : y*img.Stride+b.Dx()] {
				v := 257 * uint16(v)
				f(x, y, color.NRGBA64{R: v, G: v, B: v, A: math.MaxUint16})
			}
		}
		return
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			f(x, y, color.NRGBA64Model.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA64))
		}
	}
}

// Join counts in the pictures of another peak.
func (k *Peak) Join(other Peak) {
	k.value = max(k.value, other.value)
	k.deep, k.shallow = k.deep || other.deep, k.shallow || other.shallow
}

// White returns what is to stand for white in files all of whose values are next to black: those
// of masks, whose values number classes, and of cameras with 10, 12 or 14 bits. It returns 0 where
// some value is brighter, or all are black.
func (k *Peak) White() int {
	switch {
	case k.value >= dataset.Darkest*257:
		return 0
	case k.deep && !k.shallow && k.value >= dataset.Darkest:
		return int(DepthOf(float64(k.value)))
	}
	return int(k.value)
}

// WhiteNote says what was done where white is another value than usual.
func WhiteNote(white int) string {
	used, of := white, math.MaxUint16
	if white%257 == 0 {
		used, of = white/257, math.MaxUint8
	}
	return fmt.Sprintf("values from 0 to %s of %s, brought to all of the range", wording.Thousands(used), wording.Thousands(of))
}

// Stretched returns a picture in which white is what stood for it; 0 leaves the picture.
func Stretched(img image.Image, white int) image.Image {
	if white == 0 {
		return img
	}
	full := func(v uint16) uint16 { return uint16(min(math.MaxUint16, (int(v)*math.MaxUint16+white/2)/white)) }
	r := image.Rectangle{Max: img.Bounds().Size()}
	switch img.ColorModel() {
	case color.GrayModel, color.Gray16Model:
		out := image.NewGray16(r)
		eachColour(img, func(x, y int, c color.NRGBA64) { out.SetGray16(x, y, color.Gray16{Y: full(c.R)}) })
		return out
	}
	out := image.NewNRGBA64(r)
	eachColour(img, func(x, y int, c color.NRGBA64) {
		out.SetNRGBA64(x, y, color.NRGBA64{R: full(c.R), G: full(c.G), B: full(c.B), A: c.A})
	})
	return out
}

// DepthOf returns what stands for white where high is the largest whole number: the largest of one
// of the depths that cameras and scanners have.
func DepthOf(high float64) float64 {
	for _, bits := range []int{1, 8, 10, 12, 14} {
		if full := float64(int(1)<<bits - 1); high <= full {
			return full
		}
	}
	return math.MaxUint16
}
