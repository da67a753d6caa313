package trainpage

import (
	"fmt"
	"math"
	"strings"

	"ganvas/app/glossary"
	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// spansOf cuts a text into pieces: of "{D|Discriminator}" D is shown, and the glossary's word for
// discriminator explains it.
func spansOf(text string) []widgets.Span {
	var spans []widgets.Span
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			spans = append(spans, widgets.Span{Text: before})
		}
		if !found {
			break
		}
		inner, after, _ := strings.Cut(rest, "}")
		shown, term, _ := strings.Cut(inner, "|")
		spans = append(spans, widgets.Span{Text: shown, Tip: glossary.Tip(term)})
		text = after
	}
	return spans
}

// stepText says what a whole step came to.
func stepText(g *session.Game) string {
	return fmt.Sprintf("{Step|Step} %s. {D|Discriminator} says %s of real items and %s of {fakes|Generated item}; its {loss|Loss} is %s, that of {G|Generator} %s. Press Slow motion to see one step at a time.",
		words.Thousands(g.Step+1), number(g.MeanReal), number(g.MeanFake), number(g.LossD), number(g.LossG))
}

// stationText says what happened at a station, in the numbers of its batch.
func stationText(g *session.Game, r *recipe.Recipe, classes []string) string {
	text := fmt.Sprintf("%d. ", g.Station)
	if g.Updates > 1 && g.Station.OfD() {
		text = fmt.Sprintf("%d, update %d of %d. ", g.Station, g.Update+1, g.Updates)
	}
	switch g.Station {
	case gan.DrewItems:
		return text + drewText(g, classes)
	case gan.MadeForD:
		return text + madeText(g)
	case gan.JudgedByD:
		return text + judgedText(g)
	case gan.LossOfD:
		return text + lossDText(g, r)
	case gan.UpdatedD:
		return text + updateText(g.GradD, "D", g.Learns) + " The bars in D are the gradients of its layers, from the first to the last."
	case gan.DrewLatents:
		if g.Fresh {
			return text + fmt.Sprintf("G's turn: new {latents|Latent} are drawn, %d times %d random numbers.", g.Batch, g.Latent)
		}
		return text + "G's turn. It keeps the {latents|Latent} of station 2, so that it learns from what D has just judged."
	case gan.MadeForG:
		if g.Fresh {
			return text + fmt.Sprintf("{G|Generator} makes %d new {fakes|Generated item} of them.", g.Batch)
		}
		return text + "The {fakes|Generated item} are those of station 2 too: G has not changed since."
	case gan.JudgedForG:
		return text + judgedForGText(g)
	case gan.LossOfG:
		return text + lossGText(g, r)
	}
	return text + updateText(g.GradG, "G", g.Learns) + pushText(g)
}

func drewText(g *session.Game, classes []string) string {
	text := fmt.Sprintf("A {batch|Batch} of %d {real items|Real item} is drawn from the data.", g.Batch)
	if len(g.Real.Classes) > 0 {
		var names []string
		for _, c := range g.Real.Classes[:min(4, len(g.Real.Classes))] {
			if c < len(classes) {
				names = append(names, classes[c])
			}
		}
		text += " Both networks are told the {class|Conditional GAN} of each: " + strings.Join(names, ", ") + " …"
	}
	return text
}

func madeText(g *session.Game) string {
	text := fmt.Sprintf("{G|Generator} makes %d {fakes|Generated item}, each of a {latent|Latent} of %s.", g.Batch, words.Counted(g.Latent, "random number"))
	if g.Generators > 1 {
		text += fmt.Sprintf(" %d {generators|Several generators} share the batch.", g.Generators)
	}
	if len(g.Fake.Classes) > 0 {
		text += " Each is of the {class|Conditional GAN} of the real item beside it."
	}
	return text
}

func judgedText(g *session.Game) string {
	who := "{D|Discriminator} judges both"
	if g.Discriminators > 1 {
		who = fmt.Sprintf("%d {discriminators|Several discriminators} judge both", g.Discriminators)
	}
	unit := ", where 0 is fake and 1 is real"
	if g.Score {
		unit = "; a higher score means more real"
	}
	text := fmt.Sprintf("%s: real items get {%s|D(x)} on average, fakes {%s|D(G(z))}%s.", who, number(g.MeanReal), number(g.MeanFake), unit)
	if g.Pack > 1 {
		text += fmt.Sprintf(" It sees {packs|Packing} of %d.", g.Pack)
	}
	return text
}

func lossDText(g *session.Game, r *recipe.Recipe) string {
	text := fmt.Sprintf("The {loss|Loss} of D is %s", number(g.LossD))
	if g.Penalty != 0 {
		text += fmt.Sprintf(", %s of it {penalties|Penalty}", words.Number(g.Penalty))
	}
	text += fmt.Sprintf(". In %.0f %% of the pairs it finds the real one.", 100*g.Accuracy)
	if r.Objective == "minimax" || r.Objective == "nonsaturating" {
		text += " Where it can only guess, it pays log 4 = 1.386."
	}
	return text
}

func updateText(u session.GameGradients, who string, learns bool) string {
	text := fmt.Sprintf("The loss goes back through the layers: the {gradient|Gradient} of %s has the {norm|Gradient norm} %s. ", who, words.Number(u.Norm))
	if !learns {
		return text + fmt.Sprintf("%s is ahead and does not learn this time, for {balance|Balance}.", who)
	}
	return text + fmt.Sprintf("The {optimiser|Optimiser} changes the weights of %s by %s.", who, percent(u.Change))
}

func judgedForGText(g *session.Game) string {
	text := fmt.Sprintf("{D|Discriminator}, which has just learnt, judges the fakes: {%s|D(G(z))} on average", number(g.MeanForG))
	if g.Updates > 0 && !g.Fresh {
		text += fmt.Sprintf(", after %s before its update", number(g.MeanFake))
	}
	text += "."
	if g.NeedsReal {
		text += " It sees the real items too: only the difference counts."
	}
	return text
}

func lossGText(g *session.Game, r *recipe.Recipe) string {
	text := fmt.Sprintf("The {loss|Loss} of G is %s", number(g.LossG))
	if len(g.LossesG) > 1 {
		var each []string
		for _, l := range g.LossesG {
			each = append(each, words.Number(l))
		}
		text += " (" + strings.Join(each, " and ") + " against each D)"
	}
	return text + fmt.Sprintf(", by the {%s|Objective} objective. The more D is fooled, the less G pays.", strings.ToLower(titles.Value(r.Objective)))
}

func pushText(g *session.Game) string {
	if g.Push != nil {
		return " Arrows: where each fake should go so that D takes it for real."
	}
	return " The fakes now show what D wants changed: brighter where it wants more light, darker where less."
}

// number writes what D says.
func number(v float64) string {
	if math.Abs(v) < 10 {
		return words.Minus(fmt.Sprintf("%.2f", v))
	}
	return words.Minus(words.Number(v))
}

// percent writes a small share.
func percent(share float64) string { return words.Significant(100*share, 2) + " %" }
