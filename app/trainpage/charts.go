package trainpage

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/glossary"
	"ganvas/app/titles"
	"ganvas/engine/doctor"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A board shows numbers of the whole run as charts.
type board struct {
	box                                fyne.CanvasObject
	losses, scores, gradients, samples *widgets.Chart
	shown                              session.History        // what the charts show
	layers                             *widgets.GradientStrip // of the last step
}

func newBoard() *board {
	c := &board{
		losses:    widgets.NewChart("Losses", "step", "loss"),
		scores:    widgets.NewChart("D's judgement", "step", ""),
		gradients: widgets.NewChart("Gradient norms", "step", "norm"),
		samples:   widgets.NewChart("Samples beside real items", "step", ""),
		layers:    widgets.NewGradientStrip(),
	}
	c.gradients.SetLogY(true)
	rows := container.NewGridWithRows(4)
	for _, chart := range c.all() {
		chart.SetEmpty("Appears with the first steps")
		if chart == c.gradients {
			rows.Add(container.NewBorder(nil, c.layers, nil, nil, chart))
			continue
		}
		rows.Add(chart)
	}
	c.samples.SetEmpty("Appears with the first checkup")
	c.losses.SetTip(glossary.Tip("Losses"))
	c.scores.SetTip(glossary.Tips("D(x)", "D(G(z))"))
	c.gradients.SetTip(glossary.Tip("Gradient norms"))
	c.samples.SetTip(glossary.Tips("Distance", "Diversity", "Missed"))
	c.box = rows
	return c
}

func (c *board) all() []*widgets.Chart {
	return []*widgets.Chart{c.losses, c.scores, c.gradients, c.samples}
}

func (c *board) clear() {
	c.shown = session.History{}
	for _, chart := range c.all() {
		chart.Set(nil, nil)
	}
	c.layers.Set(nil)
}

// showLayers shows the gradients of each player's last update, layer by layer.
func (c *board) showLayers(g *session.Gradients) {
	if g == nil {
		return
	}
	if len(g.D)+len(g.G) == 0 {
		c.layers.Set(nil)
		return
	}
	row := func(name string, role widgets.Role, layers []gan.LayerNorm) widgets.GradientRow {
		out := widgets.GradientRow{Name: name, Role: role}
		for _, l := range layers {
			out.Cells = append(out.Cells, widgets.GradientCell{Layer: fmt.Sprintf("layer %d, %s", l.Layer+1, l.Name), Norm: l.Norm})
		}
		return out
	}
	c.layers.Set([]widgets.GradientRow{row("D", widgets.D, g.D), row("G", widgets.G, g.G)})
}

func (c *board) close() {
	for _, chart := range c.all() {
		chart.Close()
	}
}

// show draws the whole run of a recipe, with what the doctor found, in front of its relatives.
func (c *board) show(h session.History, r *recipe.Recipe, found *doctorPanel, related []session.Relative) {
	c.shown = h
	changes := append(changeMarks(h), branchMarks(related)...)
	evidence := func(kinds ...doctor.Kind) []widgets.Mark {
		return slices.Concat(changes, found.marksOf(kinds...))
	}
	d := "D"
	if r.Objective == "wasserstein" {
		d = "critic"
	}
	c.losses.Set(with(related, []string{"loss_d", "loss_g"}, seriesOf(h, "loss_d", d), seriesOf(h, "loss_g", "G")), evidence(doctor.NonFinite, doctor.Divergence, doctor.RateTooHigh, doctor.RateTooLow))
	c.scores.SetLevels(even(r)...)
	c.scores.Set(with(related, []string{"d_real", "d_fake"}, judgementSeries(h, r)...), evidence(doctor.DTooStrong, doctor.DTooWeak, doctor.FewData, doctor.OverFitting))
	c.gradients.Set(with(related, []string{"grad_d", "grad_g"}, seriesOf(h, "grad_d", d), seriesOf(h, "grad_g", "G")), evidence(doctor.DeadUnits))
	c.samples.Set([]widgets.Series{
		checkupSeries(h.Checkups, "distance", func(c *doctor.Checkup) float32 { return c.Distance }),
		checkupSeries(h.Checkups, "diversity", func(c *doctor.Checkup) float32 { return c.Diversity }),
		checkupSeries(h.Checkups, "missed", func(c *doctor.Checkup) float32 { return c.Missed }),
	}, evidence(doctor.ModeCollapse, doctor.PartialCollapse, doctor.Oscillation, doctor.Plateau))
}

// even is where D can only guess. Where outputs mean something only beside one another, both lines
// meet there, wherever that is.
func even(r *recipe.Recipe) []widgets.Level {
	o, err := gan.FindObjective(r.Objective)
	if err != nil || o.Relative {
		return nil
	}
	level := widgets.Level{Y: 0.5, Text: "even: D can only guess"}
	if o.Score {
		level.Y = float64(o.Middle)
	}
	return []widgets.Level{level}
}

// changeMarks are where settings of the run were changed. Every chart has them all.
func changeMarks(h session.History) []widgets.Mark {
	var marks []widgets.Mark
	for _, e := range h.Events {
		if e.Kind == "set" {
			marks = append(marks, widgets.Mark{X: float64(e.Step), Text: titles.OfEngine(e.Text)})
		}
	}
	return marks
}

// judgementSeries are what D says of real and of generated items, and what follows from that.
func judgementSeries(h session.History, r *recipe.Recipe) []widgets.Series {
	series := []widgets.Series{seriesOf(h, "d_real", "D(x) "+gan.ScoreLabel(r.Objective)), seriesOf(h, "d_fake", "D(G(z))")}
	if r.Balance > 0 {
		series = append(series, seriesOf(h, "accuracy", "D is right"))
	}
	if r.Augment == "adaptive" {
		series = append(series, seriesOf(h, "augment_p", "changed pictures"))
	}
	if hasValues(h, "class_error") {
		series = append(series, seriesOf(h, "class_error", "classes named wrongly"))
	}
	return series
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

// hasValues tells whether a column was ever measured.
func hasValues(h session.History, column string) bool {
	c := slices.Index(h.Columns, column)
	return c >= 0 && slices.ContainsFunc(h.Max[c], func(v float64) bool { return !math.IsNaN(v) })
}
