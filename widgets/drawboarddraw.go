package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// boardContent is what a DrawBoard shows.
type boardContent struct{ points []BoardPoint }

// The colours of classes of points behind the first one, told apart with every kind of colour
// vision (Okabe and Ito, "Color Universal Design", 2008).
var (
	classesOnDark  = []color.NRGBA{{0x56, 0xb4, 0xe9, 0xff}, {0x2f, 0xc4, 0x9a, 0xff}, {0xe3, 0x9a, 0xc4, 0xff}, {0xf0, 0xe4, 0x42, 0xff}}
	classesOnLight = []color.NRGBA{{0x00, 0x62, 0xa3, 0xff}, {0x00, 0x7d, 0x5c, 0xff}, {0xa8, 0x45, 0x85, 0xff}, {0x6b, 0x5b, 0x00, 0xff}}
)

// classColor is the colour of a class of points. The first, to which points without classes belong,
// has that of real ones.
func (s style) classColor(class int) color.NRGBA {
	colors := classesOnLight
	if s.dark() {
		colors = classesOnDark
	}
	switch {
	case class == 0:
		return s.role(Real)
	case class > len(colors):
		return s.foreground
	}
	return colors[class-1]
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
			sprites[p.Class] = newDot(2, v.scale, v.style.classColor(p.Class))
		}
		sprite := sprites[p.Class]
		half := sprite.Rect.Dx() / 2
		x := int(math.Floor(float64(p.X+1) / 2 * float64(side)))
		y := int(math.Floor(float64(1-p.Y) / 2 * float64(side)))
		draw.Draw(dst, sprite.Rect.Add(image.Pt(x-half, y-half)), sprite, image.Point{}, draw.Over)
	}
	return dst
}
