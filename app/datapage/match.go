package datapage

import (
	"fyne.io/fyne/v2"

	"ganvas/app/ui"
	"ganvas/datasets"
)

// A matched layout gives before and after halves of the room, and then has their pictures drawn at
// one size.
type matched struct {
	ui.Halves
	match func()
}

// Layout is part of fyne.Layout.
func (m matched) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	m.Halves.Layout(objects, size)
	m.match()
}

// match draws what is used of the original as large as what is made of it, so that one sees what
// becomes of it and not that the views differ.
func (p *preparation) match() {
	if p.original == nil {
		return
	}
	b, o := p.original.Bounds(), p.options()
	part := datasets.Part(b, o)
	used, longer := max(part.Dx(), part.Dy()), max(b.Dx(), b.Dy())
	before, after := p.before.Size(), p.after.Size()
	scale := p.host.Window().Canvas().Scale()
	room := min(before.Width/float32(b.Dx()), before.Height/float32(b.Dy())) * float32(used)
	side := sideOf(int(min(room, after.Width, after.Height)*scale), used, o.Size)
	drawn := float32(side) / scale
	p.before.SetLongest(drawn * float32(longer) / float32(used))
	p.after.SetLongest(drawn)
	p.flip.SetLongest(drawn)
}

// leastSide is what is made of an original at least, in pixels of the screen, where the part that is
// used of it is thin.
const leastSide = 48

// sideOf returns the side at which a part of an original, and what size pixels a side make of it, are
// both drawn in so many pixels of the screen: whole ones for each of theirs, where that does not take
// much. 0: each as large as it can be.
func sideOf(room, used, size int) int {
	if room < leastSide || size <= 0 || used <= 0 {
		return 0
	}
	most := room / size
	if most < 2 {
		return room
	}
	for k := most; 10*k >= 7*most; k-- {
		if side := k * size; side%used == 0 || side < used {
			return side
		}
	}
	return most * size
}
