package explorepage

import (
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/widgets"
)

// A pointsView shows the plane: a cloud of samples, where the place goes in it, and where a grid of
// latents around the place goes.
type pointsView struct {
	s   *studio.Studio
	pad *widgets.PlanePad
}

func newPointsView(s *studio.Studio, w *walk) kindView {
	v := &pointsView{s, widgets.NewPlanePad()}
	v.pad.OnDrag, v.pad.OnDragEnd, v.pad.OnScroll = w.drag, w.dragEnd, w.scroll
	v.pad.Plane.ShowHeat, v.pad.Plane.ShowManifold = false, true
	return v
}

func (v *pointsView) object() fyne.CanvasObject { return v.pad }

func (v *pointsView) announce(text string) {
	v.pad.Plane.Empty = text
	v.pad.Plane.Refresh()
}

func (v *pointsView) clear() { v.pad.Plane.Set(widgets.DensityData{}) }

func (v *pointsView) close() { v.pad.Plane.Close() }

func (v *pointsView) pins() bool { return false }

// grid returns the lines of latents around the place whose images are the manifold: along both
// dragging directions.
func (v *pointsView) grid(w *walk) [][]float32 {
	const lines, fine = 13, 49
	if len(w.place.directions) == 0 {
		return nil
	}
	var out [][]float32
	reach := w.place.reach()
	for k := range w.axis {
		across, along := w.axis[1-k], w.axis[k]
		for i := range lines {
			side := w.place
			side.setAlong(across, reach*(2*float64(i)/(lines-1)-1))
			line := make([]float32, 0, fine*len(w.place.z))
			for j := range fine {
				at := side
				at.setAlong(along, reach*(2*float64(j)/(fine-1)-1))
				line = append(line, at.z...)
			}
			out = append(out, line)
		}
	}
	return out
}

func (v *pointsView) draw(g *gan.Generator, s scene) content {
	c := &pointsContent{of: v}
	for _, line := range s.grid {
		c.manifold = append(c.manifold, toPoints(g.Render(line, len(line)/g.Latent())))
	}
	c.here = toPoints(g.Render(s.z, 1))[0]
	const cloud = 600
	c.cloud = toPoints(g.Render(g.Noise(1, cloud), cloud))
	return c
}

func (v *pointsView) kept(l *ckpt.Latent, _ image.Image) content {
	if len(l.Points) == 0 {
		return nil
	}
	return &pointsContent{of: v, here: l.Points[0], cloud: l.Points[1:]}
}

func toPoints(values []float32) [][2]float32 {
	points := make([][2]float32, len(values)/2)
	for i := range points {
		points[i] = [2]float32{values[2*i], values[2*i+1]}
	}
	return points
}

// real returns some of the points that the run learns from.
func (v *pointsView) real() [][2]float32 {
	if r := v.s.Run; r != nil {
		return r.Sample()
	}
	return nil
}

// A pointsContent is what a generator of points made.
type pointsContent struct {
	of       *pointsView
	manifold [][][2]float32 // where the grid goes; none of what was kept
	cloud    [][2]float32   // samples
	here     [2]float32     // where the latent itself goes
}

func (c *pointsContent) view() kindView { return c.of }

// show draws the points in the frame of the real ones.
func (c *pointsContent) show() {
	d := widgets.DensityData{Real: c.of.real(), Fake: c.cloud, Manifold: c.manifold, Here: &c.here}
	d.XMin, d.XMax, d.YMin, d.YMax = studio.Bounds(d.Real)
	c.of.pad.Plane.Set(d)
}

func (c *pointsContent) picture() image.Image { return nil }

func (c *pointsContent) card() image.Image {
	return ui.GeneratedPicture(c.cloud, [][2]float32{c.here}, c.of.real())
}

func (c *pointsContent) keep(l *ckpt.Latent) { l.Points = append([][2]float32{c.here}, c.cloud...) }
