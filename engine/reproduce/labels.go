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
	return Table{
		Name: "salimans-100", Title: "Salimans et al. 2016, 100 labels",
		Paper:    "T. Salimans et al., \"Improved Techniques for Training GANs\", NeurIPS 2016, Table 1 (MNIST, 100 labels, one model)",
		Protocol: "D learns the classes of digits from 100 labels, ten of each, and from 60,000 digits without; G matches the means of its features. How many of the 10,000 test digits D names wrongly",
		Differences: []string{
			"all digits are turned, stretched, slanted and moved a little at random, and D is asked to say the same of two looks at a digit without a label: Salimans et al. have neither",
			"5,000 updates of batches of 50 (4 passes) instead of about 180,000 of 100 (300 passes), at a rate of 2e-3 that falls to a hundredth instead of 3e-3",
			"D is of three convolutions instead of five layers of 250 to 1,000 units, G of one layer and two convolutions instead of three layers; each place's numbers are brought to one scale before noise, where the paper keeps the scale of weights that the first batch gave them",
			"the paper's error is over 10 choices of the labels",
		},
		Time: "about 30 minutes", Seeds: 3,
		Columns: []Column{{Name: "wrong of 10,000"}},
		Methods: []Method{
			{Name: "virtual adversarial", Published: []Figure{{212, unknown}}},
			{Name: "ladder network", Published: []Figure{{106, 37}}},
			{Name: "feature matching, one model", Published: []Figure{{93, 6.5}}},
			{Name: "and the same said of a digit changed", Preset: "digits-100-labels", Note: "the preset digits-100-labels of this program"},
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
		said := d.Heads.Classes.Data
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
