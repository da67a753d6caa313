package gan

import (
	"math"
	"testing"

	"ganvas/engine/recipe"
)

// TestLayerNorms: the squares of the layers' norms add up to that of the whole gradient, of one
// network and of several; frozen layers have none.
func TestLayerNorms(t *testing.T) {
	for name, change := range map[string]func(*recipe.Recipe){
		"one":     func(*recipe.Recipe) {},
		"several": func(r *recipe.Recipe) { r.Discriminators = 2 },
		"shards":  func(r *recipe.Recipe) { r.Batch = 256; r.G.Layers[0], r.D.Layers[0] = "linear 64", "linear 64" },
	} {
		tr, _ := points(t, change)
		if g, d := tr.LayerNorms(); len(g)+len(d) > 0 {
			t.Errorf("%s: before a step there are gradients: %v, %v", name, g, d)
		}
		s, err := tr.Both()
		if err != nil {
			t.Fatal(err)
		}
		g, d := tr.LayerNorms()
		for _, c := range []struct {
			layers []LayerNorm
			whole  float64
		}{{g, s.GradG}, {d, s.GradD}} {
			sum := 0.0
			for _, l := range c.layers {
				sum += l.Norm * l.Norm
			}
			if len(c.layers) != 2 || c.layers[0].Layer != 0 || c.layers[1].Layer != 2 || math.Abs(math.Sqrt(sum)-c.whole) > 1e-6*c.whole {
				t.Errorf("%s: layers %v have a norm of %g together, the gradient has %g", name, c.layers, math.Sqrt(sum), c.whole)
			}
		}
	}
	tr, _ := points(t, func(*recipe.Recipe) {})
	tr.FreezeD = 1
	if _, err := tr.Both(); err != nil {
		t.Fatal(err)
	}
	if _, d := tr.LayerNorms(); len(d) != 1 || d[0].Layer != 2 {
		t.Errorf("of a discriminator with a frozen layer %v have gradients", d)
	}
}
