package explorepage

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// A choicePicker lets Explore choose the class that a generator makes, and which of several
// generators makes it.
type choicePicker struct {
	class, maker *widgets.Select
	parts        [2]fyne.CanvasObject // of box: class and maker with their tips and titles
	box          *fyne.Container
	changed      func(class, part int)
	quiet        bool
}

func newChoicePicker(changed func(class, part int)) *choicePicker {
	p := &choicePicker{changed: changed}
	told := func(string) {
		if !p.quiet {
			changed(p.chosen())
		}
	}
	p.class, p.maker = widgets.NewSelect(nil, told), widgets.NewSelect(nil, told)
	titled := func(title string, s *widgets.Select, tip string) fyne.CanvasObject {
		return container.New(titled{}, widgets.Tip(widget.NewLabel(title), tip), s)
	}
	p.parts[0] = titled("Class", p.class, "The class that the generator is asked for")
	p.parts[1] = titled("Generator", p.maker, "Which of the generators makes the picture")
	p.box = container.New(row{}, p.parts[0], p.parts[1])
	return p
}

// chosen returns the class and the generator, −1 where there is none to choose.
func (p *choicePicker) chosen() (class, part int) {
	return p.class.SelectedIndex(), p.maker.SelectedIndex()
}

// set shows what there is to choose from, and chooses the first where that has changed.
func (p *choicePicker) set(classes []string, makers int) {
	p.quiet = true
	defer func() { p.quiet = false }()
	var names []string
	if makers > 1 {
		for i := range makers {
			names = append(names, fmt.Sprint(i+1))
		}
	}
	ui.SetShown(p.box, len(classes) > 0 || len(names) > 0)
	for k, s := range []*widgets.Select{p.class, p.maker} {
		options := [][]string{classes, names}[k]
		ui.SetShown(p.parts[k], len(options) > 0)
		if slices.Equal(s.Options, options) {
			continue
		}
		s.SetOptions(options)
		s.ClearSelected()
		if len(options) > 0 {
			s.SetSelectedIndex(0)
		}
	}
	ui.Relayout(p.box)
}

// choose chooses, where there is something to choose from, without calling back.
func (p *choicePicker) choose(class, part int) {
	p.quiet = true
	if class >= 0 && class < len(p.class.Options) {
		p.class.SetSelectedIndex(class)
	}
	if part >= 0 && part < len(p.maker.Options) {
		p.maker.SetSelectedIndex(part)
	}
	p.quiet = false
}
