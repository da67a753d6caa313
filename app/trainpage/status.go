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
	lines [6]*widget.Label
}

func newStatusPanel() *statusPanel {
	p := &statusPanel{box: container.NewVBox(ui.NewSection("This run"))}
	for i, name := range []string{"Step", "Passes", "Items seen", "One step", "Time left", "Saved"} {
		p.lines[i] = ui.NewLine("")
		var row fyne.CanvasObject = widgets.Dense(container.New(ui.Columns{94, 1}, ui.NewLine(name), p.lines[i]))
		if w, ok := glossary.Of(name); ok {
			row = widgets.Tip(row, w.Tip())
		}
		p.box.Add(row)
	}
	return p
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
	for i, t := range texts {
		ui.SetText(p.lines[i], t)
	}
}
