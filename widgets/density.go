package widgets

import (
	"fmt"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// DensityData is what a DensityView shows; its slices are not written again by the caller.
type DensityData struct {
	Real, Fake             [][2]float32
	Heat                   []float32 // HeatH rows of HeatW values in [0,1], the first row at the top (YMax)
	HeatW, HeatH           int
	XMin, XMax, YMin, YMax float64
	Manifold               [][][2]float32 // lines: where the grid of latents goes
	Here                   *[2]float32    // where one latent goes, to be pointed out; nil: none

	Cells          []float32       // the share of generated points in each of CellsH rows of CellsW: how opaque the manifold is
	CellsW, CellsH int             //
	Optimal        []float32       // what the best D says, as Heat; NaN: nothing is known
	Density        []float32       // the share of generated points in each cell of the heat-map
	Arrows         [][2][2]float32 // from where, and by how much, generated points are pushed
	Sampled        int             // Cells and Density are those of so many samples; 0: they are reckoned
}

// check panics if a layer has another length than its cells.
func (d *DensityData) check() {
	for _, l := range []struct {
		name   string
		values []float32
		w, h   int
	}{{"heat-map", d.Heat, d.HeatW, d.HeatH}, {"best D", d.Optimal, d.HeatW, d.HeatH}, {"density", d.Density, d.HeatW, d.HeatH}, {"manifold", d.Cells, d.CellsW, d.CellsH}} {
		if len(l.values) != 0 && len(l.values) != l.w*l.h {
			panic(fmt.Sprintf("widgets: %s of %d values for %d×%d", l.name, len(l.values), l.w, l.h))
		}
	}
}

// A DensityView shows real and generated points over what the discriminator thinks of every place
// in the plane, and layers around them, alone or over each other. It draws on its own goroutine, at
// most ten times a second, and only while it is on the screen.
type DensityView struct {
	widget.BaseWidget
	DensityLayers        // call Refresh after changing them
	Empty         string // shown while there is no data; call Refresh after changing it

	easel easel[densityContent, *image.RGBA]
}

// DensityLayers are which layers are shown.
type DensityLayers struct {
	ShowReal, ShowFake, ShowHeat, ShowManifold bool
	ShowArrows, ShowOptimal, ShowDensity       bool
}

// densityInterval is the shortest time between two drawings.
const densityInterval = 100 * time.Millisecond

// densityContent is what a DensityView draws.
type densityContent struct {
	data DensityData
	DensityLayers
	empty string
}

// NewDensityView returns an empty view that shows real and generated points and the heat-map, but
// no manifold.
func NewDensityView() *DensityView {
	v := &DensityView{}
	v.setUp(v)
	return v
}

// setUp makes v, which is the whole widget or a part of it, ready.
func (v *DensityView) setUp(whole fyne.Widget) {
	v.ShowReal, v.ShowFake, v.ShowHeat, v.Empty = true, true, true, "No points yet"
	v.easel.draw = drawDensity
	v.easel.imageOf = func(img *image.RGBA) *image.RGBA { return img }
	v.easel.drawer.interval = densityInterval
	v.easel.setUp(whole, densityContent{DensityLayers: v.DensityLayers, empty: v.Empty})
	v.ExtendBaseWidget(whole)
}

// Set shows data. It may be called from any goroutine. It panics if a layer has another length than
// its cells.
func (v *DensityView) Set(data DensityData) {
	data.check()
	v.easel.change(func(c *densityContent) { c.data = data })
}

// Refresh takes over which layers are shown and draws anew.
func (v *DensityView) Refresh() {
	c := v.easel.current()
	if c.DensityLayers != v.DensityLayers || c.empty != v.Empty {
		v.easel.change(func(c *densityContent) { c.DensityLayers, c.empty = v.DensityLayers, v.Empty })
	}
	v.BaseWidget.Refresh()
}

// Picture returns the last drawing, nil where there is none, or nothing in it.
func (v *DensityView) Picture() image.Image {
	d := v.easel.current().data
	img, ok := v.easel.last()
	if !ok || len(d.Real)+len(d.Fake)+len(d.Manifold) == 0 {
		return nil
	}
	return img
}

// Close ends the drawing goroutine and waits for its end; the view keeps showing its last picture.
func (v *DensityView) Close() { v.easel.close() }

// MinSize is part of fyne.CanvasObject.
func (v *DensityView) MinSize() fyne.Size { return fyne.NewSize(200, 200) }

// CreateRenderer is part of fyne.Widget.
func (v *DensityView) CreateRenderer() fyne.WidgetRenderer {
	return &rasterRenderer{raster: v.easel.shown.Raster}
}

// A rasterRenderer shows a raster and repaints it.
type rasterRenderer struct{ raster *canvas.Raster }

func (r *rasterRenderer) Layout(size fyne.Size)        { r.raster.Resize(size) }
func (r *rasterRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *rasterRenderer) Refresh()                     { canvas.Refresh(r.raster) }
func (r *rasterRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.raster} }
func (r *rasterRenderer) Destroy()                     {}
