package studio

import (
	"testing"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

func TestAdapted(t *testing.T) {
	own := recipe.Default()
	own.G.Layers = []string{"linear 100", "relu", "linear 784", "unflatten 28 28 1", "tanh"}
	own.D.Layers = []string{"flatten", "linear 33", "relu", "linear 1"}
	for _, c := range []struct {
		name  string
		r     *recipe.Recipe
		data  string
		shape nn.Shape
		first string // the generator's first layer tells whether it is still the user's
	}{
		{"fits", own, "digits", nn.Shape{28, 28, 1}, "linear 100"},
		{"own networks are mended", own, "digits", nn.Shape{32, 32, 3}, "linear 100"},
		{"a preset's networks give way to another preset's", recipe.Default(), "emoji", nn.Shape{32, 32, 3}, ""},
		{"grey at another size", recipe.Default(), "digits", nn.Shape{32, 32, 1}, ""},
		{"a small picture", recipe.Default(), "shapes", nn.Shape{16, 16, 3}, ""},
		{"points", recipe.Default(), "ring", nn.Shape{2}, ""},
		{"points without a preset", recipe.Default(), "spiral", nn.Shape{2}, ""},
	} {
		r := c.r.Clone()
		r.Data = c.data
		if c.shape.Picture() {
			r.ImageSize, r.Channels = c.shape[0], c.shape[2]
		}
		before := r.Clone()
		got, what := Adapted(r, c.shape)
		if err := got.Check(c.shape); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !r.Equal(before) {
			t.Errorf("%s: the recipe that was given has changed", c.name)
		}
		if (what == "") != got.Equal(before) {
			t.Errorf("%s: said %q of the change", c.name, what)
		}
		if got.Data != c.data {
			t.Errorf("%s: learns from %s, want %s", c.name, got.Data, c.data)
		}
		if c.first != "" && got.G.Layers[0] != c.first {
			t.Errorf("%s: begins with %q, want %q", c.name, got.G.Layers[0], c.first)
		}
	}
}

func TestPresetsAdapt(t *testing.T) {
	for _, p := range recipe.Presets() {
		for _, shape := range []nn.Shape{{2}, {16, 16, 1}, {28, 28, 1}, {28, 28, 3}, {32, 32, 1}, {32, 32, 3}, {48, 48, 3}, {64, 64, 1}, {64, 64, 3}, {64, 64, 4}, {128, 128, 3}} {
			r := p.Recipe.Clone()
			if r.Data = "ring"; shape.Picture() {
				r.Data, r.ImageSize, r.Channels = "shapes", shape[0], shape[2]
			}
			got, what := Adapted(r, shape)
			if err := got.Check(shape); err != nil {
				t.Errorf("%s for %v: %v (%s)", p.Name, shape, err, what)
			}
		}
	}
}
