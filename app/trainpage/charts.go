package trainpage

import (
	"math"
	"slices"
	"strings"

	"ganvas/app/titles"

	"ganvas/engine/doctor"
	"ganvas/engine/gan"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// showHistory draws the whole run.
func (p *Page) showHistory(h session.History) {
	var marks []widgets.Mark
	for _, e := range h.Events {
		if e.Kind == "set" {
			marks = append(marks, widgets.Mark{X: float64(e.Step), Text: titles.OfEngine(e.Text)})
		}
	}
	objective := p.recipe().Objective
	d, real, fake := "D", "D(x)", "D(G(z))"
	if objective == "wasserstein" {
		d = "critic"
	}
	p.losses.Set([]widgets.Series{seriesOf(h, "loss_d", d), seriesOf(h, "loss_g", "G")}, p.evidence(marks, doctor.NonFinite, doctor.Divergence, doctor.RateTooHigh, doctor.RateTooLow))
	label := gan.ScoreLabel(objective)
	scores := []widgets.Series{seriesOf(h, "d_real", real+" "+label), seriesOf(h, "d_fake", fake)}
	if p.recipe().Balance > 0 {
		scores = append(scores, seriesOf(h, "accuracy", "D is right"))
	}
	if p.recipe().Augment == "adaptive" {
		scores = append(scores, seriesOf(h, "augment_p", "changed pictures"))
	}
	if hasValues(h, "class_error") {
		scores = append(scores, seriesOf(h, "class_error", "classes named wrongly"))
	}
	p.scores.Set(scores, p.evidence(marks, doctor.DTooStrong, doctor.DTooWeak, doctor.FewData, doctor.OverFitting))
	p.gradients.Set([]widgets.Series{seriesOf(h, "grad_d", d), seriesOf(h, "grad_g", "G")}, p.evidence(marks, doctor.DeadUnits))
	p.samples.Set([]widgets.Series{
		checkupSeries(h.Checkups, "distance", func(c *doctor.Checkup) float32 { return c.Distance }),
		checkupSeries(h.Checkups, "diversity", func(c *doctor.Checkup) float32 { return c.Diversity }),
		checkupSeries(h.Checkups, "missed", func(c *doctor.Checkup) float32 { return c.Missed }),
	}, p.evidence(marks, doctor.ModeCollapse, doctor.PartialCollapse, doctor.Oscillation, doctor.Plateau))
}

// evidence returns marks, and besides where the evidence for some kinds of findings lies.
func (p *Page) evidence(marks []widgets.Mark, kinds ...doctor.Kind) []widgets.Mark {
	return slices.Concat(marks, p.doctor.marksOf(kinds...))
}

// nowAndThen are the columns that are not measured with every step.
var nowAndThen = []string{"class_error"}

// roleOf is what the columns stand for.
var roleOf = map[string]widgets.Role{
	"loss_d": widgets.D, "loss_g": widgets.G, "grad_d": widgets.D, "grad_g": widgets.G,
	"d_real": widgets.Real, "d_fake": widgets.Generated,
}

// seriesOf returns one column as a line through the smallest and the largest value of every bucket,
// so that no spike is lost. Where a player did not move the line of what is measured with every
// move has a gap; what is measured only now and then is joined.
func seriesOf(h session.History, column, name string) widgets.Series {
	s := widgets.Series{Name: strings.TrimSpace(name), Role: roleOf[column]}
	c := slices.Index(h.Columns, column)
	if c < 0 || c >= len(h.Min) {
		return s
	}
	for i, x := range h.Step {
		low, high := h.Min[c][i], h.Max[c][i]
		if math.IsNaN(low) && slices.Contains(nowAndThen, column) {
			continue
		}
		s.X, s.Y = append(s.X, x), append(s.Y, low)
		if high > low {
			s.X, s.Y = append(s.X, x), append(s.Y, high)
		}
	}
	return s
}
