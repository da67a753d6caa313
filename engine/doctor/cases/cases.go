// Package cases is the doctor's test bench: small recipes that fail in a known way, healthy ones,
// and how well the doctor tells them. It trains them without a project and writes no files.
package cases

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/doctor"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Case is one recipe of the bench.
type Case struct {
	Name  string
	Wants []doctor.Kind // one of which is right to say; none: it is healthy
	By    int64         // step before which it has to be said, and at which the case ends
	Apart bool          // not used for setting limits
	Why   string        // why it fails
	Items int           // of the data; 0: all
	Keys  []string      // "key=value", after those of the small networks for points
	// Preset is what the recipe is, instead of these; it is trained up to By of its own steps.
	Preset string
}

// usual are the keys that cases have in common: two small networks for points of the plane, without
// penalties and average.
var usual = []string{
	"data=ring", "latent=8", "batch=64", "ema=0", "r1=0", "r2=0",
	"g.layers=linear 64, relu, linear 64, relu, linear 2", "d.layers=linear 64, lrelu 0.2, linear 64, lrelu 0.2, linear 1",
	"g.init=kaiming", "d.init=kaiming", "g.lr=1e-3", "d.lr=1e-3", "g.beta1=0.5", "d.beta1=0.5",
}

// Healthy tells whether there is nothing to be found.
func (c *Case) Healthy() bool { return len(c.Wants) == 0 }

// Recipe returns the case's recipe with a seed.
func (c *Case) Recipe(seed uint64) (*recipe.Recipe, error) {
	if c.Preset != "" {
		r, err := recipe.Named(c.Preset)
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", c.Name, err)
		}
		r.Seed = seed
		return r, nil
	}
	r := recipe.Default()
	r.Name, r.Seed, r.Steps = c.Name, seed, int(c.By)
	for _, text := range keys(usual, c.Keys) {
		key, value, _ := strings.Cut(text, "=")
		if err := r.Set(key, value); err != nil {
			return nil, fmt.Errorf("case %s: %w", c.Name, err)
		}
	}
	return r, nil
}

// course is what became of a case.
type course struct {
	recipe   *recipe.Recipe
	checkups []doctor.Checkup
	stop     *doctor.Stop // numbers that were not finite ended it
}

// train trains the case with a seed to its last step.
func (c *Case) train(ctx context.Context, seed uint64) (course, error) {
	r, err := c.Recipe(seed)
	if err != nil {
		return course{}, err
	}
	o := datasets.Options{Size: r.ImageSize, Channels: r.Channels, Fit: r.Fit, Labels: "none", Seed: seed}
	data, err := datasets.Open(ctx, r.Data, o, nil)
	if err != nil {
		return course{}, err
	}
	if c.Items > 0 {
		items := make([]int, c.Items)
		for i := range items {
			items[i] = i
		}
		data = datasets.NewSubset(data, items)
	}
	t, err := gan.New(r, nn.Shape(data.Info().Shape), datasets.NewLoader(data, seed, r.Mirror))
	if err != nil {
		return course{}, err
	}
	e := doctor.NewExaminer(t, r, data)
	out := course{recipe: r}
	for t.Step < c.By && ctx.Err() == nil {
		e.Before()
		s, err := t.Both()
		var bad *gan.NonFinite
		switch {
		case errors.As(err, &bad):
			out.stop = &doctor.Stop{Step: bad.Step, Text: bad.Error()}
			return out, nil
		case err != nil:
			return course{}, err
		}
		if k, ok := e.After(s); ok {
			out.checkups = append(out.checkups, k)
		}
	}
	return out, ctx.Err()
}
