package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// boardContent is what a DrawBoard shows.
type boardContent struct{ points []BoardPoint }

// classColor is the colour of a class of points, told apart like the lines of charts.
func (s style) classColor(class int) color.NRGBA {
	if class == len(linesOnDark) { // one more than there are lines
		return s.foreground
	}
	c, _ := s.line(class)
	return c
}

// drawBoard draws the square with its axes, and the points.
func drawBoard(c boardContent, v view) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, v.w, v.h))
	draw.Draw(dst, dst.Rect, image.NewUniform(mix(v.style.background, v.style.foreground, 0.04)), image.Point{}, draw.Src)
	side := min(v.w, v.h)
	for k := 1; k < 4; k++ {
		ink := image.NewUniform(v.style.grid)
		if k == 2 {
			ink = image.NewUniform(v.style.axis)
		}
		at := k * side / 4
		draw.Draw(dst, image.Rect(at, 0, at+1, side), ink, image.Point{}, draw.Src)
		draw.Draw(dst, image.Rect(0, at, side, at+1), ink, image.Point{}, draw.Src)
	}
	var sprites [BoardClasses]*image.RGBA
	for _, p := range c.points {
		if p.Class < 0 || p.Class >= BoardClasses {
			continue
		}
		if sprites[p.Class] == nil {
			sprites[p.Class] = newDisc(v.scale, v.style.classColor(p.Class))
		}
		sprite := sprites[p.Class]
		half := sprite.Rect.Dx() / 2
		x := int(math.Floor(float64(p.X+1) / 2 * float64(side)))
		y := int(math.Floor(float64(1-p.Y) / 2 * float64(side)))
		draw.Draw(dst, sprite.Rect.Add(image.Pt(x-half, y-half)), sprite, image.Point{}, draw.Over)
	}
	return dst
}

// newDisc draws one point.
func newDisc(scale float32, c color.NRGBA) *image.RGBA {
	side := int(5*scale) | 1 // odd, so that it has a middle
	dst := image.NewRGBA(image.Rect(0, 0, side, side))
	z := vector.NewRasterizer(side, side)
	addCircle(z, float32(side)/2, float32(side)/2, 2*scale, false)
	z.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{})
	return dst
}
