package trainpage

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"github.com/dustin/go-humanize"

	"ganvas/app/words"
	"ganvas/engine/field"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A planeView shows points of the plane, and layers around them.
type planeView struct {
	plane  *widgets.MenuPlane
	layers *layerChoice
	shown  *session.Points
}

func newPlaneView(around scene) kindView {
	v := &planeView{plane: widgets.NewMenuPlane()}
	v.plane.Empty, v.plane.OnMenu = emptyView, around.menu
	on := &v.plane.DensityLayers
	v.layers = newLayerChoice("layers.points", around, v.plane.Refresh, []layer{
		{"Real", "Points of the data", &on.ShowReal, 0},
		{"Generated", "What the generator makes of random latents", &on.ShowFake, 0},
		{"D's heat-map", "Where the discriminator takes points for real", &on.ShowHeat, field.Heat},
		{"Manifold", "Where the generator sends a grid of latents: the denser its points, the more opaque. Latents of more than two numbers have no grid: 20,000 samples stand for it", &on.ShowManifold, field.Manifold},
		{"Arrows", "Where D pushes each generated point: the way down the generator's loss. No arrow: no gradient", &on.ShowArrows, field.Arrows},
		{"Best D", "What the best discriminator there could be would say: the data's density by both densities together. Over D's heat-map in stripes, which cannot be seen where D is as good", &on.ShowOptimal, field.Optimal},
		{"Density", "How many of the generator's points fall where: lines of equal density", &on.ShowDensity, field.Density},
	})
	return v
}

func (v *planeView) object() fyne.CanvasObject { return v.plane }
func (v *planeView) above() fyne.CanvasObject  { return v.layers.box }
func (v *planeView) looks() session.Look       { return session.Look{Layers: v.layers.wanted()} }

func (v *planeView) picture() image.Image { return v.plane.Picture() }

// senseless: points are not augmented.
func (v *planeView) senseless() []string { return []string{"augment"} }

func (v *planeView) take(n session.Snapshot, _ madeBy) (caption string, ok bool) {
	q := n.Points
	if q == nil || q == v.shown {
		return "", false
	}
	v.shown = q
	v.plane.Set(densityData(q))
	return pointsText(q), true
}

// manifoldStep is how many lines of the grid of latents there are to each that is drawn.
const manifoldStep = 4

// densityData are points and their layers as the plane shows them.
func densityData(q *session.Points) widgets.DensityData {
	d := widgets.DensityData{
		Real: q.Real, Fake: q.Fake, Heat: q.Heat, HeatW: q.HeatW, HeatH: q.HeatH,
		XMin: q.XMin, XMax: q.XMax, YMin: q.YMin, YMax: q.YMax,
		Cells: q.Cells, CellsW: field.Fine * q.HeatW, CellsH: field.Fine * q.HeatH,
		Optimal: q.Optimal, Density: q.Density, Sampled: q.Sampled,
	}
	for _, m := range q.Meshes {
		d.Manifold = append(d.Manifold, m.Lines(manifoldStep)...)
	}
	for _, a := range q.Arrows {
		d.Arrows = append(d.Arrows, [2][2]float32{a.At, a.Push})
	}
	return d
}

// pointsText says what a plane shows, and what it calls found: the doctor counts how many modes get
// their share of the points.
func pointsText(q *session.Points) string {
	text := "Step " + humanize.Comma(q.Step)
	if q.ModesTotal > 0 {
		text += fmt.Sprintf(": %d of %d modes found (at least one of %s is near), %.0f %% of the points are near a mode", q.Modes, q.ModesTotal, words.Counted(len(q.Fake), "point"), 100*q.HighQuality)
	}
	if q.Optimal == nil {
		return text
	}
	text += fmt.Sprintf(". Against the best D the game is worth %.2f, and −log 4 = −1.39 once G makes what the data are", q.Value)
	if q.Estimated > 0 {
		text += fmt.Sprintf(" (the data's density is estimated from %s)", words.Counted(q.Estimated, "point"))
	}
	return text
}

func (v *planeView) clear() {
	v.shown = nil
	v.plane.Set(widgets.DensityData{})
}

func (v *planeView) close() { v.plane.Close() }
