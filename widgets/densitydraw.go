package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// densityColors are the colours of points, and of the places that the discriminator takes for real
// or generated ones.
type densityColors struct {
	real, fake, halo, manifold color.NRGBA
	g, d, density              color.NRGBA // of the manifold, of arrows, of how dense generated points are
	realHeat, fakeHeat, even   color.NRGBA
}

func (s style) density() densityColors {
	c := densityColors{
		real: s.role(Real), fake: s.role(Generated), halo: color.NRGBA{0xff, 0xff, 0xff, 0xd0},
		manifold: color.NRGBA{0x40, 0x40, 0x40, 0x90}, g: s.role(G), d: s.role(D), density: color.NRGBA{0x00, 0x32, 0x78, 0xff},
		realHeat: color.NRGBA{0xf5, 0xb0, 0x60, 0xff}, fakeHeat: color.NRGBA{0x78, 0xb4, 0xe6, 0xff}, even: mix(s.background, s.foreground, 0.02),
	}
	if s.dark() {
		c.halo, c.manifold = color.NRGBA{0, 0, 0, 0xc0}, color.NRGBA{0xd8, 0xd8, 0xd8, 0x90}
		c.density = color.NRGBA{0xd2, 0xee, 0xff, 0xff}
		c.realHeat, c.fakeHeat, c.even = color.NRGBA{0x9a, 0x55, 0x06, 0xff}, color.NRGBA{0x14, 0x50, 0x8c, 0xff}, mix(s.background, s.foreground, 0.06)
	}
	return c
}

// A plane maps the data's rectangle to pixels, equally along both axes.
type plane struct {
	area       image.Rectangle
	xMin, yMax float64
	unit       float64 // pixels
}

// planeOf returns the largest such map within bounds, or false where the rectangle has no extent.
func planeOf(d DensityData, bounds image.Rectangle) (plane, bool) {
	w, h := d.XMax-d.XMin, d.YMax-d.YMin
	if !(w > 0 && h > 0) || bounds.Empty() {
		return plane{}, false
	}
	unit := math.Min(float64(bounds.Dx())/w, float64(bounds.Dy())/h)
	width, height := int(w*unit+0.5), int(h*unit+0.5)
	at := bounds.Min.Add(image.Pt((bounds.Dx()-width)/2, (bounds.Dy()-height)/2))
	return plane{area: image.Rectangle{Min: at, Max: at.Add(image.Pt(width, height))}, xMin: d.XMin, yMax: d.YMax, unit: unit}, true
}

func (p plane) at(v [2]float32) (x, y float64) {
	return float64(p.area.Min.X) + (float64(v[0])-p.xMin)*p.unit, float64(p.area.Min.Y) + (p.yMax-float64(v[1]))*p.unit
}

// drawDensity draws layer above layer: what D and the best D say, densities, the manifold, real
// points, generated points, arrows, and below them what they mean.
func drawDensity(c densityContent, v view) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, v.w, v.h))
	draw.Draw(dst, dst.Rect, image.NewUniform(v.style.background), image.Point{}, draw.Src)
	pen, err := newPen(v.style.regular, float64(v.style.captionSize*v.scale))
	if err != nil {
		return dst // a size that no text can have leaves no room for points either
	}
	p, ok := planeAbove(c, pen, v)
	if !ok {
		pen.write(dst, (v.w-pen.width(c.empty))/2, (v.h-pen.height())/2, c.empty, v.style.muted)
		return dst
	}
	colors := v.style.density()
	draw.Draw(dst, p.area, image.NewUniform(colors.even), image.Point{}, draw.Src)
	inside := dst.SubImage(p.area).(*image.RGBA) // only drawn on, never shown
	drawFields(inside, p, c, v, colors)
	if c.ShowManifold {
		lines := colors.manifold
		if len(c.data.Cells) > 0 {
			lines = colors.g
			lines.A = 0xb0
		}
		for _, l := range c.data.Manifold {
			drawPolyline(inside, p, l, 1.1*v.scale, lines)
		}
	}
	var realCrowd, fakeCrowd [][2]float32
	if c.ShowReal {
		var few [][2]float32
		few, realCrowd = crowded(p, c.data.Real, v.scale)
		stamp(inside, p, few, newSprite(false, v.scale, colors.real, colors.halo))
	}
	if c.ShowFake {
		var few [][2]float32
		few, fakeCrowd = crowded(p, c.data.Fake, v.scale)
		stamp(inside, p, few, newSprite(true, v.scale, colors.fake, colors.halo))
	}
	drawCrowds(inside, p, realCrowd, fakeCrowd, v.scale, colors)
	if c.ShowArrows {
		drawArrows(inside, p, c.data.Arrows, v.scale, colors)
	}
	if here := c.data.Here; here != nil {
		stamp(inside, p, [][2]float32{*here}, newTarget(v.scale, v.style.foreground, colors.halo))
	}
	drawKey(dst, pen, keyOf(c, v, colors, false), v, p.area)
	return dst
}

// heatColor returns the colour for how real a place looks: 0 generated, ½ even, 1 real.
func heatColor(t float64, colors densityColors) color.RGBA {
	end := colors.realHeat
	if t < 0.5 {
		end = colors.fakeHeat
	}
	c := mix(colors.even, end, math.Abs(2*t-1))
	return color.RGBA{c.R, c.G, c.B, 0xff}
}

// newSprite draws one point: a ring for real ones, a cross for generated ones, with a halo that
// parts it from the heat-map.
func newSprite(cross bool, scale float32, c, halo color.NRGBA) *image.RGBA {
	side := int(markSize*scale) | 1 // odd, so that it has a middle
	dst := image.NewRGBA(image.Rect(0, 0, side, side))
	middle, r := float32(side)/2, 3.4*scale
	shape := func(width float32, c color.NRGBA) {
		z := vector.NewRasterizer(side, side)
		if cross {
			addSegment(z, middle-r, middle-r, middle+r, middle+r, width)
			addSegment(z, middle-r, middle+r, middle+r, middle-r, width)
		} else {
			addCircle(z, middle, middle, r+width/2, false)
			addCircle(z, middle, middle, r-width/2, true)
		}
		z.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{})
	}
	shape(3.2*scale, halo)
	shape(1.5*scale, c)
	return dst
}

// newTarget draws what points one place out: a ring around a dot, larger than any point.
func newTarget(scale float32, c, halo color.NRGBA) *image.RGBA {
	side := int(23*scale) | 1
	dst := image.NewRGBA(image.Rect(0, 0, side, side))
	middle, r := float32(side)/2, 7.5*scale
	shape := func(width float32, c color.NRGBA) {
		z := vector.NewRasterizer(side, side)
		addCircle(z, middle, middle, r+width/2, false)
		addCircle(z, middle, middle, r-width/2, true)
		addCircle(z, middle, middle, width, false)
		z.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{})
	}
	shape(5*scale, halo)
	shape(2.2*scale, c)
	return dst
}

// addCircle adds a circle's outline, the other way round to cut a hole.
func addCircle(z *vector.Rasterizer, x, y, r float32, hole bool) {
	if r <= 0 {
		return
	}
	const corners = 24
	for i := range corners {
		a := 2 * math.Pi * float64(i) / corners
		if hole {
			a = -a
		}
		px, py := x+r*float32(math.Cos(a)), y+r*float32(math.Sin(a))
		if i == 0 {
			z.MoveTo(px, py)
		} else {
			z.LineTo(px, py)
		}
	}
	z.ClosePath()
}

// addSegment adds the outline of a straight stroke.
func addSegment(z *vector.Rasterizer, x0, y0, x1, y1, width float32) {
	dx, dy := x1-x0, y1-y0
	length := float32(math.Hypot(float64(dx), float64(dy)))
	if length == 0 {
		return
	}
	nx, ny := -dy/length*width/2, dx/length*width/2
	z.MoveTo(x0+nx, y0+ny)
	z.LineTo(x1+nx, y1+ny)
	z.LineTo(x1-nx, y1-ny)
	z.LineTo(x0-nx, y0-ny)
	z.ClosePath()
}

// drawPolyline strokes one line of the manifold; points that are not finite part it.
func drawPolyline(dst *image.RGBA, p plane, line [][2]float32, width float32, c color.NRGBA) {
	type segment struct{ x0, y0, x1, y1 float64 }
	var segments []segment
	var reach image.Rectangle // only what the line may touch is rasterised
	for i := 1; i < len(line); i++ {
		x0, y0 := p.at(line[i-1])
		x1, y1 := p.at(line[i])
		if far(x0, y0, dst.Bounds()) || far(x1, y1, dst.Bounds()) {
			continue
		}
		segments = append(segments, segment{x0, y0, x1, y1})
		box := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Floor(x1)), int(math.Floor(y1)))
		box.Max = box.Max.Add(image.Pt(1, 1))
		reach = reach.Union(box.Inset(-int(width) - 1))
	}
	reach = reach.Intersect(dst.Bounds())
	if reach.Empty() {
		return
	}
	z := vector.NewRasterizer(reach.Dx(), reach.Dy())
	left, top := float64(reach.Min.X), float64(reach.Min.Y)
	for _, s := range segments {
		addSegment(z, float32(s.x0-left), float32(s.y0-top), float32(s.x1-left), float32(s.y1-top), width)
	}
	z.Draw(dst, reach, image.NewUniform(c), image.Point{})
}

// far says whether a point is not finite, or so far outside that its strokes are not worth drawing.
func far(x, y float64, b image.Rectangle) bool {
	return !finite(x) || !finite(y) || math.Abs(x-float64(b.Min.X)) > 4*float64(b.Dx()) || math.Abs(y-float64(b.Min.Y)) > 4*float64(b.Dy())
}

// stamp draws the sprite at every point.
func stamp(dst *image.RGBA, p plane, points [][2]float32, sprite *image.RGBA) {
	half := sprite.Rect.Dx() / 2
	for _, v := range points {
		x, y := p.at(v)
		if far(x, y, dst.Bounds()) {
			continue
		}
		at := image.Pt(int(math.Floor(x))-half, int(math.Floor(y))-half)
		draw.Draw(dst, sprite.Rect.Add(at), sprite, image.Point{}, draw.Over)
	}
}
