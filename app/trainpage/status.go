package trainpage

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/glossary"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A statusPanel says how far a run is.
type statusPanel struct {
	box   *fyne.Container
	title *widget.Label
	names [6]*widget.Label
	lines [6]*widget.Label
}

// statusNames are what is said of a run as it is now.
var statusNames = [6]string{"Step", "Passes", "Items seen", "One step", "Time left", "Saved"}

func newStatusPanel() *statusPanel {
	p := &statusPanel{title: ui.NewSection("This run")}
	p.box = container.NewVBox(p.title)
	for i := range p.lines {
		p.names[i], p.lines[i] = ui.NewLine(statusNames[i]), ui.NewLine("")
		row := widgets.Dense(container.New(ui.Columns{94, 1}, p.names[i], p.lines[i]))
		p.box.Add(widgets.TipFunc(row, func() string {
			if w, ok := glossary.Of(p.names[i].Text); ok {
				return w.Tip()
			}
			return ""
		}))
	}
	return p
}

// showPast shows what was measured at a step of the past, which text names.
func (p *statusPanel) showPast(text string, step int64, h session.History) {
	ui.SetText(p.title, "The past: "+text)
	for i, n := range pastNumbers {
		ui.SetText(p.names[i], n.name)
		ui.SetText(p.lines[i], valueAt(h, n.column, step))
	}
}

// show shows the status of a run, if there is one.
func (p *statusPanel) show(s session.Status, run bool) {
	texts := [6]string{"–", "–", "–", "–", "–", "–"}
	if run {
		texts[0] = words.Of(s.Step, s.Steps)
		texts[1] = fmt.Sprintf("%.1f over the data", s.Epoch)
		texts[2] = humanize.Comma(s.ImagesSeen)
		if s.SecondsPerStep > 0 {
			texts[3] = words.Duration(words.Seconds(s.SecondsPerStep))
		}
		if s.Left > 0 {
			texts[4] = words.Duration(s.Left)
		}
		if !s.LastSave.IsZero() {
			texts[5] = "at " + s.LastSave.Format("15:04:05")
		}
	}
	ui.SetText(p.title, "This run")
	for i, t := range texts {
		ui.SetText(p.names[i], statusNames[i])
		ui.SetText(p.lines[i], t)
	}
}
