package explorepage

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/latent"
	"ganvas/widgets"
)

// maxDirections is how many principal directions have a slider: the weak ones change little that an
// eye sees.
const maxDirections = 24

// sliders are a knob for each direction and one for each number of the latent, and above them the
// choice of the directions that dragging goes along.
type sliders struct {
	walk       *walk
	axes       [2]*widgets.Select // which direction dragging right and down goes along
	showing    int                // which of the parts is to be seen; beyond them: neither
	directions *widgets.KnobList
	raw        *widgets.KnobList
	empty      *ui.Note // in place of the lists before there is a generator
	parts      []widgets.Tab
}

func newSliders(w *walk) *sliders {
	s := &sliders{walk: w}
	s.empty = ui.NewNote("Each slider changes one thing about the picture. They come with the generator.")
	for i := range s.axes {
		s.axes[i] = widgets.NewSelect(nil, nil)
		s.axes[i].PlaceHolder = "Direction"
		s.axes[i].OnChanged = func(string) { w.axis[i] = s.axes[i].SelectedIndex() }
	}
	s.directions = widgets.NewKnobList(func() int { return len(w.place.directions) }, newKnobRow, s.bindDirection)
	s.raw = widgets.NewKnobList(func() int { return len(w.place.z) }, newKnobRow, s.bindCoordinate)
	drags := container.New(ui.Columns{0.5, 0.5},
		container.NewBorder(nil, nil, widget.NewIcon(ui.IconAcross), nil, s.axes[0]),
		container.NewBorder(nil, nil, widget.NewIcon(ui.IconDown), nil, s.axes[1]))
	drags = container.NewVBox(widgets.Tip(drags, "Dragging on the picture across and down moves along these directions; the wheel moves along the third"))
	lists := container.NewStack(s.directions, container.NewVBox(s.empty))
	s.parts = []widgets.Tab{{Title: "Directions", Content: widgets.Border(drags, nil, nil, nil, lists)}, {Title: "Coordinates", Content: s.raw}}
	return s
}

// enable switches the choice of the dragging directions; off, the page says what the sliders will
// be.
func (s *sliders) enable(on bool) {
	ui.SetShown(s.empty, !on)
	for _, c := range s.axes {
		ui.SetEnabled(c, on)
	}
}

// show says which part is to be seen.
func (s *sliders) show(part int) {
	s.showing = part
	s.refresh()
}

// refresh brings the sliders that can be seen to the place.
func (s *sliders) refresh() {
	switch s.showing {
	case 0:
		s.directions.Refresh()
	case 1:
		s.raw.Refresh()
	}
}

// setDirections shows other directions; dragging keeps to those of the same number.
func (s *sliders) setDirections(directions []latent.Direction) {
	w := s.walk
	w.place.directions = directions
	names := make([]string, len(directions))
	for i, d := range directions {
		names[i] = words.Sentence(d.Name)
	}
	for i, c := range s.axes {
		w.axis[i] = min(max(w.axis[i], 0), len(names)-1)
		if w.axis[0] == w.axis[1] && len(names) > 1 {
			w.axis[1] = 1
		}
		c.Options = names
		if w.axis[i] >= 0 {
			c.Selected = names[w.axis[i]]
		}
		c.Refresh()
	}
}

// newKnobRow is one row of a list of sliders.
func newKnobRow() fyne.CanvasObject {
	k := widgets.NewKnobSlider("", -3, 3, 0)
	k.LabelWidth = 86
	k.Format = func(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
	return k
}

func (s *sliders) bindDirection(i int, o fyne.CanvasObject) {
	place := &s.walk.place
	d := place.directions[i]
	s.bind(o.(*widgets.KnobSlider), knob{
		name:  words.Sentence(d.Name),
		tip:   fmt.Sprintf("Direction %d of %d by strength (%s): how strongly the generator's first layer reacts to it", i+1, len(place.directions), words.Number(d.Strength)),
		value: place.along(i),
		move:  func(v float64) { place.setAlong(i, v) },
	})
}

func (s *sliders) bindCoordinate(i int, o fyne.CanvasObject) {
	place := &s.walk.place
	s.bind(o.(*widgets.KnobSlider), knob{
		name:  fmt.Sprintf("z %d", i+1),
		tip:   fmt.Sprintf("Number %d of the %d that the generator makes a picture from", i+1, len(place.z)),
		value: float64(place.z[i]),
		move:  func(v float64) { place.setCoordinate(i, v) },
	})
}

// A knob is what a slider shows, and what it does to the place.
type knob struct {
	name, tip string
	value     float64
	move      func(v float64)
}

// bind has a slider move the place; as long as it is held that is one step for undo.
func (s *sliders) bind(k *widgets.KnobSlider, to knob) {
	w := s.walk
	k.OnChanged, k.OnChangeEnded = nil, nil
	k.SetLabel(to.name)
	k.SetTip(to.tip)
	k.SetRange(-w.place.reach(), w.place.reach())
	k.SetInitial(0)
	k.Set(to.value)
	k.OnChanged = func(v float64) {
		to.move(v)
		w.stand(w.trail.Now.at(w.place.z), to.name, true)
	}
	k.OnChangeEnded = func(float64) { w.trail.Part() }
}
