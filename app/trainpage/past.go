package trainpage

import (
	"math"
	"slices"

	"fyne.io/fyne/v2/theme"

	"ganvas/app/words"
	"ganvas/engine/session"
)

// lookBack shows the step that is looked at as far as that is known at once: on the charts and in
// numbers. What was made then comes a little later, with
// the event Recalled.
func (p *Page) lookBack() {
	t := p.s.TimeLine
	p.charts.lookAt(t.At)
	p.picture.ofThePast(t.Past())
	p.game.lookBack(t, p.charts.shown)
	p.showStatus()
	if t.Past() {
		p.showPicture(p.past)
	} else {
		p.past = session.Snapshot{}
		p.showPicture(p.live)
	}
}

// ofThePast makes it plain below the picture that it is not of the newest step.
func (p *picture) ofThePast(past bool) {
	if past {
		p.caption.SetColor(theme.ColorNamePrimary)
	} else {
		p.caption.SetColor(theme.ColorNamePlaceHolder)
	}
}

// lookAt draws the cursors of the charts at a step; negative: none.
func (c *board) lookAt(step int64) {
	at := math.NaN()
	if step >= 0 {
		at = float64(step)
	}
	for _, chart := range c.all() {
		chart.SetCursor(at)
	}
}

// pastNumbers are the columns whose values at a step of the past stand in place of how far the run
// is, and what they are called.
var pastNumbers = [...]struct{ column, name string }{
	{"loss_d", "Loss of D"}, {"loss_g", "Loss of G"}, {"d_real", "D(x)"}, {"d_fake", "D(G(z))"}, {"grad_d", "Gradient D"}, {"grad_g", "Gradient G"},
}

// valueAt returns a column at a step, or where there are too many steps for all, the range of those
// around it; "–" where nothing was measured.
func valueAt(h session.History, column string, step int64) string {
	const nothing = "–"
	c := slices.Index(h.Columns, column)
	i, exact := slices.BinarySearch(h.Step, float64(step))
	if !exact {
		i-- // the bucket that the step is in
	}
	if c < 0 || i < 0 || c >= len(h.Min) || math.IsNaN(h.Min[c][i]) {
		return nothing
	}
	low, high := words.Number(h.Min[c][i]), words.Number(h.Max[c][i])
	if low == high {
		return low
	}
	return low + " to " + high
}
