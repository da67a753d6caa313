package runspage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/runs"
	"ganvas/widgets"
)

// askDuplicate asks for the name of a copy, and from which of the steps of which all is kept.
func (p *Page) askDuplicate(e runs.Entry) {
	f, this := p.s.Runs.File(), p.s.ThisProject()
	var steps []int64
	p.s.Jobs.Start(func(context.Context) error {
		list, err := f.Checkpoints(e.ID)
		for _, k := range slices.Backward(list) {
			if !k.Thinned && !k.Damaged {
				steps = append(steps, k.Step)
			}
		}
		return err
	}, func(err error) {
		switch {
		case !this():
		case err != nil:
			p.host.Fail(err)
		case len(steps) == 0:
			p.host.Fail(fmt.Errorf("duplicate run %d: no step is kept whole: train it first", e.ID))
		default:
			p.showDuplicate(e, steps)
		}
	})
}

// showDuplicate shows the question.
func (p *Page) showDuplicate(e runs.Entry, steps []int64) {
	name := ui.NewEntry(p.host)
	name.SetText(e.Name + " copy")
	var titles []string
	for _, s := range steps {
		titles = append(titles, "step "+words.Thousands(s))
	}
	from := widgets.NewSelect(titles, nil)
	from.Selected = titles[0]
	hint := ui.NewNote("")
	const label = 80
	box := container.NewVBox(ui.NewText("The copy is a branch of the run. It is not trained: open it, change what you like, and press Train."),
		container.New(ui.Columns{label, 1}, ui.NewLine("Name"), name), container.New(ui.Columns{label, 1}, ui.NewLine("From"), from), hint)
	d := ui.NewDialog(fmt.Sprintf("Duplicate run %d", e.ID), ui.WithWidth(420, box), p.host.Window())
	take := func() {
		text := strings.TrimSpace(name.Text)
		if err := ckpt.CheckRunName(text); err != nil {
			hint.Set(words.Sentence(err.Error()))
			return
		}
		d.Hide()
		p.s.Runs.Duplicate(e.ID, steps[max(0, slices.Index(titles, from.Selected))], text, func(id int64) {
			p.history.did(edit{"Duplicate run", func() { p.s.Runs.Delete([]int64{id}, func([]int64) {}) }, func() { p.s.Runs.Restore([]int64{id}) }})
			p.table.at = id
		})
	}
	name.OnSubmitted = func(string) { take() }
	do := ui.DialogButton("Duplicate", nil, take)
	do.Importance = widget.HighImportance
	ui.SetButtons(d, ui.DialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() }), do)
	p.host.Present(d, p.s.ThisProject())
	p.host.Window().Canvas().Focus(name)
}
