package explorepage

import (
	"fmt"
	"strconv"

	"ganvas/app/words"

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

func (p *Page) bindDirection(i int, o fyne.CanvasObject) {
	k := o.(*widgets.KnobSlider)
	d := p.place.directions[i]
	k.OnChanged, k.OnChangeEnded = nil, nil
	k.SetLabel(words.Sentence(d.Name))
	k.SetTip(fmt.Sprintf("Direction %d of %d by strength (%s): how strongly the generator's first layer reacts to it", i+1, len(p.place.directions), words.Number(d.Strength)))
	k.SetRange(-p.place.reach(), p.place.reach())
	k.SetInitial(0)
	k.Set(p.place.along(i))
	p.bind(k, words.Sentence(d.Name), func(v float64) { p.place.setAlong(i, v) })
}

func (p *Page) bindCoordinate(i int, o fyne.CanvasObject) {
	k := o.(*widgets.KnobSlider)
	k.OnChanged, k.OnChangeEnded = nil, nil
	k.SetLabel(fmt.Sprintf("z %d", i+1))
	k.SetTip(fmt.Sprintf("Number %d of the %d that the generator makes a picture from", i+1, len(p.place.z)))
	k.SetRange(-p.place.reach(), p.place.reach())
	k.SetInitial(0)
	k.Set(float64(p.place.z[i]))
	p.bind(k, fmt.Sprintf("z %d", i+1), func(v float64) { p.place.setCoordinate(i, v) })
}

// bind has a slider move the place; as long as it is held that is one step for undo.
func (p *Page) bind(k *widgets.KnobSlider, name string, move func(v float64)) {
	k.OnChanged = func(v float64) {
		move(v)
		p.stand(p.trail.Now.at(p.place.z), name, true)
	}
	k.OnChangeEnded = func(float64) { p.trail.Part() }
}
