package reproduce

import (
	"context"
	"fmt"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/classifier"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// labels is the table of a classifier that learns from a hundred labels and all unlabelled digits.
func labels() Table {
	layers := "d.layers=flatten, noise 0.6, wn linear 1000, relu, noise 0.5, wn linear 500, relu, noise 0.5, wn linear 250, relu, noise 0.5, wn linear 250, relu, noise 0.5, wn linear 250, relu, noise 0.5, linear 1"
	s := []string{
		"labels=folder", "labelled=100", "semi_supervised=true", "objective=nonsaturating", "r1=0", "r2=0", "batch=100", "steps=6000",
		"latent=100", "latent_kind=uniform", "ema=0.99",
		"g.layers=linear 500, bn, softplus, linear 500, bn, softplus, linear 784, unflatten 28 28 1, tanh", layers,
	}
	for _, player := range []string{"g", "d"} {
		s = append(s, player+".init=kaiming", player+".lr=3e-3", player+".beta1=0.5", player+".beta2=0.999", player+".lr_decay=linear", player+".lr_final=0.01")
	}
	return Table{
		Name: "salimans-100", Title: "Salimans et al. 2016, 100 labels",
		Paper:    "T. Salimans et al., \"Improved Techniques for Training GANs\", NeurIPS 2016, Table 1 (MNIST, 100 labels, one model)",
		Protocol: "D learns the classes of digits from 100 labels, ten of each, and from 60,000 digits without; G matches the means of its features. How many of the 10,000 test digits D names wrongly",
		Differences: []string{
			"6,000 updates of batches of 100 (10 passes) instead of about 180,000 (300 passes), and Adam's rate of 3e-3 falls to a hundredth",
			"values from −1 to 1 and tanh instead of 0 to 1 and sigmoid, and noise on them that is twice as strong for it; the last layer has no weight normalisation",
			"the paper's error is over 10 choices of the labels",
		},
		Time: "about 20 minutes", Seeds: 3,
		Columns: []Column{{Name: "wrong of 10,000"}},
		Methods: []Method{
			{Name: "virtual adversarial", Published: []Figure{{212, unknown}}},
			{Name: "ladder network", Published: []Figure{{106, 37}}},
			{Name: "feature matching, one model", Published: []Figure{{93, 6.5}}, Preset: "digits", Settings: s},
		},
		play: playLabels,
	}
}

// know gives a semi-supervised game the items whose classes D is told, as a session does.
func (p *trial) know() error {
	if !p.recipe.SemiSupervised {
		return nil
	}
	part, err := datasets.Labelled(p.data, p.recipe.Labelled, gan.NewStream(p.recipe.Seed, "labelled").Uint64())
	if err != nil {
		return err
	}
	p.trainer.Known = datasets.NewLoader(part, gan.NewStream(p.recipe.Seed, "known").Uint64(), p.recipe.Mirror)
	return nil
}

// quickUpdates is how many updates a quick run makes of tables whose networks are large.
const quickUpdates = 20

// playLabels trains to the end and counts the test digits that D names wrongly.
func playLabels(ctx context.Context, p *trial) ([]float64, error) {
	until := int64(p.recipe.Steps)
	if p.quick {
		until = min(until, quickUpdates)
	}
	if err := p.train(ctx, until); err != nil {
		return nil, err
	}
	test, err := datasets.Open(ctx, "digits-test", datasets.Options{}, nil)
	if err != nil {
		return nil, err
	}
	const part, size = 250, classifier.Side * classifier.Side
	tape, x, want := grad.NewTape(), make([]float32, part*size), make([]int, part)
	wrong := 0
	for first := 0; first+part <= test.Len(); first += part {
		for i := range part {
			want[i] = test.Read(first+i, x[i*size:(i+1)*size])
		}
		tape.Reset()
		d := p.trainer.D.Bind(tape, false, nil).Part(0)
		d.Forward(tape.View(x, part, classifier.Side, classifier.Side, 1), nn.Eval)
		said := d.Said.Classes.Data
		if len(said) != part*classifier.Classes {
			return nil, fmt.Errorf("the discriminator says %d numbers of %d digits, not %d of each", len(said), part, classifier.Classes)
		}
		for i := range part {
			if row := said[i*classifier.Classes : (i+1)*classifier.Classes]; slices.Index(row, slices.Max(row)) != want[i] {
				wrong++
			}
		}
	}
	return []float64{float64(wrong)}, nil
}
