package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// A brush draws lines and shapes into a picture.
type brush struct {
	dst  *image.RGBA
	unit float64 // pixels of one of Fyne's units
}

// dashed strokes dashes from p to q.
func (b *brush) dashed(p, q [2]float64, width float64, c color.NRGBA) {
	length := math.Hypot(q[0]-p[0], q[1]-p[1])
	dash := 5 * b.unit
	for at := 0.0; at < length; at += 2 * dash {
		end := min(length, at+dash)
		b.stroke(along(p, q, at/length), along(p, q, end/length), width, c)
	}
}

func along(p, q [2]float64, t float64) [2]float64 {
	return [2]float64{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])}
}

// stroke draws a straight line.
func (b *brush) stroke(p, q [2]float64, width float64, c color.NRGBA) {
	b.raster([][2]float64{p, q}, width, c, func(z *vector.Rasterizer, p [][2]float32) {
		addSegment(z, p[0][0], p[0][1], p[1][0], p[1][1], float32(width))
	})
}

// arrow draws the head of an arrow that comes from p and ends at q.
func (b *brush) arrow(p, q [2]float64, size float64, c color.NRGBA) {
	length := math.Hypot(q[0]-p[0], q[1]-p[1])
	if length == 0 {
		return
	}
	dx, dy := (q[0]-p[0])/length*size, (q[1]-p[1])/length*size
	tip := [2]float64{q[0] + dx/2, q[1] + dy/2}
	corners := [][2]float64{tip, {tip[0] - dx - dy/2, tip[1] - dy + dx/2}, {tip[0] - dx + dy/2, tip[1] - dy - dx/2}}
	b.raster(corners, 0, c, func(z *vector.Rasterizer, p [][2]float32) {
		z.MoveTo(p[0][0], p[0][1])
		z.LineTo(p[1][0], p[1][1])
		z.LineTo(p[2][0], p[2][1])
		z.ClosePath()
	})
}

// raster has a shape drawn that lies around points; only what it may touch is rasterised.
func (b *brush) raster(points [][2]float64, around float64, c color.NRGBA, shape func(z *vector.Rasterizer, p [][2]float32)) {
	var reach image.Rectangle
	for _, p := range points {
		if !finite(p[0]) || !finite(p[1]) || math.Abs(p[0]) > 1e5 || math.Abs(p[1]) > 1e5 {
			return
		}
		x, y, r := int(math.Floor(p[0])), int(math.Floor(p[1])), int(around)+2
		reach = reach.Union(image.Rect(x-r, y-r, x+r+1, y+r+1))
	}
	if reach = reach.Intersect(b.dst.Rect); reach.Empty() {
		return
	}
	z := vector.NewRasterizer(reach.Dx(), reach.Dy())
	local := make([][2]float32, len(points))
	for i, p := range points {
		local[i] = [2]float32{float32(p[0] - float64(reach.Min.X)), float32(p[1] - float64(reach.Min.Y))}
	}
	shape(z, local)
	z.Draw(b.dst, reach, image.NewUniform(c), image.Point{})
}

func (b *brush) fill(r image.Rectangle, c color.Color) {
	draw.Draw(b.dst, r, image.NewUniform(c), image.Point{}, draw.Over)
}

// frame draws the outline of a rectangle, inwards.
func (b *brush) frame(r image.Rectangle, width float64, c color.Color) {
	w := max(1, int(width+0.5))
	b.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+w), c)
	b.fill(image.Rect(r.Min.X, r.Max.Y-w, r.Max.X, r.Max.Y), c)
	b.fill(image.Rect(r.Min.X, r.Min.Y+w, r.Min.X+w, r.Max.Y-w), c)
	b.fill(image.Rect(r.Max.X-w, r.Min.Y+w, r.Max.X, r.Max.Y-w), c)
}

// disc draws a filled circle.
func (b *brush) disc(x, y, r float64, c color.NRGBA) {
	b.raster([][2]float64{{x, y}}, r, c, func(z *vector.Rasterizer, p [][2]float32) {
		addCircle(z, p[0][0], p[0][1], float32(r), false)
	})
}
