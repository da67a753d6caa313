package widgets

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

const (
	arrowLength = 22   // of the gradient arrowFull, in Fyne's units
	arrowFull   = 1    // a strong gradient
	arrowNone   = 1e-4 // a gradient from which nobody learns: no arrow
	arrowMost   = 1.3  // of arrowLength, however strong the gradient
	arrowHead   = 4.5  // length of the head
	arrowShaft  = 1.5  // width
	arrowHalo   = 1.6  // around it
	arrowLeast  = 1.5  // shorter ones are not drawn
)

// arrowReach returns how long an arrow for a gradient is, in Fyne's units: on a scale of logarithms
// that is always the same, so that one sees gradients vanish.
func arrowReach(gradient float64) float64 {
	t := math.Log10(gradient/arrowNone) / math.Log10(arrowFull/arrowNone)
	return arrowLength * math.Max(0, math.Min(arrowMost, t))
}

// drawArrows draws where points are pushed.
func drawArrows(dst *image.RGBA, p plane, arrows [][2][2]float32, scale float32, colors densityColors) {
	halo, ink := vector.NewRasterizer(p.area.Dx(), p.area.Dy()), vector.NewRasterizer(p.area.Dx(), p.area.Dy())
	for _, a := range arrows {
		length := math.Hypot(float64(a[1][0]), float64(a[1][1]))
		reach := arrowReach(length)
		x, y := p.at(a[0])
		if !(reach >= arrowLeast) || !finite(length) || !image.Pt(int(x), int(y)).In(p.area) {
			continue
		}
		x, y = x-float64(p.area.Min.X), y-float64(p.area.Min.Y)
		addArrow(halo, x, y, float64(a[1][0])/length, -float64(a[1][1])/length, reach, float64(scale), arrowHalo)
		addArrow(ink, x, y, float64(a[1][0])/length, -float64(a[1][1])/length, reach, float64(scale), 0)
	}
	halo.Draw(dst, p.area, image.NewUniform(colors.halo), image.Point{})
	ink.Draw(dst, p.area, image.NewUniform(colors.d), image.Point{})
}

// addArrow adds an arrow from a place in a direction, wider by a halo all around.
func addArrow(z *vector.Rasterizer, x, y, dx, dy, reach, scale, halo float64) {
	head := math.Min(arrowHead, reach) * scale
	reach *= scale
	halo *= scale
	at := func(along, across float64) (float32, float32) {
		return float32(x + along*dx - across*dy), float32(y + along*dy + across*dx)
	}
	width := arrowShaft*scale/2 + halo
	x0, y0 := at(-halo, 0)
	x1, y1 := at(reach-head, 0)
	addSegment(z, x0, y0, x1, y1, float32(2*width))
	z.MoveTo(at(reach+2*halo, 0))
	z.LineTo(at(reach-head-halo, -head*0.55-1.5*halo)) // turned as the shaft is: overlaps add up
	z.LineTo(at(reach-head-halo, head*0.55+1.5*halo))
	z.ClosePath()
}

// longestArrow returns the strongest gradient of all.
func longestArrow(arrows [][2][2]float32) float64 {
	most := 0.0
	for _, a := range arrows {
		if l := math.Hypot(float64(a[1][0]), float64(a[1][1])); l > most {
			most = l
		}
	}
	return most
}

// newArrow draws one arrow for the key.
func newArrow(scale float32, c color.NRGBA) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, int(17*scale), int(9*scale)))
	z := vector.NewRasterizer(dst.Rect.Dx(), dst.Rect.Dy())
	addArrow(z, float64(scale), float64(dst.Rect.Dy())/2, 1, 0, 15, float64(scale), 0)
	z.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{})
	return dst
}
