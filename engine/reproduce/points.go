package reproduce

import (
	"context"
	"fmt"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/metrics"
)

const pacganPaper = "Z. Lin, A. Khetan, G. Fanti, S. Oh, \"PacGAN: The power of two samples in generative adversarial networks\", NeurIPS 2018, Table 1"

var modeColumns = []Column{
	{Name: "modes", HigherIsBetter: true},
	{Name: "high quality", Unit: "%", HigherIsBetter: true},
	{Name: "reverse KL"},
}

// pacganSamples is how many samples are looked at after training.
const pacganSamples = 2500

const pacganProtocol = "Train on points of the mixture, then draw 2,500 samples. A sample is of high quality within three standard deviations of its nearest mode, a mode is captured if it has such a sample; reverse KL is that of the captured samples' shares from equal ones. A perfect sampler has 98.9 % of high quality"

// plain are the networks and the game of PacGAN's authors, in a size that two cores train in
// minutes.
func plain(pack, steps int) []string {
	const width = "128"
	s := []string{
		"objective=nonsaturating", "r1=0", "r2=0", "ema=0", fmt.Sprintf("batch=%d", 100*pack), fmt.Sprintf("steps=%d", steps),
		fmt.Sprintf("g.layers=linear %[1]s, bn, relu, linear %[1]s, bn, relu, linear %[1]s, bn, relu, linear %[1]s, bn, relu, linear 2", width),
		fmt.Sprintf("d.layers=linear %[1]s, lrelu 0.2, linear %[1]s, lrelu 0.2, linear %[1]s, lrelu 0.2, linear 1", width),
	}
	for _, player := range []string{"g", "d"} {
		s = append(s, player+".lr=2e-3", player+".beta1=0", player+".beta2=0.999", player+".lr_decay=linear", player+".lr_final=0.01")
	}
	if pack > 1 {
		s = append(s, fmt.Sprintf("pack=%d", pack))
	}
	return s
}

// pacgan are the methods of the paper's table, and ours with so many updates.
func pacgan(points string, steps, ours int, published [4][]Figure) []Method {
	names := [4]string{"GAN", "PacGAN2", "PacGAN3", "PacGAN4"}
	var out []Method
	for i, name := range names {
		out = append(out, Method{Name: name, Published: published[i], Preset: points, Settings: plain(i+1, steps)})
	}
	return append(out, Method{
		Name: "relativistic, R1 and R2", Preset: points,
		Settings: []string{fmt.Sprintf("steps=%d", ours), "ema=0.999", "g.lr_final=0.005", "d.lr_final=0.005"},
		Note:     "the preset " + points + " of this program, for longer and with a longer average",
	})
}

var pacganDifferences = []string{
	"the mixture has the paper's proportions, but another scale: the ring twice, the grid half as large",
	"G has four hidden layers of 128 units instead of 400, D three of 128 with leaky ReLU instead of 200 maxout units of 5 pieces",
	"20,000 updates of batches of 100 packs instead of 400,000, with Adam at 2e-3 without momentum, falling to a hundredth, instead of 1e-4; 50,000 points instead of 100,000. Of three rates that were tried on the grid's first seed these are the best for GAN and PacGAN2; PacGAN3 and 4 do not come together on the grid at any of them, nor PacGAN4 in 60,000 updates at 1e-3, nor with maxout units and momentum of 0.5",
	"the last row has networks and an optimiser of its own; its settings are one of three that were tried on the ring's first seed; on the grid it has 40,000 updates, with 20,000 of which 96.6 ± 0.4 % were of high quality",
}

func ring() Table {
	return Table{
		Name: "pacgan-ring", Title: "PacGAN, ring of 8", Paper: pacganPaper, Protocol: pacganProtocol, Differences: pacganDifferences,
		Time: "about 15 minutes", Seeds: 5, Columns: modeColumns, play: playModes,
		Methods: pacgan("ring", 20000, 20000, [4][]Figure{
			{{6.3, 0.5}, {98.2, 0.2}, {0.45, 0.09}},
			{{7.9, 0.1}, {95.6, 2.0}, {0.07, 0.03}},
			{{7.8, 0.1}, {97.7, 0.3}, {0.10, 0.02}},
			{{7.8, 0.1}, {95.9, 1.4}, {0.07, 0.02}},
		}),
	}
}

func grid() Table {
	return Table{
		Name: "pacgan-grid", Title: "PacGAN, grid of 25", Paper: pacganPaper, Protocol: pacganProtocol, Differences: pacganDifferences,
		Time: "about 20 minutes", Seeds: 5, Columns: modeColumns, play: playModes,
		Methods: pacgan("grid", 20000, 40000, [4][]Figure{
			{{17.3, 0.8}, {94.8, 0.7}, {0.70, 0.07}},
			{{23.8, 0.7}, {91.3, 0.8}, {0.13, 0.04}},
			{{24.6, 0.4}, {94.2, 0.4}, {0.06, 0.02}},
			{{24.8, 0.2}, {93.6, 0.6}, {0.04, 0.01}},
		}),
	}
}

// playModes trains to the end and counts modes.
func playModes(ctx context.Context, p *trial) ([]float64, error) {
	if err := p.train(ctx, int64(p.recipe.Steps)); err != nil {
		return nil, err
	}
	x := p.sample(pacganSamples)
	points := make([][2]float64, pacganSamples)
	for i := range points {
		points[i] = [2]float64{float64(x[2*i]), float64(x[2*i+1])}
	}
	modal, ok := p.data.(datasets.Modal)
	if !ok {
		return nil, fmt.Errorf("%s has no modes", p.recipe.Data)
	}
	centres, sigma := modal.Modes()
	m, err := metrics.CountModes(points, centres, sigma)
	return []float64{float64(m.Captured), 100 * m.HighQuality, m.KL}, err
}

// failures is no table of a paper: it shows what each remedy is for.
func failures() Table {
	const steps = 12000
	loses := func(more ...string) []string { return append(plain(1, steps), more...) }
	wgan := []string{"objective=wasserstein", "d_steps=5", "steps=6000"}
	clip := append(slices.Clone(wgan), "clip=0.01", "g.optimizer=rmsprop", "d.optimizer=rmsprop", "g.lr=5e-5", "d.lr=5e-5")
	return Table{
		Name: "seeds-of-failure", Title: "What goes wrong, and what mends it",
		Paper:    "No table of one paper: the demonstrations of Goodfellow et al. 2014 (saturation), Arjovsky et al. 2017 and Gulrajani et al. 2017 (clipping against a penalty), Lin et al. 2018 (packing) and Mescheder et al. 2018 (R1), on points",
		Protocol: "As many seeds of each, 2,500 samples of each seed, and what is counted of them as in pacgan-grid. The gradient of G is the median of its norm over the last tenth of the updates",
		Differences: []string{
			"all but two rows are of the grid of 25 with the networks of pacgan-grid and 12,000 updates of G",
			"the rows with D far ahead are of the ring of 8, with three layers of 64 units, G from small weights, five updates of D at 2e-3 for each of 2,000 of G at 1e-4: they are about gradients",
			"the rows with Wasserstein make 5 updates of D for each of 6,000 of G; the clipped one has the rates of Arjovsky et al.",
		},
		Time: "about 30 minutes", Seeds: 5,
		Columns: append(slices.Clone(modeColumns), Column{Name: "gradient of G", HigherIsBetter: true}),
		Methods: []Method{
			{Name: "plain", Preset: "grid", Settings: loses()},
			{Name: "packed by 2", Preset: "grid", Settings: plain(2, steps)},
			{Name: "R1 and R2 of 0.1", Preset: "grid", Settings: loses("r1=0.1", "r2=0.1")},
			{Name: "relativistic, R1 and R2 of 0.02", Preset: "grid", Settings: loses("objective=relativistic", "r1=0.02", "r2=0.02")},
			{Name: "D far ahead, saturating", Preset: "vanishing"},
			{Name: "D far ahead, non-saturating", Preset: "vanishing", Settings: []string{"objective=nonsaturating"}},
			{Name: "Wasserstein, clipped", Preset: "grid", Settings: loses(clip...)},
			{Name: "Wasserstein, gradient penalty", Preset: "grid", Settings: loses(append(slices.Clone(wgan), "gp=0.1")...)},
		},
		play: func(ctx context.Context, p *trial) ([]float64, error) {
			values, err := playModes(ctx, p)
			if err != nil {
				return nil, err
			}
			last := slices.Sorted(slices.Values(p.gradG[len(p.gradG)*9/10:]))
			return append(values, last[len(last)/2]), nil
		},
	}
}
