package judgepage

import (
	"fmt"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/widgets"
)

// explain says, before there are numbers, what they will be.
func (p *Page) explain() {
	held := p.heldOut()
	p.showCount(held)
	text := "Judge compares the generator, as it is now, with the data."
	switch {
	case p.s.Run == nil:
		text = "There is no generator yet: open a project or train one."
	case held > 0 && held < judge.Fewest:
		text = fmt.Sprintf("Only %s are held out, and Judge needs %d: add data.", words.Counted(held, "item"), judge.Fewest)
	case held > 0 && held < p.count():
		text = fmt.Sprintf("Only %s are held out, so Judge draws as many samples.", words.Counted(held, "item"))
	}
	p.when.Set(text)
	ui.SetText(p.notes, "You will see "+p.view().numbers()+".\n\nEach number comes with its standard error, and beside it what as many real items score that were held out: what a perfect generator would get. Within chance of that it counts as real.")
	p.settle()
}

// showKept shows, while there is no report, the numbers of the step that the run is at, if the
// project has them from an earlier time.
func (p *Page) showKept(points []judged) {
	if p.report != nil {
		return
	}
	p.table.RemoveAll()
	at := slices.IndexFunc(points, func(j judged) bool { return j.step == p.s.Status.Step && j.samples() > 0 })
	if p.s.Run == nil || at < 0 {
		p.explain()
		return
	}
	p.showCount(points[at].samples())
	p.showNumbers(points[at].measures)
	p.when.Set(fmt.Sprintf("Step %s, judged before with %s; Judge shows these, too", humanize.Comma(points[at].step), words.Counted(points[at].samples(), "sample")))
	ui.SetText(p.notes, "")
	p.settle()
}

// showNumbers fills the table.
func (p *Page) showNumbers(measures []metrics.Measure) {
	p.table.Add(tableRow("", "Samples", "Real data", "", true))
	for _, m := range measures {
		if m.Name != guessMeasure {
			p.table.Add(measureRow(m))
		}
	}
}

// copiesOf returns the share of copies in a report, of how many samples; false for points.
func copiesOf(r *judge.Report) (m metrics.Measure, ok bool) {
	i := slices.IndexFunc(r.Measures, func(m metrics.Measure) bool { return m.Name == "copies" })
	if i < 0 {
		return m, false
	}
	return r.Measures[i], true
}

// copyingText answers whether the generator copies.
func copyingText(r *judge.Report) string {
	m, ok := copiesOf(r)
	if !ok {
		return ""
	}
	low, high := metrics.ShareInterval(m.Value, m.Samples)
	answer := "No sign of it"
	if metrics.Copying(m.Value, m.Samples) {
		answer = "Yes"
	}
	return fmt.Sprintf("%s: %.1f %% copies (%.1f to %.1f %%); %g %% is usual", answer, 100*m.Value, 100*low, 100*high, 100*metrics.CopyRate)
}

func tableRow(name, value, ideal, verdict string, quiet bool) *fyne.Container {
	cells := []fyne.CanvasObject{ui.NewLine(name)}
	for _, text := range []string{value, ideal, verdict} {
		cells = append(cells, ui.NewLine(text))
	}
	if quiet {
		for _, c := range cells {
			c.(*widget.Label).Importance = widget.LowImportance
		}
	}
	return container.New(ui.Columns{150, 128, 72, 1}, cells...)
}

// measureRow is a number with its error, beside what real data score.
func measureRow(m metrics.Measure) fyne.CanvasObject {
	title, meaning := titles.Measure(m.Name)
	return widgets.Tip(tableRow(title, words.WithError(m.Value, m.StdErr), words.Significant(m.Perfect, 3), verdictOn(m), false), meaning)
}

// verdictOn says in a word how a number compares with that of real data.
func verdictOn(m metrics.Measure) string {
	gap := m.Value - m.Perfect
	if m.HigherIsBetter {
		gap = -gap
	}
	switch {
	case math.IsNaN(m.StdErr):
		return ""
	case m.Name == "similarity" && gap < -2*m.StdErr:
		return "varied"
	case m.Name == "similarity" && gap > 2*m.StdErr:
		return "too alike"
	case gap <= 2*m.StdErr:
		return "as real"
	case m.Name == "copies":
		return "copies"
	}
	return "worse"
}
