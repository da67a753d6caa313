package datapage

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/widgets"
)

// points is the look of points of the plane, also of those that are drawn by hand.
var points = look{
	kind:    datasets.Points,
	view:    newPointsView,
	summary: func(info datasets.Info) string { return words.Counted(info.Count, "point") + " of the plane" },
	about:   func(datasets.Builtin) string { return "points of the plane" },
	thumbnail: func(set datasets.Set) image.Image {
		some := studio.SamplePoints(set, 600)
		return ui.PointsPicture(some, nil, some)
	},
	examine:    datasets.Examine,
	aboutItems: true,
	sound:      "no copies, nothing blank, no class too rare",
}

// mostOnPlane is how many points the plane shows.
const mostOnPlane = 4000

// A pointsView shows points on the plane, or the board where they are drawn.
type pointsView struct {
	s       *studio.Studio
	box     *fyne.Container
	plane   *widgets.DensityView
	drawing *drawing
	of      datasets.Set // what plane shows,
	items   []int        // of it alone; nil: all
}

func newPointsView(s *studio.Studio, _ ui.Host) view {
	v := &pointsView{s: s, plane: widgets.NewDensityView(), drawing: newDrawing(s)}
	v.plane.ShowFake, v.plane.ShowHeat = false, false
	v.box = container.NewStack(v.plane, v.drawing.box)
	return v
}

func (v *pointsView) content() fyne.CanvasObject { return v.box }

func (v *pointsView) cards() []madeHere {
	return []madeHere{{studio.Drawn, v.drawing.card, "Brush, spray and erase the points that the generator is to imitate."}}
}

func (v *pointsView) refresh() {
	v.drawing.refresh()
	if kindNow(v.s) != datasets.Points {
		return
	}
	drawn := drawnNow(v.s)
	ui.SetShown(v.drawing.box, drawn)
	ui.SetShown(v.plane, !drawn)
	if !drawn {
		v.show(v.s.Data.Set, nil)
	}
}

func (v *pointsView) choose(items []int) { v.show(v.s.Data.Set, items) }

// show shows points on the plane: all of a set, or some of the whole.
func (v *pointsView) show(set datasets.Set, items []int) {
	if set == nil || set == v.of && items == nil && v.items == nil {
		return
	}
	v.of, v.items = set, items
	all := studio.SamplePoints(set, mostOnPlane)
	d := widgets.DensityData{Real: all}
	d.XMin, d.XMax, d.YMin, d.YMax = studio.Bounds(all)
	if items != nil {
		d.Real = studio.SamplePoints(datasets.NewSubset(v.s.Data.Whole, items), mostOnPlane)
	}
	v.plane.Set(d)
}

func (v *pointsView) close() {
	v.plane.Close()
	v.drawing.board.Close()
}
