package widgets

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// SpotData is what a SpotPlane shows; its slices are not written again by the caller.
type SpotData struct {
	Real, Fake [][2]float32
	Reach      float64   // half of the side of the square around the middle that is shown
	Shade      []float32 // Cells rows of Cells values in [0,1], the first row at the top; may be nil
	Cells      int
	Judges     bool         // Shade says how real places look, not how dense they are
	Way        [][2]float32 // places one after the other, the last of which is pointed out
	Asked      *[2]float32  // a place that was asked about; nil: none
	Back       *[2]float32  // where the answer lies
}

// A SpotPlane is a square of the plane with points of two kinds, a way from place to place, and
// places that can be asked about by a tap.
type SpotPlane struct {
	widget.BaseWidget
	OnTapped func(x, y float32) // a place of the plane; may be nil

	easel easel[SpotData, *image.RGBA]
}

// NewSpotPlane returns an empty plane.
func NewSpotPlane() *SpotPlane {
	p := &SpotPlane{}
	p.easel.draw = drawSpots
	p.easel.imageOf = func(img *image.RGBA) *image.RGBA { return img }
	p.easel.setUp(p, SpotData{})
	p.ExtendBaseWidget(p)
	return p
}

// Set shows data. It may be called from any goroutine. It panics if the shade has another length
// than its cells.
func (p *SpotPlane) Set(data SpotData) {
	if len(data.Shade) != 0 && len(data.Shade) != data.Cells*data.Cells {
		panic("widgets: a shade of another length than its cells")
	}
	p.easel.change(func(d *SpotData) { *d = data })
}

// Close ends the drawing goroutine and waits for its end; the plane keeps showing its last picture.
func (p *SpotPlane) Close() { p.easel.close() }

// MinSize is part of fyne.CanvasObject.
func (p *SpotPlane) MinSize() fyne.Size { return fyne.NewSize(120, 120) }

// Cursor is part of desktop.Cursorable.
func (p *SpotPlane) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// Tapped asks about a place.
func (p *SpotPlane) Tapped(e *fyne.PointEvent) {
	reach, size := p.easel.current().Reach, p.Size()
	side := min(size.Width, size.Height)
	if p.OnTapped == nil || reach <= 0 || side <= 0 {
		return
	}
	unit := float32(2*reach) / side
	x, y := (e.Position.X-size.Width/2)*unit, (size.Height/2-e.Position.Y)*unit
	if max(x, -x, y, -y) <= float32(reach) {
		p.OnTapped(x, y)
	}
}

// CreateRenderer is part of fyne.Widget.
func (p *SpotPlane) CreateRenderer() fyne.WidgetRenderer {
	return &rasterRenderer{raster: p.easel.shown.Raster}
}

// drawSpots draws the ground, points, and above them the way and what was asked.
func drawSpots(d SpotData, v view) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, v.w, v.h))
	draw.Draw(dst, dst.Rect, image.NewUniform(v.style.background), image.Point{}, draw.Src)
	p, ok := planeOf(DensityData{XMin: -d.Reach, XMax: d.Reach, YMin: -d.Reach, YMax: d.Reach}, dst.Rect)
	if !ok {
		return dst
	}
	colors := v.style.density()
	draw.Draw(dst, p.area, image.NewUniform(colors.even), image.Point{}, draw.Src)
	if len(d.Shade) > 0 {
		drawShade(dst, p.area, d, colors)
	}
	inside := dst.SubImage(p.area).(*image.RGBA) // only drawn on, never shown
	few, realCrowd := crowded(p, d.Real, v.scale)
	stamp(inside, p, few, newSprite(false, v.scale, colors.real, colors.halo))
	few, fakeCrowd := crowded(p, d.Fake, v.scale)
	stamp(inside, p, few, newSprite(true, v.scale, colors.fake, colors.halo))
	drawCrowds(inside, p, realCrowd, fakeCrowd, v.scale, colors)
	ink := v.style.foreground
	if n := len(d.Way); n > 0 {
		drawPolyline(inside, p, d.Way, 1.5*v.scale, ink)
		stamp(inside, p, d.Way[n-1:], newTarget(v.scale, ink, colors.halo))
	}
	if d.Asked != nil {
		if d.Back != nil {
			drawPolyline(inside, p, [][2]float32{*d.Asked, *d.Back}, 2*v.scale, ink)
			stamp(inside, p, [][2]float32{*d.Back}, newTarget(0.8*v.scale, ink, colors.halo))
		}
		stamp(inside, p, [][2]float32{*d.Asked}, newDot(5, v.scale, ink))
	}
	return dst
}

// drawShade fills area with the shade, interpolated between the middles of its cells.
func drawShade(dst *image.RGBA, area image.Rectangle, d SpotData, colors densityColors) {
	columns, rows := interpolation(area.Dx(), d.Cells), interpolation(area.Dy(), d.Cells)
	for y, r := range rows {
		above, below := d.Shade[r.low*d.Cells:][:d.Cells], d.Shade[r.high*d.Cells:][:d.Cells]
		for x, c := range columns {
			top := above[c.low] + c.part*(above[c.high]-above[c.low])
			bottom := below[c.low] + c.part*(below[c.high]-below[c.low])
			t := float64(max(0, min(1, top+r.part*(bottom-top))))
			if t != t {
				t = 0
			}
			dst.SetRGBA(area.Min.X+x, area.Min.Y+y, shadeColor(t, d.Judges, colors))
		}
	}
}

// shadeColor returns the colour for how real, or how dense, a place is.
func shadeColor(t float64, judges bool, colors densityColors) color.RGBA {
	if judges {
		return heatColor(t, colors)
	}
	c := mix(colors.even, colors.fakeHeat, t)
	return color.RGBA{c.R, c.G, c.B, 0xff}
}
