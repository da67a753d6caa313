package trainpage

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/widgets"
)

// noBest keeps no best step.
const noBest = "(none)"

// A bestPanel chooses by which number the best step of the run is kept while it trains, and leads
// back to that.
type bestPanel struct {
	s      *studio.Studio
	by     *widgets.Select
	about  *ui.Note
	look   *widgets.TippedButton
	inner  *fyne.Container
	box    *fyne.Container
	around func()   // places what is around anew
	names  []string // of the numbers, in the order of the choice after noBest
	step   int64
	quiet  bool // the page, not the person, chooses
}

func newBestPanel(s *studio.Studio) *bestPanel {
	b := &bestPanel{s: s, about: ui.NewNote("")}
	b.by = widgets.NewSelect([]string{noBest}, func(string) { b.chose() })
	b.look = widgets.TipButton(theme.HistoryIcon(), "Look there", "Shows the run as it was at its best step. Continue from here… then goes on from it", func() { s.TimeLine.Look(b.step) })
	tip := "A judgement of 500 samples now and then, beside training: it gets the time that nothing else wants. The best step is kept whole to be looked at"
	row := container.New(ui.Columns{94, 1}, widgets.Tip(ui.NewLine("Best by"), tip), b.by)
	b.inner = container.NewVBox(ui.NewSection("The best step"), widgets.Dense(row), b.about, b.look)
	b.box = ui.NewPanel(b.inner)
	b.box.Hide()
	return b
}

// chose has the best step kept by what is chosen.
func (b *bestPanel) chose() {
	r, i := b.s.Run, b.by.SelectedIndex()
	if b.quiet || r == nil || i < 0 {
		return
	}
	metric := ""
	if i > 0 {
		metric = b.names[i-1]
	}
	r.Write(func() error { return r.Session.SetBest(metric) }, func() { b.s.Refresh() })
}

// show brings the panel to the run.
func (b *bestPanel) show() {
	if b.turn() {
		ui.Relayout(b.inner, b.box)
		b.around()
	}
}

// turn is show; it tells whether the panel needs more or less room than before.
func (b *bestPanel) turn() (moved bool) {
	r := b.s.Run
	if r == nil || b.s.RunData() == nil || r.Session.ReadOnly() {
		return ui.SetShown(b.box, false)
	}
	moved = ui.SetShown(b.box, true)
	if names := r.Session.BestMetrics(); !slices.Equal(names, b.names) {
		b.names = names
		b.by.Options = []string{noBest}
		for _, n := range names {
			title, _ := titles.Measure(n)
			b.by.Options = append(b.by.Options, title)
		}
		b.by.Refresh()
	}
	by := r.Session.BestBy()
	if i := slices.Index(b.names, by) + 1; i != b.by.SelectedIndex() {
		b.quiet = true
		b.by.SetSelectedIndex(i)
		b.quiet = false
	}
	metric, step, value, ok := r.Session.Best()
	title, _ := titles.Measure(metric)
	text := ""
	switch {
	case ok:
		text = fmt.Sprintf("%s %s at step %s.", title, words.Significant(value, 3), words.Thousands(step))
	case by != "":
		text = "The first judgement is still to come."
	}
	b.step = step
	b.about.Set(text)
	moved = ui.SetShown(b.about, text != "") || moved
	return ui.SetShown(b.look, ok && b.s.TimeLine.Kept(step)) || moved
}
