package judgepage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/engine/judge"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A pointsView shows real and generated points in one plane, and where the best discriminator is
// known in another one over that.
type pointsView struct {
	planes   *fyne.Container
	plane    *widgets.DensityView
	title    *widget.Label
	ideal    *widgets.DensityView // over the best discriminator; shown where it is known
	idealBox fyne.CanvasObject
}

func newPointsView() kindView {
	v := &pointsView{plane: widgets.NewDensityView(), ideal: widgets.NewDensityView(), title: ui.NewSection("")}
	v.plane.ShowHeat = false
	v.plane.Empty = "Real and generated points come here: press Judge"
	v.idealBox = titled("Over the best D, p/(p+q)", v.ideal)
	v.planes = container.New(ui.Columns{1}, container.NewBorder(v.title, nil, nil, nil, v.plane))
	return v
}

func (v *pointsView) object() fyne.CanvasObject { return v.planes }

func (v *pointsView) numbers() string {
	return "how many modes the samples hit and how evenly, how many lie near one, how far they are from the data as a whole, and, where the data's density is known, how the discriminator that played compares with the best one"
}

func (v *pointsView) needs(o *judge.Options, s *session.Session) { o.D = s.Discriminator() }

func (v *pointsView) noGame() string {
	return "This game is for pictures: a point alone does not show whether it is real."
}

// looks: the plane of the run is coloured by D.

func (v *pointsView) show(report *judge.Report, set datasets.Set) {
	v.planes.Objects, v.planes.Layout = v.planes.Objects[:1], ui.Columns{1}
	if report == nil {
		v.plane.Set(widgets.DensityData{})
		v.ideal.Set(widgets.DensityData{})
		ui.SetText(v.title, "")
		ui.Relayout(v.planes)
		return
	}
	d := widgets.DensityData{Fake: make([][2]float32, len(report.Samples)/2), Real: make([][2]float32, len(report.HeldOut))}
	for i := range d.Fake {
		d.Fake[i] = [2]float32(report.Samples[2*i : 2*i+2])
	}
	for i, item := range report.HeldOut {
		set.Read(item, d.Real[i][:])
	}
	d.XMin, d.XMax, d.YMin, d.YMax = studio.Bounds(d.Real)
	title := "Real and generated points"
	v.plane.ShowHeat = false
	if g := report.Game; g != nil {
		d.XMin, d.XMax, d.YMin, d.YMax = g.XMin, g.XMax, g.YMin, g.YMax
		d.HeatW, d.HeatH, d.Heat = g.Side, g.Side, g.Best
		v.ideal.Set(d)
		v.planes.Objects, v.planes.Layout = append(v.planes.Objects, v.idealBox), ui.Columns{0.5, 0.5}
		if d.Heat = g.Played; d.Heat != nil {
			title, v.plane.ShowHeat = "Over the D that played", true
		} else {
			d.Heat = g.Best // not shown, but both planes leave the same room below them
		}
	}
	ui.SetText(v.title, title)
	v.plane.Refresh()
	v.plane.Set(d)
	ui.Relayout(v.planes)
}

func (v *pointsView) close() {
	v.plane.Close()
	v.ideal.Close()
}
