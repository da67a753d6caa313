package reproduce

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/classifier"
	"ganvas/engine/recipe"
)

// stacked is the table of pictures of three digits, one in each channel of colour: a thousand
// modes.
func stacked() Table {
	const steps = 3000
	game := func(more ...string) []string {
		s := []string{
			"channels=3", "latent=256", "batch=128", fmt.Sprintf("steps=%d", steps), "objective=nonsaturating", "r1=0", "r2=0", "ema=0",
			"g.layers=linear 1024, unflatten 4 4 64, bn, relu, convt 32 3 2 1, bn, relu, convt 16 4 2 1, bn, relu, convt 8 4 2 1, bn, relu, conv 3 3 1 1, tanh",
			"d.layers=conv 2 3 2 1, bn, lrelu 0.3, conv 4 3 2 1, bn, lrelu 0.3, conv 8 3 2 1, bn, lrelu 0.3, flatten, linear 1",
			"g.lr=1e-3", "d.lr=2e-3",
		}
		for _, player := range []string{"g", "d"} {
			s = append(s, player+".beta1=0.5", player+".beta2=0.99", player+".lr_decay=linear", player+".lr_final=0.01")
		}
		return append(s, more...)
	}
	critic := []string{
		"objective=wasserstein", "gp=1", "d_steps=5", "ema=0.99",
		"d.layers=conv 2 3 2 1, lrelu 0.3, conv 4 3 2 1, lrelu 0.3, conv 8 3 2 1, lrelu 0.3, flatten, linear 1",
	}
	packed := func(m int) []string { return game(fmt.Sprintf("pack=%d", m), fmt.Sprintf("batch=%d", 128*m)) }
	return Table{
		Name: "stacked-mnist", Title: "Stacked MNIST, a discriminator of a quarter",
		Paper:    "Z. Lin, A. Khetan, G. Fanti, S. Oh, \"PacGAN: The power of two samples in generative adversarial networks\", NeurIPS 2018, Table 3, in the setting of L. Metz et al., \"Unrolled Generative Adversarial Networks\", ICLR 2017",
		Protocol: "Pictures of three random training digits, one in each channel of colour; a D with a quarter of the channels of G. Of 25,600 samples, the three digits that a classifier sees are the mode, of a thousand; KL is that of the shares of modes from equal ones",
		Differences: []string{
			"3,000 updates of batches of 128 packs instead of 500,000, at ten times the paper's rates, falling to a hundredth",
			"two of G's upsampling layers have kernels of 4 instead of 3, so that 7 becomes 14 and 28 pixels",
			"the classifier is that of this program (99.3 % of the test digits), and a million stacks are drawn, each seen some times",
			"the paper's errors are over 50 runs; unrolled networks were not run",
		},
		Time: "about 50 minutes", Seeds: 3, open: openStacks, play: playStacked,
		Columns: []Column{{Name: "modes", HigherIsBetter: true}, {Name: "KL"}},
		Methods: []Method{
			{Name: "DCGAN", Published: []Figure{{78.5, unknown}}, Preset: "digits", Settings: game()},
			{Name: "unrolled, 10 steps", Published: []Figure{{327, unknown}}},
			{Name: "PacGAN2", Preset: "digits", Settings: packed(2)},
			{Name: "PacGAN4", Published: []Figure{{667, unknown}}, Preset: "digits", Settings: packed(4)},
			{
				Name: "Wasserstein, gradient penalty", Preset: "digits", Settings: game(critic...),
				Note: "of this program: a penalty of 1, five updates of D for each of G, a D of the same channels without normalisation, the averaged G; the best of three settings that were tried on the first seed",
			},
		},
	}
}

// stacks are pictures of three digits, one in each channel.
type stacks struct {
	datasets.Set // of the digits
	seed         uint64
}

// stackCount is how many there are.
const stackCount = 1_000_000

// openStacks opens the digits of a recipe and stacks them.
func openStacks(ctx context.Context, r *recipe.Recipe) (datasets.Set, error) {
	o := options(r)
	o.Channels, o.Labels = 1, "none"
	set, err := datasets.Open(ctx, r.Data, o, nil)
	return stacks{set, r.Seed}, err
}

// Info says what the set is.
func (s stacks) Info() datasets.Info {
	info := s.Set.Info()
	info.Name, info.Count, info.Labels = "stacked digits", stackCount, nil
	info.Shape = []int{classifier.Side, classifier.Side, 3}
	return info
}

// Len returns the number of stacks.
func (s stacks) Len() int { return stackCount }

// Read writes a stack, whose digits follow from the seed and its number. It has no label.
func (s stacks) Read(i int, dst []float32) int {
	var digit [classifier.Side * classifier.Side]float32
	random := rand.New(rand.NewPCG(s.seed, uint64(i)))
	for c := range 3 {
		s.Set.Read(random.IntN(s.Set.Len()), digit[:])
		for k, v := range digit {
			dst[3*k+c] = v
		}
	}
	return -1
}

// playStacked trains to the end and counts the stacks of classes that G makes.
func playStacked(ctx context.Context, p *trial) ([]float64, error) {
	until, n := int64(p.recipe.Steps), 25600
	if p.quick {
		until, n = min(until, quickUpdates), n/quickShare
	}
	if err := p.train(ctx, until); err != nil {
		return nil, err
	}
	modes, kl := stackModes(p.sample(n), n)
	return []float64{float64(modes), kl}, nil
}

// stackModes returns how many of the thousand stacks of digits occur among n pictures, and the
// divergence of their shares from equal ones.
func stackModes(x []float32, n int) (modes int, kl float64) {
	seen := make([]int, n)
	eye, digits := classifier.New(), make([]float32, len(x)/3)
	for c := range 3 {
		for k := range digits {
			digits[k] = x[3*k+c]
		}
		_, said := eye.Look(digits, n)
		for i, d := range said {
			seen[i] = seen[i]*classifier.Classes + d
		}
	}
	slices.Sort(seen)
	const all = classifier.Classes * classifier.Classes * classifier.Classes
	for lo := 0; lo < n; modes++ {
		hi := lo
		for hi < n && seen[hi] == seen[lo] {
			hi++
		}
		share := float64(hi-lo) / float64(n)
		kl += share * math.Log(share*all)
		lo = hi
	}
	return modes, kl
}
