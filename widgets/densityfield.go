package widgets

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// drawFields draws the layers that have a value at every place.
func drawFields(dst *image.RGBA, p plane, c densityContent, v view, colors densityColors) {
	d := c.data
	heat, best := c.ShowHeat && len(d.Heat) > 0, c.ShowOptimal && len(d.Optimal) > 0
	switch {
	case heat && best:
		drawHeat(dst, p.area, cells{d.Heat, d.HeatW, d.HeatH}, colors, 0)
		drawHeat(dst, p.area, cells{d.Optimal, d.HeatW, d.HeatH}, colors, stripe(v.scale))
	case heat:
		drawHeat(dst, p.area, cells{d.Heat, d.HeatW, d.HeatH}, colors, 0)
	case best:
		drawHeat(dst, p.area, cells{d.Optimal, d.HeatW, d.HeatH}, colors, 0)
	}
	if c.ShowManifold && len(d.Cells) > 0 {
		drawShares(dst, p.area, cells{d.Cells, d.CellsW, d.CellsH}, colors.g, 0.85)
	}
	if c.ShowDensity && len(d.Density) > 0 {
		shares := cells{d.Density, d.HeatW, d.HeatH}
		drawShares(dst, p.area, shares, colors.density, 0.45)
		drawContours(dst, p.area, shares, 1.2*v.scale, colors.density)
	}
}

// stripe is the width of the slanted stripes in which the best D is shown over D, in device pixels.
func stripe(scale float32) int { return max(2, int(5*scale)) }

// cells are rows of values, the first row at the top.
type cells struct {
	values []float32
	w, h   int
}

// each calls f with every row of pixels of an area, from its place in the picture on, and the values
// there, interpolated between the middles of cells. The values hold until the next row.
func (c cells) each(dst *image.RGBA, area image.Rectangle, f func(y int, pixels []uint8, values []float32)) {
	columns, rows := interpolation(area.Dx(), c.w), interpolation(area.Dy(), c.h)
	line, values := make([]float32, c.w), make([]float32, area.Dx())
	for y, r := range rows {
		above, below := c.values[r.low*c.w:][:c.w], c.values[r.high*c.w:][:c.w]
		for i, v := range above {
			line[i] = v + r.part*(below[i]-v)
		}
		for x, at := range columns {
			low := line[at.low]
			values[x] = low + at.part*(line[at.high]-low)
		}
		at := dst.PixOffset(area.Min.X, area.Min.Y+y)
		f(y, dst.Pix[at:at+4*len(values)], values)
	}
}

// drawHeat fills area with how real places look; in every other of slanted stripes of a width, if
// that is not 0. What is not a number is even, and leaves what is below the stripes as it is.
func drawHeat(dst *image.RGBA, area image.Rectangle, c cells, colors densityColors, stripes int) {
	var palette [256]color.RGBA
	for i := range palette {
		palette[i] = heatColor(float64(i)/255, colors)
	}
	c.each(dst, area, func(y int, pixels []uint8, values []float32) {
		for x, value := range values {
			i := 127
			if value == value {
				i = int(max(0, min(1, value))*255 + 0.5)
			}
			if stripes > 0 && (value != value || (x+y)/stripes%2 == 0) {
				continue
			}
			p := &palette[i]
			to := pixels[4*x : 4*x+4 : 4*x+4]
			to[0], to[1], to[2], to[3] = p.R, p.G, p.B, 0xff
		}
	})
}

// fullShare is how many times as many points as an even spread would have make a place opaque.
const fullShare = 200

// drawShares lays a colour over an area, the more opaque the more points there are, on a scale of
// logarithms.
func drawShares(dst *image.RGBA, area image.Rectangle, c cells, ink color.NRGBA, most float64) {
	alpha := cells{make([]float32, len(c.values)), c.w, c.h}
	full := math.Log1p(fullShare)
	for i, v := range c.values {
		if v > 0 {
			alpha.values[i] = float32(255 * most * math.Min(1, math.Log1p(float64(v)*float64(len(c.values)))/full))
		}
	}
	r, g, b := uint32(ink.R), uint32(ink.G), uint32(ink.B)
	alpha.each(dst, area, func(_ int, pixels []uint8, values []float32) {
		for x, value := range values {
			a := uint32(value)
			if a == 0 {
				continue
			}
			to := pixels[4*x : 4*x+4 : 4*x+4]
			to[0] = uint8((uint32(to[0])*(255-a) + r*a) / 255)
			to[1] = uint8((uint32(to[1])*(255-a) + g*a) / 255)
			to[2] = uint8((uint32(to[2])*(255-a) + b*a) / 255)
		}
	})
}

// contourLevels are where lines of equal density are drawn, in points of an even spread.
var contourLevels = [...]float32{1, 5, 25, 125}

// drawContours draws lines of equal density: marching squares over the middles of the cells, each
// square cut along its sides where the level lies between two corners (Lorensen and Cline,
// "Marching Cubes", SIGGRAPH 1987, in two dimensions).
func drawContours(dst *image.RGBA, area image.Rectangle, c cells, width float32, ink color.NRGBA) {
	z := vector.NewRasterizer(area.Dx(), area.Dy())
	stepX, stepY := float32(area.Dx())/float32(c.w), float32(area.Dy())/float32(c.h)
	n := float32(c.w * c.h)
	for _, level := range contourLevels {
		for row := range c.h - 1 {
			for column := range c.w - 1 {
				at := row*c.w + column
				corners := [4]float32{c.values[at] * n, c.values[at+1] * n, c.values[at+c.w+1] * n, c.values[at+c.w] * n}
				cuts := cutSides(corners, level)
				for i := 0; i+1 < len(cuts); i += 2 {
					a, b := cuts[i], cuts[i+1]
					addSegment(z, (float32(column)+0.5+a[0])*stepX, (float32(row)+0.5+a[1])*stepY, (float32(column)+0.5+b[0])*stepX, (float32(row)+0.5+b[1])*stepY, width)
				}
			}
		}
	}
	z.Draw(dst, area, image.NewUniform(ink), image.Point{})
}

// cutSides returns where a level crosses the sides of a unit square whose corners, clockwise from the
// top left, have values: two places, or four that belong together in pairs, or none.
func cutSides(corners [4]float32, level float32) [][2]float32 {
	ends := [5][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}
	var cuts [][2]float32
	for i := range corners {
		a, b := corners[i], corners[(i+1)%4]
		if (a < level) == (b < level) {
			continue
		}
		t := (level - a) / (b - a)
		from, to := ends[i], ends[i+1]
		cuts = append(cuts, [2]float32{from[0] + t*(to[0]-from[0]), from[1] + t*(to[1]-from[1])})
	}
	return cuts
}

// A lerp says between which two cells a pixel lies, and how far.
type lerp struct {
	low, high int
	part      float32
}

func interpolation(pixels, cells int) []lerp {
	at := make([]lerp, pixels)
	for i := range at {
		f := (float64(i)+0.5)*float64(cells)/float64(pixels) - 0.5
		f = math.Max(0, math.Min(float64(cells-1), f))
		low := int(f)
		at[i] = lerp{low: low, high: min(low+1, cells-1), part: float32(f - float64(low))}
	}
	return at
}
