package titles

import (
	"slices"
	"testing"

	"ganvas/engine/recipe"
)

func TestChangesText(t *testing.T) {
	from := recipe.Default()
	for _, c := range []struct {
		name   string
		change func(r *recipe.Recipe)
		want   string
	}{
		{"nothing", func(*recipe.Recipe) {}, ""},
		{
			"a number, a choice, an answer", func(r *recipe.Recipe) { r.Batch, r.Objective, r.Mirror = 8, "hinge", true },
			"Mirror: yes instead of no\nBatch: 8 instead of 64\nObjective: Hinge instead of Relativistic",
		},
		{"one player's", func(r *recipe.Recipe) { r.G.LR, r.D.Beta1 = 0.5, 0.25 }, "Rate of G: 0.5 instead of 2e-4\nBeta 1 of D: 0.25 instead of 0.0"},
		{"other data", func(r *recipe.Recipe) { r.Data, r.Name = "ring", "grid" }, "Name: “Grid of twenty-five” instead of “Digits”\nData: Ring of 8 instead of MNIST digits"},
		{"data of one's own", func(r *recipe.Recipe) { r.Data = "/home/a/cats" }, "Data: cats instead of MNIST digits"},
		{"nothing instead", func(r *recipe.Recipe) { r.From = "a.ganvas" }, "Start from: a.ganvas instead of nothing"},
		{"a layer less", func(r *recipe.Recipe) { r.G.Layers = slices.Delete(slices.Clone(r.G.Layers), 1, 2) }, "Generator, layer 2: without List to picture 7 7 128"},
		{"a layer more", func(r *recipe.Recipe) { r.D.Layers = slices.Insert(slices.Clone(r.D.Layers), 0, "noise 0.1") }, "Discriminator, layer 1: Noise 0.1 added"},
	} {
		to := from.Clone()
		c.change(to)
		if got := Differences(from, to); got != c.want {
			t.Errorf("%s: says %q, want %q", c.name, got, c.want)
		}
	}
	many := from.Clone()
	many.G.Layers = []string{"linear 1", "lrelu 0.1", "linear 2", "relu", "linear 3"}
	if got := layersText("Generator", []string{"linear 1", "linear 3"}, many.G.Layers); got != "Generator, layers 2 to 4: Leaky ReLU 0.1, Linear 2, ReLU added" {
		t.Errorf("says %q", got)
	}
}
