// Package charts draws the course of a run as pictures for a page or a talk: the charts of the
// window's Train page, as PNG, SVG or PDF, and their numbers as CSV. It draws nothing on a screen.
package charts

import (
	"math"
	"slices"

	"ganvas/engine/doctor"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A Chart is some curves over the steps of a run.
type Chart struct {
	Name          string // of its file: "losses"
	Title, YLabel string
	Curves        []Curve
}

// A Curve is what was measured: the smallest and the largest value of some steps, which are the
// same where there is one of each.
type Curve struct {
	Name            string
	Step, Low, High []float64
}

// Of returns the charts of a run of a recipe that have something to show, the losses first.
func Of(r *recipe.Recipe, h session.History) []Chart {
	d, score := "discriminator", gan.ScoreLabel(r.Objective)
	if r.Objective == "wasserstein" {
		d = "critic"
	}
	all := []Chart{
		{"losses", "losses of both players", "loss", []Curve{columnOf(h, "loss_d", d), columnOf(h, "loss_g", "generator")}},
		{"scores", "what the " + d + " says", score, []Curve{columnOf(h, "d_real", "of real items"), columnOf(h, "d_fake", "of generated items")}},
		{"accuracy", "pairs that the " + d + " has in order", "share of pairs", []Curve{columnOf(h, "accuracy", d)}},
		{"gradients", "lengths of the gradients", "norm", []Curve{columnOf(h, "grad_d", d), columnOf(h, "grad_g", "generator")}},
		{"penalty", "gradient penalty", "penalty", []Curve{columnOf(h, "penalty", "penalty")}},
		{"augmentation", "adaptive augmentation", "probability", []Curve{columnOf(h, "augment_p", "changed items")}},
		{"classes", "classes that are named wrongly", "share of held-out items", []Curve{columnOf(h, "class_error", "named wrongly")}},
		{"samples", "generated beside real items", "", []Curve{
			checkupsOf(h, "distance", func(c *doctor.Checkup) float32 { return c.Distance }),
			checkupsOf(h, "diversity", func(c *doctor.Checkup) float32 { return c.Diversity }),
			checkupsOf(h, "missed", func(c *doctor.Checkup) float32 { return c.Missed }),
		}},
	}
	if r.Augment != "adaptive" {
		all = slices.DeleteFunc(all, func(c Chart) bool { return c.Name == "augmentation" })
	}
	for i := range all {
		all[i].Title = r.Name + ": " + all[i].Title
		all[i].Curves = slices.DeleteFunc(all[i].Curves, func(c Curve) bool { return len(c.Step) == 0 })
	}
	return slices.DeleteFunc(all, func(c Chart) bool { return len(c.Curves) == 0 || c.Name == "penalty" && c.flat(0) })
}

// Find returns the chart of a name, and whether there is one.
func Find(all []Chart, name string) (Chart, bool) {
	i := slices.IndexFunc(all, func(c Chart) bool { return c.Name == name })
	if i < 0 {
		return Chart{}, false
	}
	return all[i], true
}

// flat tells whether all values are v.
func (c Chart) flat(v float64) bool {
	other := func(x float64) bool { return x != v }
	for _, curve := range c.Curves {
		if slices.ContainsFunc(curve.Low, other) || slices.ContainsFunc(curve.High, other) {
			return false
		}
	}
	return true
}

// columnOf returns a metric, without what was not measured or is no number.
func columnOf(h session.History, column, name string) Curve {
	c := Curve{Name: name}
	at := slices.Index(h.Columns, column)
	if at < 0 || at >= len(h.Min) {
		return c
	}
	for i, step := range h.Step {
		if low, high := h.Min[at][i], h.Max[at][i]; finite(low) && finite(high) {
			c.Step, c.Low, c.High = append(c.Step, step), append(c.Low, low), append(c.High, high)
		}
	}
	return c
}

// checkupsOf returns a number of the doctor's checkups.
func checkupsOf(h session.History, name string, of func(c *doctor.Checkup) float32) Curve {
	c := Curve{Name: name}
	for i := range h.Checkups {
		if v := float64(of(&h.Checkups[i])); finite(v) {
			c.Step, c.Low, c.High = append(c.Step, float64(h.Checkups[i].Step)), append(c.Low, v), append(c.High, v)
		}
	}
	return c
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
