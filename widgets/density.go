package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// DensityData is what a DensityView shows; its slices are not written again by the caller.
type DensityData struct {
	Real, Fake             [][2]float32
	Heat                   []float32 // HeatH rows of HeatW values in [0,1], the first row at the top (YMax)
	HeatW, HeatH           int
	XMin, XMax, YMin, YMax float64
	Manifold               [][][2]float32 // lines: where the grid of latents goes
}

// A DensityView shows real and generated points over what the discriminator thinks of every place in the plane.
type DensityView struct {
	widget.BaseWidget
	ShowReal, ShowFake, ShowHeat, ShowManifold bool   // call Refresh after changing them
	Empty                                      string // shown while there is no data
}

// NewDensityView returns an empty view that shows real and generated points and the heat-map.
func NewDensityView() *DensityView {
	v := &DensityView{ShowReal: true, ShowFake: true, ShowHeat: true}
	v.ExtendBaseWidget(v)
	return v
}

// Set shows data. It may be called from any goroutine.
func (v *DensityView) Set(data DensityData) {}

// Close ends the drawing goroutine and waits for its end.
func (v *DensityView) Close() {}

// CreateRenderer is part of fyne.Widget.
func (v *DensityView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack())
}
