package titles

import (
	"testing"

	"ganvas/engine/recipe"
)

func TestBrief(t *testing.T) {
	from := recipe.Default()
	for _, c := range []struct {
		name   string
		change func(r *recipe.Recipe)
		most   int
		want   string
	}{
		{"nothing", func(*recipe.Recipe) {}, 3, ""},
		{"another name", func(r *recipe.Recipe) { r.Name = "other" }, 3, ""},
		{"a rate", func(r *recipe.Recipe) { r.D.LR = 1e-4 }, 3, "Learning rate of D 1e-4 instead of 2e-4"},
		{"off", func(r *recipe.Recipe) { r.R1 = 0 }, 3, "R1 penalty off"},
		{"on", func(r *recipe.Recipe) { r.GP, r.Mirror = 10, true }, 3, "Mirror on, WGAN-GP 10.0"},
		{"within a sentence", func(r *recipe.Recipe) { r.Seed, r.Batch, r.R2 = 2, 8, 0 }, 3, "Seed 2 instead of 1, batch 8 instead of 64, R2 penalty off"},
		{"more than fit", func(r *recipe.Recipe) { r.Seed, r.Batch, r.R2, r.Objective = 2, 8, 0, "hinge" }, 2, "Seed 2 instead of 1, batch 8 instead of 64, 2 more"},
		{"other data", func(r *recipe.Recipe) { r.Data = "ring" }, 3, "Data Ring of 8 instead of MNIST digits"},
		{"a layer", func(r *recipe.Recipe) { r.D.Layers[1] = "relu" }, 3, "Discriminator, layer 2: ReLU instead of Leaky ReLU 0.2"},
	} {
		to := from.Clone()
		c.change(to)
		if got := Brief(from, to, c.most); got != c.want {
			t.Errorf("%s: says %q, want %q", c.name, got, c.want)
		}
	}
}
