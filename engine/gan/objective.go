package gan

import (
	"fmt"

	"ganvas/engine/grad"
)

// Objective is what the two players minimise, given the discriminator's outputs (N, 1) for real and
// generated items. Outputs are logits of probabilities, or scores where that is said.
type Objective struct {
	Name string
	// Discriminator returns D's loss.
	Discriminator func(real, fake *grad.Value) *grad.Value
	// Generator returns G's loss. real is nil unless NeedsReal.
	Generator func(real, fake *grad.Value) *grad.Value
	// Smoothing returns what D's loss gets on top if the target of real items is lowered by a
	// share: one-sided label smoothing (Salimans et al. 2016, section 3.4). It is nil where real
	// items have no target.
	Smoothing func(real *grad.Value, by float32) *grad.Value
	// NeedsReal says that G's loss compares with real items.
	NeedsReal bool
	// Score says that D's output is a score without bounds and not the logit of a probability.
	Score bool
	// Relative says that outputs mean something only beside one another.
	Relative bool
	// Middle is halfway between what D should say of generated items and of real ones, unless it is
	// Relative.
	Middle float32
	// Fresh says that G is updated on latents of its own, as Algorithm 1 of Goodfellow et al. 2014
	// has it, and not on those that D has just judged.
	Fresh bool
}

var objectives = []Objective{
	{
		Name: "minimax", Fresh: true, // Goodfellow et al. 2014, equation 1
		Discriminator: crossEntropy,
		Generator:     func(_, fake *grad.Value) *grad.Value { return grad.Scale(grad.Mean(grad.Softplus(fake)), -1) },
		Smoothing:     smoothCrossEntropy,
	},
	{
		Name:          "nonsaturating", // Goodfellow et al. 2014, end of section 3
		Discriminator: crossEntropy,
		Generator:     func(_, fake *grad.Value) *grad.Value { return meanSoftplusNeg(fake) },
		Smoothing:     smoothCrossEntropy,
	},
	{
		Name: "leastsquares", Score: true, Middle: 0.5, // Mao et al. 2017, equation 9, with targets 0 and 1
		Discriminator: func(real, fake *grad.Value) *grad.Value {
			return grad.Scale(grad.Add(meanSquare(grad.AddScalar(real, -1)), meanSquare(fake)), 0.5)
		},
		Generator: func(_, fake *grad.Value) *grad.Value {
			return grad.Scale(meanSquare(grad.AddScalar(fake, -1)), 0.5)
		},
		Smoothing: func(real *grad.Value, by float32) *grad.Value { // ((real−1+by)² − (real−1)²)/2
			return grad.AddScalar(grad.Scale(grad.Mean(real), by), by*by/2-by)
		},
	},
	{
		Name: "hinge", Score: true, // Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17
		Discriminator: func(real, fake *grad.Value) *grad.Value {
			return grad.Add(hinge(grad.Scale(real, -1)), hinge(fake))
		},
		Generator: minusMean,
	},
	{
		Name: "wasserstein", Score: true, Relative: true, // Arjovsky et al. 2017, equation 2
		Discriminator: func(real, fake *grad.Value) *grad.Value { return grad.Sub(grad.Mean(fake), grad.Mean(real)) },
		Generator:     minusMean,
	},
	{
		Name: "relativistic", NeedsReal: true, Relative: true, // Jolicoeur-Martineau 2019, paired; with R1 and R2: Huang et al. 2024 (R3GAN)
		Discriminator: func(real, fake *grad.Value) *grad.Value { return grad.Mean(grad.Softplus(grad.Sub(fake, real))) },
		Generator:     func(real, fake *grad.Value) *grad.Value { return grad.Mean(grad.Softplus(grad.Sub(real, fake))) },
	},
}

// FindObjective returns the objective of a recipe's key of that name.
func FindObjective(name string) (Objective, error) {
	for _, o := range objectives {
		if o.Name == name {
			return o, nil
		}
	}
	return Objective{}, fmt.Errorf("objective %q: want minimax, nonsaturating, leastsquares, hinge, wasserstein or relativistic", name)
}

// ScoreLabel returns what D(x) of an objective is on a chart: "probability", or "score" where it
// has no bounds.
func ScoreLabel(objective string) string {
	if o, err := FindObjective(objective); err == nil && o.Score {
		return "score"
	}
	return "probability"
}

// crossEntropy is −log D(real) − log(1−D(fake)) of logits.
func crossEntropy(real, fake *grad.Value) *grad.Value {
	return grad.Add(meanSoftplusNeg(real), grad.Mean(grad.Softplus(fake)))
}

// smoothCrossEntropy is by·log(D(real)/(1−D(real))) of logits, which makes of −log D(real) what it
// is for a target of 1−by.
func smoothCrossEntropy(real *grad.Value, by float32) *grad.Value {
	return grad.Scale(grad.Mean(real), by)
}

func meanSoftplusNeg(x *grad.Value) *grad.Value { return grad.Mean(grad.Softplus(grad.Scale(x, -1))) }

func meanSquare(x *grad.Value) *grad.Value { return grad.Mean(grad.Square(x)) }

func hinge(x *grad.Value) *grad.Value { return grad.Mean(grad.Relu(grad.AddScalar(x, 1))) }

func minusMean(_, fake *grad.Value) *grad.Value { return grad.Scale(grad.Mean(fake), -1) }
