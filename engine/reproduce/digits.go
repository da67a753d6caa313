package reproduce

import (
	"context"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/classifier"
	"ganvas/engine/metrics"
)

// parzen is the first table of the first paper.
func parzen() Table {
	return Table{
		Name: "goodfellow-parzen", Title: "Goodfellow et al. 2014, Parzen log-likelihood",
		Paper:    "I. Goodfellow et al., \"Generative Adversarial Nets\", NeurIPS 2014, Table 1 (MNIST)",
		Protocol: "Draw 10,000 samples; put Gaussians around them, of the width among ten from 0.1 to 1 that suits 1,000 training digits best; the mean log-likelihood in nats of the 10,000 test digits, values from 0 to 1. Each seed has a standard error over test digits; the one printed is over seeds. It says little about what pictures look like",
		Differences: []string{
			"the paper's G (two layers of 1,200 units) and D (two of 240 maxout units of 5 pieces, dropout) are G of 256 and 512, D of 512 and 256 units with leaky ReLU, or convolutions; Adam instead of SGD with momentum; no dropout",
			"6,000 updates of batches of 100 or 64 instead of hundreds of passes; 16 or 32 latent numbers instead of 100",
			"G makes 14×14 numbers, which are enlarged evenly and then brought between black and white, and D sees pictures at 14×14 pixels: this measure rewards smooth strokes. 10,000 training digits in place of samples have 241 nats, and 285 after they were halved and enlarged evenly. At the full size the same kinds of networks have 205 (the preset digits) and 199 nats",
			"the samples are the averaged generator's",
			"the paper's error is over test digits of one model, ours over seeds",
		},
		Time: "about 15 minutes", Seeds: 3,
		Columns: []Column{{Name: "log-likelihood", Unit: "nats", HigherIsBetter: true}},
		Methods: []Method{
			{Name: "deep belief net", Published: []Figure{{138, 2}}},
			{Name: "stacked contractive autoencoder", Published: []Figure{{121, 1.6}}},
			{Name: "deep generative stochastic network", Published: []Figure{{214, 1.1}}},
			{
				Name: "adversarial nets", Published: []Figure{{225, 2}}, Preset: "digits-mlp",
				Settings: []string{
					"steps=6000", "batch=100", "latent=16", "latent_kind=uniform", "g.lr=3e-4", "d.lr=3e-4",
					"g.layers=linear 256, lrelu 0.2, linear 512, lrelu 0.2, linear 196, unflatten 14 14 1, up 2 bilinear, tanh",
					"d.layers=avgpool 2, flatten, linear 512, lrelu 0.2, linear 256, lrelu 0.2, linear 1",
				},
			},
			{
				Name: "relativistic, convolutions", Preset: "digits", Note: "the preset digits of this program at 14×14 pixels, with twice the batch",
				Settings: []string{
					"batch=64",
					"g.layers=linear 2048, unflatten 4 4 128, bn, relu, convt 64 3 2 1, bn, relu, convt 32 4 2 1, bn, relu, conv 1 3 1 1, up 2 bilinear, tanh",
					"d.layers=avgpool 2, conv 32 4 2 1, lrelu 0.2, conv 64 3 2 1, bn, lrelu 0.2, conv 128 3 2 1, bn, lrelu 0.2, flatten, linear 1",
				},
			},
		},
		play: playParzen,
	}
}

// goodfellowSamples is how many samples the density is made of, and goodfellowValidation how many
// training digits choose its width.
const (
	goodfellowSamples    = 10000
	goodfellowValidation = 1000
)

func playParzen(ctx context.Context, p *trial) ([]float64, error) {
	if err := p.train(ctx, int64(p.recipe.Steps)); err != nil {
		return nil, err
	}
	n, valid := goodfellowSamples, goodfellowValidation
	if p.quick {
		n, valid = n/quickShare, valid/quickShare
	}
	test, err := readDigits(ctx, "digits-test", 0, n)
	if err != nil {
		return nil, err
	}
	held, err := readDigits(ctx, "digits", p.data.Len()-valid, valid)
	if err != nil {
		return nil, err
	}
	mean, _, _, err := metrics.Parzen(unit(p.sample(n), n), unit(held, valid), unit(test, n), metrics.ParzenWidths())
	return []float64{mean}, err
}

// readDigits returns n digits of a built-in set from first on.
func readDigits(ctx context.Context, name string, first, n int) ([]float32, error) {
	set, err := datasets.Open(ctx, name, datasets.Options{Labels: "none"}, nil)
	if err != nil {
		return nil, err
	}
	const size = classifier.Side * classifier.Side
	x := make([]float32, n*size)
	for i := range n {
		set.Read(first+i, x[i*size:(i+1)*size])
	}
	return x, nil
}

// unit brings values from [−1, 1] to [0, 1].
func unit(x []float32, n int) metrics.Features {
	f := metrics.NewFeatures(n, len(x)/n)
	for i, v := range x {
		f.X[i] = (float64(v) + 1) / 2
	}
	return f
}

// raceTimes are the seconds of training after which the race looks.
var raceTimes = []float64{30, 60, 120}

// race is about quality against seconds.
func race() Table {
	note := "measured on the machine of Ganvas' row, one after the other and alone on it: engine/reproduce/race"
	other := func(figures ...float64) (out []Figure) {
		for _, f := range figures {
			out = append(out, Figure{f, unknown})
		}
		return out
	}
	return Table{
		Name: "digits-race", Title: "Digits against the clock",
		Paper:    "No paper: PyTorch 2.15 training the DCGAN of ganvas bench (dcgan28) on two cores, as it is and tuned (batches of 32, 5e-4, EMA 0.99)",
		Protocol: "Fréchet distance between 10,000 samples and the 10,000 test digits after 30, 60 and 120 seconds of training (evaluation does not count), in Ganvas' digit features, in which 10,000 training digits are at the distance of the last column; the smallest and the largest share of a digit after 120 seconds",
		Differences: []string{
			"PyTorch's samples are judged in the same features, by the same program; its networks are not those of the preset digits, which was tuned for this",
			"seconds depend on the machine and on what else runs on it",
		},
		Time: "about 3 minutes", Seeds: 1,
		Columns: []Column{
			{Name: "30 s"},
			{Name: "60 s"},
			{Name: "120 s"},
			{Name: "rarest digit", Unit: "%", HigherIsBetter: true},
			{Name: "commonest digit", Unit: "%"},
			{Name: "real data"},
		},
		Methods: []Method{
			{Name: "PyTorch, dcgan28 as it is", Published: other(274.4, 176.0, 135.6, 1.2, 17.4), Note: note},
			{Name: "PyTorch, dcgan28 tuned", Published: other(138.9, 86.7, 66.2, 5.8, 15.5), Note: note},
			{Name: "Ganvas, preset digits", Preset: "digits"},
		},
		play: playRace,
	}
}

func playRace(ctx context.Context, p *trial) ([]float64, error) {
	n := 10000
	times := raceTimes
	if p.quick {
		n, times = n/quickShare, []float64{0.1, 0.2, 0.3}
	}
	var values []float64
	var last DigitJudgement
	for _, seconds := range times {
		if err := p.trainFor(ctx, seconds, times[len(times)-1]); err != nil {
			return nil, err
		}
		v, err := JudgeDigits(ctx, p.sample(n), n)
		if err != nil {
			return nil, err
		}
		values, last = append(values, v.Distance), v
	}
	train, err := readDigits(ctx, "digits", 0, n)
	if err != nil {
		return nil, err
	}
	ideal, err := JudgeDigits(ctx, train, n)
	return append(values, last.Rarest, last.Commonest, ideal.Distance), err
}

// DigitJudgement is what pictures of digits are worth.
type DigitJudgement struct {
	Distance          float64 // Fréchet distance from as many test digits
	Rarest, Commonest float64 // share of a digit, in percent
}

// JudgeDigits judges n pictures of 28×28 with values from −1 to 1, at most 10,000, in the features
// of the embedded classifier.
func JudgeDigits(ctx context.Context, pictures []float32, n int) (DigitJudgement, error) {
	test, err := readDigits(ctx, "digits-test", 0, n)
	if err != nil {
		return DigitJudgement{}, err
	}
	eye := classifier.New()
	features := func(x []float32) (metrics.Features, []int) {
		f, digits := eye.Look(x, n)
		return metrics.Features{N: n, D: classifier.FeatureCount, X: f}, digits
	}
	f, _ := features(test)
	real, err := metrics.NewGaussian(f)
	if err != nil {
		return DigitJudgement{}, err
	}
	f, digits := features(pictures)
	var v DigitJudgement
	if v.Distance, err = real.Frechet(f); err != nil {
		return v, err
	}
	counts := make([]float64, classifier.Classes)
	for _, d := range digits {
		counts[d] += 100 / float64(n)
	}
	v.Rarest, v.Commonest = slices.Min(counts), slices.Max(counts)
	return v, nil
}
