package trainpage

import (
	"fmt"
	"math"
	"slices"

	"ganvas/app/glossary"
	"ganvas/app/words"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// gameCourses are the losses of the steps that were shown of late.
type gameCourses struct {
	step int64
	d, g []float64
}

const courseLength = 60

// add takes the losses of a step that has ended.
func (c *gameCourses) add(g *session.Game) {
	if !g.Over || g.Step == c.step && len(c.d) > 0 {
		return
	}
	c.step = g.Step
	c.d, c.g = latest(c.d, g.LossD), latest(c.g, g.LossG)
}

// latest returns x with one more number, without those of long ago. What was returned before stays.
func latest(x []float64, v float64) []float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return x
	}
	x = append(slices.Clone(x), v)
	return x[max(0, len(x)-courseLength):]
}

// graphOf returns what the graph shows of a game.
func graphOf(g *session.Game, c gameCourses) *widgets.GameGraphData {
	d := &widgets.GameGraphData{
		Station: int(g.Station), Latents: g.Latents, Push: g.Push, PushShown: g.PushShown,
		XMin: g.Bounds[0], XMax: g.Bounds[1], YMin: g.Bounds[2], YMax: g.Bounds[3],
		NameG: counted(g.Generators, "G"), NameD: counted(g.Discriminators, "D"),
		LayersG: bars(g.GradG), LayersD: bars(g.GradD),
		LossD: widgets.GameLoss{Value: lossNumber(g.LossD), Course: c.d},
		LossG: widgets.GameLoss{Value: lossNumber(g.LossG), Course: c.g},
		Low:   "0 fake", High: "real 1", Even: g.Even,
	}
	low, high := 0.0, 1.0
	if says := slices.Concat(g.Real.Says, g.Fake.Says); g.Score && len(says) > 0 {
		low, high = slices.Min(says), slices.Max(says)
		d.Low, d.High = "fake "+words.Number(low), words.Number(high)+" real" // the pen that draws has no other minus
		d.Even = (g.Even - low) / max(high-low, 1e-12)
		if d.Even < 0 || d.Even > 1 {
			d.Even = math.NaN()
		}
	}
	d.Real, d.Fake = cellsOf(g.Real, low, high), cellsOf(g.Fake, low, high)
	if g.Penalty != 0 {
		d.LossD.Note = "penalties " + words.Number(g.Penalty)
	}
	if n := len(g.LossesG); n > 1 {
		d.LossG.Note = fmt.Sprintf("against each D: %s to %s", words.Number(slices.Min(g.LossesG)), words.Number(slices.Max(g.LossesG)))
	}
	d.Tips = gameTips()
	return d
}

// lossNumber writes a loss; before the first it is open.
func lossNumber(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return words.Number(v)
}

// gameTips are what the parts of the graph are.
func gameTips() (tips [widgets.GameParts]string) {
	for part, term := range map[int]string{
		widgets.GameNoise: "Latent", widgets.GameG: "Generator", widgets.GameFakes: "Generated item", widgets.GameReals: "Real item",
		widgets.GameD: "Discriminator", widgets.GameJudgements: "D's judgement", widgets.GameLossD: "Loss", widgets.GameLossG: "Loss",
	} {
		tips[part] = glossary.Tip(term)
	}
	return tips
}

// counted is "G", or "3 × G" of several.
func counted(n int, name string) string {
	if n > 1 {
		return fmt.Sprintf("%d × %s", n, name)
	}
	return name
}

// cellsOf returns items with what D says of each between 0 and 1.
func cellsOf(items session.GameItems, low, high float64) widgets.GameCells {
	c := widgets.GameCells{Points: items.Points, Pictures: items.Pictures}
	if items.Says != nil {
		c.Said = make([]float64, len(items.Says))
		for i, s := range items.Says {
			c.Said[i] = (s - low) / max(high-low, 1e-12)
		}
	}
	return c
}

// bars are the gradients of layers beside the largest, on a scale of powers of ten: of a full bar a
// thousandth is still to be seen.
func bars(of session.GameGradients) []float64 {
	most := 0.0
	for _, l := range of.Layers {
		most = max(most, l.Norm)
	}
	out := make([]float64, len(of.Layers))
	for i, l := range of.Layers {
		if l.Norm > 0 {
			out[i] = max(0.04, 1+math.Log10(l.Norm/most)/3)
		}
	}
	return out
}
