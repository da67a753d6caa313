package widgets

import (
	"fmt"
	"image"

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
}

// A DensityView shows real and generated points over what the discriminator thinks of every place
// in the plane. It draws on its own goroutine, at most five times a second, and only while it is on
// the screen.
type DensityView struct {
	widget.BaseWidget
	ShowReal, ShowFake, ShowHeat, ShowManifold bool   // call Refresh after changing them
	Empty                                      string // shown while there is no data; call Refresh after changing it

	easel easel[densityContent, *image.RGBA]
}

// densityContent is what a DensityView draws.
type densityContent struct {
	data                       DensityData
	real, fake, heat, manifold bool
	empty                      string
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
	v.easel.setUp(whole, densityContent{real: true, fake: true, heat: true, empty: v.Empty})
	v.ExtendBaseWidget(whole)
}

// Set shows data. It may be called from any goroutine. It panics if the heat-map has another length
// than HeatW·HeatH.
func (v *DensityView) Set(data DensityData) {
	if len(data.Heat) != 0 && len(data.Heat) != data.HeatW*data.HeatH {
		panic(fmt.Sprintf("widgets: heat-map of %d values for %d×%d", len(data.Heat), data.HeatW, data.HeatH))
	}
	v.easel.change(func(c *densityContent) { c.data = data })
}

// Refresh takes over which layers are shown and draws anew.
func (v *DensityView) Refresh() {
	c := v.easel.current()
	if c.real != v.ShowReal || c.fake != v.ShowFake || c.heat != v.ShowHeat || c.manifold != v.ShowManifold || c.empty != v.Empty {
		v.easel.change(func(c *densityContent) {
			c.real, c.fake, c.heat, c.manifold, c.empty = v.ShowReal, v.ShowFake, v.ShowHeat, v.ShowManifold, v.Empty
		})
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
