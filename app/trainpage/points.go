package trainpage

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"github.com/dustin/go-humanize"

	"ganvas/app/words"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A planeView shows points of the plane over the discriminator's judgement.
type planeView struct {
	plane   *widgets.MenuPlane
	toggles *fyne.Container
	shown   *session.Points
}

func newPlaneView(_ func(place), menu func(at fyne.Position)) kindView {
	v := &planeView{plane: widgets.NewMenuPlane()}
	v.plane.Empty, v.plane.OnMenu = emptyView, menu
	layer := func(name, tip string, on *bool) fyne.CanvasObject {
		c := widgets.NewCheck(name, nil)
		c.Checked = *on
		c.OnChanged = func(checked bool) {
			*on = checked
			v.plane.Refresh()
		}
		return widgets.Tip(c, tip)
	}
	v.toggles = container.New(layout.NewRowWrapLayout(),
		layer("Real", "Points of the data", &v.plane.ShowReal),
		layer("Generated", "What the generator makes of random latents", &v.plane.ShowFake),
		layer("D's heat-map", "Where the discriminator takes points for real", &v.plane.ShowHeat),
		layer("Manifold", "Where a grid of latents goes", &v.plane.ShowManifold))
	return v
}

func (v *planeView) object() fyne.CanvasObject { return v.plane }
func (v *planeView) above() fyne.CanvasObject  { return v.toggles }

func (v *planeView) picture() image.Image { return v.plane.Picture() }

// senseless: points are not augmented.
func (v *planeView) senseless() []string { return []string{"augment"} }

func (v *planeView) take(n session.Snapshot, _ madeBy) (caption string, ok bool) {
	q := n.Points
	if q == nil || q == v.shown {
		return "", false
	}
	v.shown = q
	v.plane.Set(widgets.DensityData{
		Real: q.Real, Fake: q.Fake, Heat: q.Heat, HeatW: q.HeatW, HeatH: q.HeatH,
		XMin: q.XMin, XMax: q.XMax, YMin: q.YMin, YMax: q.YMax, Manifold: q.Manifold,
	})
	return pointsText(q), true
}

// pointsText says what a plane shows, and what it calls found: the doctor counts how many modes get
// their share of the points.
func pointsText(q *session.Points) string {
	text := "Step " + humanize.Comma(q.Step)
	if q.ModesTotal > 0 {
		text += fmt.Sprintf(": %d of %d modes found (at least one of %s is near), %.0f %% of the points are near a mode", q.Modes, q.ModesTotal, words.Counted(len(q.Fake), "point"), 100*q.HighQuality)
	}
	return text
}

func (v *planeView) clear() {
	v.shown = nil
	v.plane.Set(widgets.DensityData{})
}

func (v *planeView) close() { v.plane.Close() }
