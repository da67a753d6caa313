package widgets

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

const (
	markSize  = 11  // of a ring or cross with its halo, in Fyne's units
	crowdSize = 5   // points within so much that are still drawn as rings or crosses
	dotRadius = 1.3 // of a point among many
	dotHalo   = 1   // around the dots of a crowd
)

// crowded parts points into those that have room for a ring or a cross and those that lie with many
// others on one spot. There rings and crosses would be a blob that hides where the points are.
func crowded(p plane, points [][2]float32, scale float32) (few, many [][2]float32) {
	side := float64(markSize * scale)
	cellOf := func(v [2]float32) (image.Point, bool) {
		x, y := p.at(v)
		if far(x, y, p.area) {
			return image.Point{}, false
		}
		return image.Pt(int(math.Floor(x/side)), int(math.Floor(y/side))), true
	}
	count := map[image.Point]int{}
	for _, v := range points {
		if cell, ok := cellOf(v); ok {
			count[cell]++
		}
	}
	for _, v := range points {
		cell, ok := cellOf(v)
		switch {
		case !ok:
		case count[cell] > crowdSize:
			many = append(many, v)
		default:
			few = append(few, v)
		}
	}
	return few, many
}

// drawCrowds draws real and generated points as dots, in turn, so that neither kind hides the
// other. The halo lies around all of them.
func drawCrowds(dst *image.RGBA, p plane, real, fake [][2]float32, scale float32, colors densityColors) {
	halo := newDot(dotRadius+dotHalo, scale, colors.halo)
	stamp(dst, p, real, halo)
	stamp(dst, p, fake, halo)
	realDot, fakeDot := newDot(dotRadius, scale, colors.real), newDot(dotRadius, scale, colors.fake)
	for i := range max(len(real), len(fake)) {
		if i < len(real) {
			stamp(dst, p, real[i:i+1], realDot)
		}
		if i < len(fake) {
			stamp(dst, p, fake[i:i+1], fakeDot)
		}
	}
}

// newDot draws one point among many.
func newDot(radius, scale float32, c color.NRGBA) *image.RGBA {
	side := int(2*radius*scale+1) | 1 // odd, so that it has a middle
	dst := image.NewRGBA(image.Rect(0, 0, side, side))
	z := vector.NewRasterizer(side, side)
	addCircle(z, float32(side)/2, float32(side)/2, radius*scale, false)
	z.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{})
	return dst
}
