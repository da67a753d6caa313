package app

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"ganvas/widgets"
)

// newKnobRow is one row of a list of sliders.
func newKnobRow() fyne.CanvasObject {
	k := widgets.NewKnobSlider("", -3, 3, 0)
	k.LabelWidth = 86
	k.Format = func(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
	return k
}

func (p *explorePage) bindDirection(i int, o fyne.CanvasObject) {
	k := o.(*widgets.KnobSlider)
	d := p.place.directions[i]
	k.OnChanged = nil
	k.SetLabel(sentence(d.Name))
	k.SetTip(fmt.Sprintf("Direction %d of %d by strength (%s): how strongly the generator's first layer reacts to it", i+1, len(p.place.directions), number(d.Strength)))
	k.SetRange(-p.place.reach(), p.place.reach())
	k.SetInitial(0)
	k.Set(p.place.along(i))
	k.OnChanged = func(v float64) {
		p.place.setAlong(i, v)
		p.origin = "moved"
		p.moved()
	}
}

func (p *explorePage) bindCoordinate(i int, o fyne.CanvasObject) {
	k := o.(*widgets.KnobSlider)
	k.OnChanged = nil
	k.SetLabel(fmt.Sprintf("z %d", i+1))
	k.SetTip(fmt.Sprintf("Number %d of the %d that the generator makes a picture from", i+1, len(p.place.z)))
	k.SetRange(-p.place.reach(), p.place.reach())
	k.SetInitial(0)
	k.Set(float64(p.place.z[i]))
	k.OnChanged = func(v float64) {
		p.place.setCoordinate(i, v)
		p.origin = "moved"
		p.moved()
	}
}
