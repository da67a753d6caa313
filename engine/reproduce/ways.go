package reproduce

import (
	"context"
	"fmt"

	"ganvas/datasets"
	"ganvas/engine/judge"
	"ganvas/engine/others"
)

// ways is about another way to make the same pictures with the same networks.
func ways() Table {
	return Table{
		Name: "vae-digits", Title: "A variational autoencoder beside the pair, digits",
		Paper:    "No table of one paper: D. Kingma and M. Welling, \"Auto-Encoding Variational Bayes\", ICLR 2014, beside I. Goodfellow et al., \"Generative Adversarial Nets\", NeurIPS 2014, Table 2",
		Protocol: "Both learn from the same 60,000 digits with the same networks, batches, latents and number of updates: G decodes, and D, with a wider last layer, encodes. 2,000 samples of each are judged by the numbers of the Judge page, beside a tenth of the digits",
		Differences: []string{
			"an autoencoder's samples are what the decoder says of random latents, without the noise that its model adds to every pixel; that noise is one number, which is learnt",
			"each has the optimiser that suits it: Adam with the numbers of its authors here, those of the preset digits there; both rates fall to a twentieth, and both are averaged",
			"distances are in Ganvas' features, and say nothing beside those of other programs",
		},
		Time: "about 10 minutes", Seeds: 1,
		Columns: []Column{
			{Name: "Fréchet distance"},
			{Name: "precision", Unit: "%", HigherIsBetter: true},
			{Name: "recall", Unit: "%", HigherIsBetter: true},
			{Name: "copies", Unit: "%"},
			{Name: "Parzen", Unit: "nats", HigherIsBetter: true},
		},
		Methods: []Method{
			{Name: "adversarial pair, preset digits", Preset: "digits"},
			{Name: "variational autoencoder", Preset: "digits", Settings: []string{"g.lr=1e-3", "g.beta1=0.9", "g.beta2=0.999"}, Other: others.Directed},
		},
		play: playWays,
	}
}

// playWays trains to the end and judges samples as the Judge page does.
func playWays(ctx context.Context, p *trial) ([]float64, error) {
	if err := p.train(ctx, int64(p.recipe.Steps)); err != nil {
		return nil, err
	}
	o, set := judge.Options{Seed: p.recipe.Seed}, p.data
	if p.quick {
		few := make([]int, 20*judge.Fewest)
		for i := range few {
			few[i] = i
		}
		o.Samples, set = judge.Fewest, datasets.NewSubset(set, few)
	}
	r, err := judge.Evaluate(ctx, p.generator(), set, o)
	if err != nil {
		return nil, err
	}
	var values []float64
	for _, m := range []struct {
		name string
		unit float64
	}{{"frechet", 1}, {"precision", 100}, {"recall", 100}, {"copies", 100}, {"parzen_nats", 1}} {
		v, err := measured(r, m.name)
		if err != nil {
			return nil, err
		}
		values = append(values, v*m.unit)
	}
	return values, nil
}

// measured returns a measure of a report.
func measured(r judge.Report, name string) (float64, error) {
	for _, m := range r.Measures {
		if m.Name == name {
			return m.Value, nil
		}
	}
	return 0, fmt.Errorf("the report has no measure %s", name)
}
