package widgets

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// strokePoints is how many points of a line are stroked at once. The rasteriser searches each row's
// cells one by one, so that one long path to and fro costs the square of its length.
const strokePoints = 32

// A chartLine is a plot.Plotter for the line of one run of a series.
type chartLine struct {
	run   run
	style draw.LineStyle
}

// Plot is part of plot.Plotter.
func (l chartLine) Plot(c draw.Canvas, plt *plot.Plot) {
	toX, toY := plt.Transforms(&c)
	points := make([]vg.Point, len(l.run.X))
	for i := range points {
		points[i] = vg.Point{X: toX(l.run.X[i]), Y: toY(l.run.Y[i])}
	}
	if len(points) == 1 { // a point alone has no length; it is shown as a short dash
		p := points[0]
		points = []vg.Point{{X: p.X - 2, Y: p.Y}, {X: p.X + 2, Y: p.Y}}
	}
	style := l.style
	for begin := 0; begin < len(points)-1; begin += strokePoints {
		part := points[begin:min(begin+strokePoints+1, len(points))]
		c.StrokeLines(style, c.ClipLinesXY(part)...)
		for i := range part[1:] { // dashes go on where the part before ended
			style.DashOffs += vg.Length(math.Hypot(float64(part[i+1].X-part[i].X), float64(part[i+1].Y-part[i].Y)))
		}
	}
}

// bandAlpha is how much of the line's colour its band has.
const bandAlpha = 0x48

// A chartBand is a plot.Plotter that fills what lies between the smallest and the largest values of
// a run.
type chartBand struct {
	run   run
	color color.NRGBA
}

// Plot is part of plot.Plotter.
func (b chartBand) Plot(c draw.Canvas, plt *plot.Plot) {
	toX, toY := plt.Transforms(&c)
	n := len(b.run.Low)
	at := make([]vg.Point, 0, 2*n)
	for i := range n {
		at = append(at, vg.Point{X: toX(b.run.X[i]), Y: toY(b.run.High[i]) + 0.5})
	}
	for i := n - 1; i >= 0; i-- {
		at = append(at, vg.Point{X: toX(b.run.X[i]), Y: toY(b.run.Low[i]) - 0.5})
	}
	b.color.A = bandAlpha
	c.FillPolygon(b.color, c.ClipPolygonXY(at))
}

// A chartDot is a plot.Plotter for where a series stands now.
type chartDot struct {
	x, y  float64
	color color.Color
}

// Plot is part of plot.Plotter.
func (d chartDot) Plot(c draw.Canvas, plt *plot.Plot) {
	toX, toY := plt.Transforms(&c)
	at := vg.Point{X: toX(d.x), Y: max(c.Min.Y, min(c.Max.Y, toY(d.y)))}
	c.DrawGlyphNoClip(draw.GlyphStyle{Color: d.color, Radius: 3, Shape: draw.CircleGlyph{}}, at)
}

// width is that of the line.
func (s Series) width() vg.Length {
	if s.Thin {
		return 0.7
	}
	return 1.5
}

// errAt returns half the height of the band at point i, 0 where there is none.
func (s Series) errAt(i int) float64 {
	if s.Err == nil || !finite(s.Err[i]) {
		return 0
	}
	return s.Err[i]
}

// errorBands returns the stretches in which a series has a band.
func errorBands(s Series, keep func(float64) bool) []run {
	var bands []run
	open := false
	for i := range s.Err {
		if !finite(s.Err[i]) || !finite(s.X[i]) || !keep(s.Y[i]-s.Err[i]) || !keep(s.Y[i]+s.Err[i]) {
			open = false
			continue
		}
		if !open {
			bands, open = append(bands, run{}), true
		}
		b := &bands[len(bands)-1]
		b.X = append(b.X, s.X[i])
		b.Low, b.High = append(b.Low, s.Y[i]-s.Err[i]), append(b.High, s.Y[i]+s.Err[i])
	}
	return bands
}
