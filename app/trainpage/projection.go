package trainpage

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/dustin/go-humanize"

	"ganvas/app/ui"
	"ganvas/engine/field"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A projectionView shows pictures in a plane, by what features of theirs are alike.
type projectionView struct {
	plane  *widgets.PicturePlane
	layers *layerChoice
	choice *widgets.Select
	above  *fyne.Container
	by     field.Features
	shown  *field.Projection
}

// The ways to look at pictures, and what they are called.
var (
	lookings      = []field.Features{field.NoFeatures, field.DFeatures, field.FixedFeatures}
	lookingTitles = []string{"Contact sheet", "Plane by D's features", "Plane by fixed features"}
)

// lookingName is the name under which the choice is remembered.
const lookingName = "looking.pictures"

// lookingWidth has room for all the titles.
const lookingWidth = 230

// newProjectionView returns a view that is chosen as it was last; turned tells that it is chosen or
// not.
func newProjectionView(around scene, turned func()) *projectionView {
	v := &projectionView{plane: widgets.NewPicturePlane()}
	v.plane.Empty, v.plane.OnMenu = "Press Train, or wait: pictures are being laid out", around.menu
	on := &v.plane.DensityLayers
	on.ShowPictures, on.ShowHeat = true, false
	v.layers = newLayerChoice("layers.pictures", around, v.plane.Refresh, []layer{
		{"Real", "Pictures of the data", &on.ShowReal, 0},
		{"Generated", "What the generator makes of random latents", &on.ShowFake, 0},
		{"Small pictures", "Pictures at their places, as far as there is room. Without them each is a mark, and the one next to the mouse is shown large", &on.ShowPictures, 0},
		{"Density", "How many generated pictures lie where: lines of equal density", &on.ShowDensity, 0},
	})
	if last := around.memory.StringList(lookingName); len(last) == 1 && slices.Contains(lookings, field.Features(last[0])) {
		v.by = field.Features(last[0])
	}
	v.choice = widgets.NewSelect(lookingTitles, nil)
	v.choice.Selected = lookingTitles[slices.Index(lookings, v.by)]
	v.choice.OnChanged = func(title string) {
		v.by = lookings[slices.Index(lookingTitles, title)]
		around.memory.SetStringList(lookingName, []string{string(v.by)})
		v.shown = nil
		v.plane.Set(widgets.DensityData{})
		turned()
		around.looked()
	}
	tip := widgets.Tip(v.choice, "All as a sheet, or alike ones near each other: by the features that D judges by, or by features that are the same for every run. The plane shows the two directions in which pictures differ most")
	wide := fyne.NewSize(lookingWidth, v.choice.MinSize().Height)
	v.above = container.NewVBox(container.NewCenter(container.NewGridWrap(wide, tip)), v.layers.box)
	v.showLayers()
	return v
}

// chosen tells whether the plane is to be seen.
func (v *projectionView) chosen() bool { return v.by != field.NoFeatures }

// showLayers shows the choice of layers with the plane.
func (v *projectionView) showLayers() {
	if ui.SetShown(v.layers.box, v.chosen()) {
		ui.Relayout(v.above)
	}
}

func (v *projectionView) take(n session.Snapshot) (caption string, ok bool) {
	q := n.Plane
	if !v.chosen() || q == nil || q == v.shown {
		return "", false
	}
	v.shown = q
	v.plane.Set(widgets.DensityData{
		Real: q.Real, Fake: q.Fake, RealPictures: q.RealPictures, FakePictures: q.FakePictures,
		XMin: q.XMin, XMax: q.XMax, YMin: q.YMin, YMax: q.YMax, HeatW: q.W, HeatH: q.H, Density: q.Density,
	})
	by := "features that D judges by"
	if v.by == field.FixedFeatures {
		by = "fixed features"
	}
	return fmt.Sprintf("Step %s: pictures that are alike lie near each other, by %s; the plane shows %.0f %% of their differences. Rest the mouse on one to see it large.", humanize.Comma(q.Step), by, 100*q.Explained), true
}

func (v *projectionView) clear() {
	v.shown = nil
	v.plane.Set(widgets.DensityData{})
}
