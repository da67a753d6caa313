package otherways

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"ganvas/app/words"
	"ganvas/engine/others"
)

// A way is one of the columns: what it is called, and the word of the glossary that explains it.
type way struct{ kind, title, word string }

var ways = []way{
	{others.Adversarial, "Adversarial pair", "GAN"},
	{others.Directed, "Variational autoencoder", "Variational autoencoder"},
	{others.Undirected, "Energy model", "Energy-based model"},
	{others.Denoising, "Denoising autoencoder", "Denoising autoencoder"},
}

// A row is one of the table: what it asks, in a sentence, what the paper's table says of each way,
// and what is measured here.
type row struct {
	title, about string
	paper        [4]string // by way
	cell         func(s state) string
}

// rows are those of Goodfellow et al. 2014, table 2. The paper's columns are in other places: its
// adversarial one is the last.
var rows = []row{
	{
		"Training", "How long does it take to learn, and what is hard about it? All ways get the same time.",
		[4]string{
			"Synchronizing the discriminator with the generator. Helvetica.",
			"Inference needed during training.",
			"Inference needed during training. MCMC needed to approximate partition function gradient.",
			"Enforced tradeoff between mixing and power of reconstruction generation.",
		},
		trainingCell,
	},
	{
		"Inference", "Which random numbers z would make this point? Click on a plane to ask all four.",
		[4]string{"Learned approximate inference.", "Learned approximate inference.", "Variational inference.", "MCMC-based inference."},
		inferenceCell,
	},
	{
		"Sampling", "How much work is one new point? Press Sample once, and watch.",
		[4]string{"No difficulties.", "No difficulties.", "Requires Markov chain.", "Requires Markov chain."},
		samplingCell,
	},
	{
		"Evaluating p(x)", "Can it say how likely a point is? Means over points that it has not learnt, in nats; more is better.",
		[4]string{
			"Not explicitly represented, may be approximated with Parzen density estimation.",
			"Intractable, may be approximated with AIS.",
			"Intractable, may be approximated with AIS.",
			"Not explicitly represented, may be approximated with Parzen density estimation.",
		},
		densityCell,
	},
	{
		"Model design", "What may the networks be, and what is not allowed?",
		[4]string{
			"Any differentiable function is theoretically permitted.",
			"Models need to be designed to work with the desired inference scheme. Some inference schemes support similar model families as GANs.",
			"Careful design needed to ensure multiple properties.",
			"Any differentiable function is theoretically permitted.",
		},
		designCell,
	},
}

func trainingCell(s state) string {
	if s.steps == 0 {
		return "not begun"
	}
	each := s.stepTime()
	text := fmt.Sprintf("%s steps, %s a second (%s each)", words.Thousands(s.steps), words.Thousands(int64(1/each.Seconds())), milliseconds(each))
	switch s.kind {
	case others.Adversarial:
		text += ", two networks that must keep pace"
	case others.Undirected:
		text += fmt.Sprintf(", with %d Langevin steps in it", others.PointEnergy().Walk)
	}
	return text
}

func inferenceCell(s state) string {
	switch {
	case s.kind == others.Undirected:
		return "no z: nothing to find"
	case s.point == nil:
		return map[string]string{
			others.Adversarial: "by search only",
			others.Directed:    "the encoder says z, and how sure it is",
			others.Denoising:   "the encoder says a code",
		}[s.kind]
	}
	z := make([]any, 0, 4)
	format := "z = (%.1f, %.1f)"
	for i, v := range s.inferred.Z {
		z = append(z, v)
		if s.inferred.Spread != nil {
			z = append(z, s.inferred.Spread[i])
			format = "z = (%.1f ± %.1f, %.1f ± %.1f)"
		}
	}
	off := math.Hypot(float64(s.point[0]-s.inferred.Back[0]), float64(s.point[1]-s.inferred.Back[1]))
	return words.Minus(fmt.Sprintf(format, z...)) + fmt.Sprintf(", %d passes; comes back %.2f away", s.inferred.Passes, off)
}

func samplingCell(s state) string {
	switch s.kind {
	case others.Undirected:
		return fmt.Sprintf("%d Langevin steps, one after the other", s.passes)
	case others.Denoising:
		return fmt.Sprintf("%d steps of the chain, one after the other", s.passes)
	}
	return "1 pass: z in, a point out"
}

func densityCell(s state) string {
	l := s.logP
	if s.steps == 0 {
		return "not yet"
	}
	switch l.Knowledge {
	case others.Bounded:
		return fmt.Sprintf("at least %s (ELBO %s)", nats(l.Mean), nats(l.ELBO))
	case others.UpToConstant:
		return fmt.Sprintf("%s, because log Z = %s can be added up in the plane", nats(l.Mean), nats(l.LogZ))
	}
	return fmt.Sprintf("not known; %s by Parzen windows", nats(l.Mean))
}

func designCell(s state) string {
	switch s.kind {
	case others.Directed:
		return "an encoder, and a p(x|z) that can be written down"
	case others.Undirected:
		return "Z must be finite: points keep to a square"
	case others.Denoising:
		return fmt.Sprintf("noise of %g: with less the chain stays, with more it blurs", others.PointDenoiser().Corruption)
	}
	return "anything that has a gradient"
}

// densityRow is the number of the row that is about p(x).
const densityRow = 3

// densityAbout says what the row about p(x) asks, and what is known of the data themselves.
func densityAbout(s state) string {
	about := rows[densityRow].about
	if s.steps > 0 && !math.IsNaN(s.truth) {
		about += " The data themselves: " + nats(s.truth) + "."
	}
	return about
}

// verdict says what a model's samples are worth, in a line.
func verdict(s state) string {
	if s.err != nil {
		return "stopped: " + s.err.Error()
	}
	text := fmt.Sprintf("off by %.2f", max(0, s.quality.Divergence-s.perfect.Divergence))
	if s.modes > 0 {
		text = fmt.Sprintf("%d of %d modes, %s", s.quality.Modes, s.modes, text)
	}
	if s.good > 0 {
		text += ", good after " + seconds(s.good)
	}
	return text
}

// verdictTip explains the verdict.
const verdictTip = "Off by: how much further 1,000 samples are from points that were not learnt than as many real points are (Jensen-Shannon divergence: 0 the same, 0.69 nowhere the same).\nGood: below 0.12, and how long it had learnt by then."

func nats(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	x = math.Round(10*x)/10 + 0 // no minus before a zero
	return words.Minus(strconv.FormatFloat(x, 'f', 1, 64))
}

func milliseconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 1, 64) + " ms"
}

func seconds(d time.Duration) string {
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}
