package doctor

import (
	"fmt"
	"math"

	"github.com/dustin/go-humanize"
)

// A rule knows one kind of finding.
type rule struct {
	kind     Kind
	severity Severity
	looks    int // checkups that the evidence is of
	// holds says whether the window shows it.
	holds func(w *window) bool
	// words says it: what is seen, the numbers, and what to do.
	words func(w *window) (sees, evidence, advice string)
	// hides are kinds that are not told while this one is, because it explains them.
	hides []Kind
}

// The numbers below were set on the test bench of package cases; docs/doctor.md has how well they
// do there and on cases kept apart.
const (
	deadLimit      = 0.5  // share of a layer's units
	highMove       = 0.12 // of the spread of real items by one update
	wildMove       = 0.3  // the same of a young run, in which samples are thrown about in any case
	lowMove        = 4e-4
	lowUpdate      = 5e-5   // of the weights by one update
	tinyUpdate     = 1.5e-5 // with which weights take thousands of steps for a change that matters
	memoryLimit    = 0.63   // share of pairs in which D rates what it has learnt from higher
	fewMemory      = 0.58   // the same of few items, to which an item that was never seen is more alike
	byHeart        = 0.8    // share of pairs that D gets right although samples lie as the few items do
	fewItems       = 300    // below, more data is what helps
	fewPictures    = 1000   // below which D that errs in hardly any pair has learnt them by heart, where no others are at hand
	vanished       = 1e-6   // norm of G's gradient, below which no rate helps
	strongErrors   = 0.05   // share of pairs that D gets wrong
	strongSlow     = 0.1    // the same, where G hardly moves
	slowMove       = 1.5e-3
	weakAccuracy   = 0.6
	farDistance    = 0.3
	someDistance   = 0.03
	collapseMissed = 0.45 // share of real items in parts without generated ones
	partialMissed  = 0.18
	swingReach     = 0.3 // of the mean distance of real items
	swingTurns     = 0.2
	divergedPeak   = 15.0
	divergedGrowth = 2.5
	plateauSteps   = 3000
)

var rules = []rule{
	{kind: Divergence, severity: Alarm, looks: 12, holds: diverges, words: divergesWords, hides: []Kind{Oscillation, DTooWeak, DTooStrong, ModeCollapse, PartialCollapse}},
	{kind: DeadUnits, severity: Alarm, looks: 4, holds: dead, words: deadWords, hides: []Kind{ModeCollapse, PartialCollapse, Oscillation, DTooWeak}},
	{kind: RateTooHigh, severity: Warning, looks: 8, holds: func(w *window) bool {
		wild := w.length() >= 16 || w.over(w.last(8, move), wildMove)
		return wild && w.over(w.last(8, move), highMove) && w.over(w.last(8, distanceV), someDistance) && w.under(w.last(8, distanceV), 2)
	}, words: func(w *window) (string, string, string) {
		return "Every update of the generator throws its samples far: the learning rate is too high to settle.",
			fmt.Sprintf("one update moves a sample by %.0f %% of the mean distance of real items (a few at most are usual), and the samples' distance from the real ones stays at %.2f", 100*w.last(8, move), w.last(8, distanceV)),
			"Lower the learning rates; a fifth is a good first try."
	}, hides: []Kind{DeadUnits, ModeCollapse, PartialCollapse, Oscillation, DTooWeak}},
	{kind: FewData, severity: Warning, looks: 6, holds: func(w *window) bool {
		return w.items < fewItems && (memorises(w, fewMemory) || knows(w)) || unknownMemory(w)
	}, words: memoryWords("There are too few data: the discriminator knows them by heart and cannot teach the generator anything new.",
		"Collect more items, let D see them changed at random (augment), or stop at the best step."), hides: []Kind{OverFitting, DTooStrong}},
	{kind: OverFitting, severity: Warning, looks: 6, holds: func(w *window) bool {
		return w.items >= fewItems && memorises(w, memoryLimit)
	}, words: memoryWords("The discriminator is learning the training items by heart: it rates items that it has never seen lower.",
		"Let D see items changed at random (augment), penalise its slope at real items (r1), or make it smaller."), hides: []Kind{DTooStrong}},
	{kind: RateTooLow, severity: Warning, looks: 6, holds: func(w *window) bool {
		return w.length() >= 10 && w.under(w.last(6, move), lowMove) && w.under(w.last(6, updateG), lowUpdate) &&
			w.over(w.last(6, distanceV), 0.1) && (w.stuck(distanceV, 8, 0.9) || w.under(w.most(updateG), tinyUpdate)) && !strong(w) && !(w.last(6, gradG) < vanished)
	}, words: func(w *window) (string, string, string) {
		return "The generator hardly moves: the learning rate is too low to get anywhere.",
			fmt.Sprintf("one update changes its weights by %.1g of their length and moves a sample by %.2g %% of the mean distance of real items, and the samples' distance from the real ones stays at %.2f", w.last(6, updateG), 100*w.last(6, move), w.last(6, distanceV)),
			"Raise both learning rates; ten times is a good first try."
	}, hides: []Kind{DTooStrong, DTooWeak, ModeCollapse, PartialCollapse, Plateau}},
	{kind: DTooStrong, severity: Warning, looks: 8, holds: strong, words: strongWords},
	{kind: DTooWeak, severity: Warning, looks: 6, holds: func(w *window) bool {
		return w.length() >= 17 && w.under(w.last(6, accuracy)-0.5, weakAccuracy-0.5) && w.over(w.last(6, distanceV), farDistance)
	}, words: func(w *window) (string, string, string) {
		return "The discriminator is too weak: it cannot tell samples from real items although they are far apart.",
			fmt.Sprintf("D rates the real one of a pair higher in %.0f %% of pairs (50 %% is guessing) while the samples' distance from the real items is %.2f (0 is alike)", 100*w.last(6, accuracy), w.last(6, distanceV)),
			"Give D more: more updates, a higher learning rate, more units, or weaker penalties."
	}},
	{kind: ModeCollapse, severity: Alarm, looks: 8, holds: func(w *window) bool {
		return w.length() >= 12 && w.over(w.last(8, missed), collapseMissed) && w.lasts(missed, 8) &&
			w.lasts(distanceV, 10) && w.under(w.last(8, distanceV), 2) &&
			(w.under(w.last(8, diversity), 0.8) || w.over(w.last(8, duplicates), 0.2) || swings(w))
	}, words: collapseWords("The generator has collapsed: large parts of the data never appear among its samples."), hides: []Kind{PartialCollapse}},
	{kind: PartialCollapse, severity: Warning, looks: 12, holds: func(w *window) bool {
		return w.length() >= 20 && w.over(w.least(12, missed), partialMissed) && w.lasts(missed, 12) && w.lasts(distanceV, 12)
	}, words: collapseWords("Parts of the data are missing among the generator's samples.")},
	{kind: Oscillation, severity: Warning, looks: 16, holds: swings, words: func(w *window) (string, string, string) {
		reach, _ := w.swing(16)
		return "The players chase each other in circles: the samples swing to and fro and come no nearer.",
			fmt.Sprintf("the middle of the samples strays by %.2f of the mean distance of real items, and their distance from the real ones stays at %.2f", reach, w.last(16, distanceV)),
			"Damp the game: penalties r1 and r2, less momentum (beta1 0), or lower learning rates."
	}, hides: []Kind{Plateau}},
	{kind: Plateau, severity: Note, looks: 60, holds: flatSince, words: func(w *window) (string, string, string) {
		return fmt.Sprintf("The samples have not improved for %s steps; you can stop.", humanize.Comma(plateauSteps)),
			fmt.Sprintf("distance from the real items %.3f, share of both that lie among the other %.0f %%", w.last(20, distanceV), 100*w.last(20, fidelity)),
			"Stop here, let the learning rates fall to the end, or give both networks more units."
	}},
}

func diverges(w *window) bool {
	now, then := w.last(6, peak), w.before(12, 6, peak)
	return w.over(now, divergedPeak) && w.over(now, divergedGrowth*then) || w.over(w.last(4, peak), 1e4)
}

func divergesWords(w *window) (string, string, string) {
	return "The losses grow without bound: the players drive each other away instead of meeting.",
		fmt.Sprintf("the largest loss within 50 steps went from %.3g to %.3g, D's gradient to %.3g", w.before(12, 6, peak), w.last(6, peak), w.last(6, gradD)),
		"Bound the discriminator (gp, or r1 and r2), and lower the learning rates."
}

func dead(w *window) bool {
	return w.length() >= 10 && (w.over(w.last(4, deadG), deadLimit) || w.over(w.last(4, deadD), deadLimit))
}

func deadWords(w *window) (string, string, string) {
	who, share := "generator", w.last(4, deadG)
	if d := w.last(4, deadD); d > share || math.IsNaN(share) {
		who, share = "discriminator", d
	}
	return "Many units of the " + who + " are dead: they give 0 whatever comes in, and learn nothing any more.",
		fmt.Sprintf("in one layer %.0f %% of the units behind a relu give 0 for every item looked at", 100*share),
		"Start anew with lower learning rates, or with lrelu 0.2 instead of relu."
}

func memorises(w *window, limit float64) bool { return w.over(w.last(6, memory)-0.5, limit-0.5) }

// knows tells whether D tells nearly all samples from few items although the ones lie as the others
// do: then it must know these themselves.
func knows(w *window) bool {
	return w.length() >= 10 && w.over(w.last(6, accuracy)-0.5, byHeart-0.5) && w.under(w.last(6, distanceV), someDistance)
}

// unknownMemory stands for memorises where no unseen items are at hand: D is hardly ever wrong on
// few pictures.
func unknownMemory(w *window) bool {
	return math.IsNaN(w.last(6, memory)) && w.items < fewPictures && w.length() >= 20 && w.under(1-w.last(12, accuracy), 0.03)
}

func memoryWords(sees, advice string) func(w *window) (string, string, string) {
	return func(w *window) (string, string, string) {
		m := w.last(6, memory)
		if math.IsNaN(m) || knows(w) && !memorises(w, fewMemory) {
			return sees, fmt.Sprintf("D rates the real one of a pair higher in %.0f %% of pairs, of %s items in all", 100*w.last(12, accuracy), humanize.Comma(int64(w.items))), advice
		}
		return sees, fmt.Sprintf("of a training item and one never seen, D rates the training item higher in %.0f %% of pairs (50 %% is right); there are %s items", 100*m, humanize.Comma(int64(w.items))), advice
	}
}

// strong reports whether D wins nearly every time and G gets no nearer. A Wasserstein critic ought
// to win.
func strong(w *window) bool {
	gone := w.last(8, gradG) < vanished // then D, which has won, need not move any more
	if w.objective == "wasserstein" || w.length() < 12 || !gone && !w.over(w.last(8, updateD), lowUpdate) {
		return false
	}
	wrong := 1 - w.last(8, accuracy)
	if w.under(wrong, strongErrors) && w.over(w.last(8, distanceV), someDistance) && w.stuck(distanceV, 12, 0.8) {
		return true
	}
	return w.under(wrong, strongSlow) && w.under(w.last(8, move), slowMove) && w.over(w.last(8, distanceV), 0.05) && w.stuck(distanceV, 8, 0.7)
}

func strongWords(w *window) (string, string, string) {
	return "The discriminator is too strong: it wins nearly every time, and the generator learns nothing from losing.",
		fmt.Sprintf("D rates the real one of a pair higher in %.1f %% of pairs, one update moves a sample by %.2g %% of the mean distance of real items (G's gradient %.2g), and the distance stays at %.2f", 100*w.last(8, accuracy), 100*w.last(8, move), w.last(8, gradG), w.last(8, distanceV)),
		"Slow D down (a lower learning rate, fewer updates, r1), or take an objective whose gradient does not vanish."
}

func collapseWords(sees string) func(w *window) (string, string, string) {
	return func(w *window) (string, string, string) {
		evidence := fmt.Sprintf("%.0f %% of the real items lie where hardly any sample comes; samples differ %.2f times as much as real items", 100*w.last(8, missed), w.last(8, diversity))
		if c := w.checkups[len(w.checkups)-1]; !isNaN(c.ModesMissed) {
			evidence += fmt.Sprintf("; %.0f of %.0f modes get less than a quarter of their share of the samples", c.ModesMissed, c.ModesTotal)
		}
		if c := w.checkups[len(w.checkups)-1]; c.Duplicates > 0.1 {
			evidence += fmt.Sprintf("; %.0f %% of the samples are copies of others", 100*c.Duplicates)
		}
		return sees, evidence, "Let D see several samples at once (pack), penalise its slope (r1 and r2), or take the relativistic objective."
	}
}

func swings(w *window) bool {
	reach, turns := w.swing(16)
	return w.over(reach, swingReach) && w.over(turns, swingTurns) && w.over(w.last(16, distanceV), 0.1)
}

// flatSince reports whether neither the distance nor the share of items among each other improves
// beyond chance.
func flatSince(w *window) bool {
	n := w.sinceSteps(max(plateauSteps, w.checkups[w.length()-1].Step/4))
	if w.checkups[w.length()-1].Step < plateauSteps+1000 || n < 30 || n >= w.length() {
		return false
	}
	mid := w.length() - n/2
	d1, e1 := w.mean(w.length()-n, mid, distanceV)
	d2, e2 := w.mean(mid, w.length(), distanceV)
	f1, g1 := w.mean(w.length()-n, mid, fidelity)
	f2, g2 := w.mean(mid, w.length(), fidelity)
	return d1-d2 <= 1.5*math.Hypot(e1, e2)/w.ease && f2-f1 <= max(0.015, 1.5*math.Hypot(g1, g2))/w.ease
}
