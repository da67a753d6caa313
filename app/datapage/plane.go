package datapage

import (
	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/widgets"
)

// showPlane shows points: all of a set, or some.
func (p *Page) showPlane(set datasets.Set, items []int) {
	if set == nil || set == p.planeOf && items == nil && p.planeItems == nil {
		return
	}
	p.planeOf, p.planeItems = set, items
	all := studio.SamplePoints(set, 4000)
	d := widgets.DensityData{Real: all}
	d.XMin, d.XMax, d.YMin, d.YMax = studio.Bounds(all)
	if items != nil {
		d.Real = studio.SamplePoints(datasets.NewSubset(p.s.Data.Whole, items), 4000)
	}
	p.plane.Set(d)
}
