package gan

import (
	"slices"
	"testing"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// numbered are items of no meaning, of ten classes.
type numbered struct{ at int }

func (c *numbered) Classes() int { return 10 }

func (c *numbered) Next(_ int, dst []float32, labels []int) {
	for i := range dst {
		c.at = (c.at*1103515245 + 12345) & 0x7fffffff
		dst[i] = float32(c.at)/(1<<30) - 1
	}
	for i := range labels {
		labels[i] = i % 10
	}
}

// itemOf returns the shape of a recipe's items.
func itemOf(r *recipe.Recipe) nn.Shape {
	if s, ok := r.DataShape(); ok {
		return s
	}
	return nn.Shape{r.ImageSize, r.ImageSize, r.Channels}
}

// stepBytes returns what the tapes of a trainer hold after some steps.
func stepBytes(t *testing.T, r *recipe.Recipe) float64 {
	t.Helper()
	tr, err := New(r, itemOf(r), &numbered{})
	if err != nil {
		t.Fatal(err)
	}
	tr.Known = &numbered{}
	for range 2 {
		if _, err := tr.Both(); err != nil {
			t.Fatal(err)
		}
	}
	_, total := tr.Bytes()
	return float64(total)
}

// small is a recipe of small pictures in which everything that takes memory is off, or one.
func small(change func(*recipe.Recipe)) *recipe.Recipe {
	r := recipe.Default()
	r.ImageSize, r.Latent, r.Batch, r.Steps, r.R1, r.R2 = 16, 16, 24, 10, 0, 0
	r.Objective, r.EMA = "nonsaturating", 0
	r.G.Layers = []string{"linear 512", "unflatten 4 4 32", "relu", "convt 24 4 2 1", "bn", "relu", "convt 1 4 2 1", "tanh"}
	r.D.Layers = []string{"conv 24 4 2 1", "lrelu 0.2", "conv 32 4 2 1", "lrelu 0.2", "flatten", "linear 1"}
	change(r)
	return r
}

var reckonCases = []struct {
	name   string
	change func(*recipe.Recipe)
}{
	{"plain", func(*recipe.Recipe) {}},
	{"r1 and r2", func(r *recipe.Recipe) { r.R1, r.R2 = 0.1, 0.1 }},
	{"r1", func(r *recipe.Recipe) { r.R1 = 0.1 }},
	{"gp", func(r *recipe.Recipe) { r.GP, r.Objective = 10, "wasserstein" }},
	{"dragan", func(r *recipe.Recipe) { r.DRAGAN = 10 }},
	{"consistency", func(r *recipe.Recipe) { r.Consistency, r.Augment = 1, "color,translation" }},
	{"augment and r1", func(r *recipe.Recipe) { r.R1, r.R2, r.Augment = 0.1, 0.1, "color,geometry,translation,cutout" }},
	{"relativistic, adaptive, noise", func(r *recipe.Recipe) { r.Objective, r.Augment, r.InstanceNoise = "relativistic", "adaptive", 0.1 }},
	{"pack", func(r *recipe.Recipe) { r.Pack = 4 }},
	{"unroll", func(r *recipe.Recipe) { r.Unroll = 3 }},
	{"unroll, rmsprop", func(r *recipe.Recipe) { r.Unroll, r.D.Optimizer = 3, "rmsprop" }},
	{"several", func(r *recipe.Recipe) { r.Generators, r.Discriminators, r.R1, r.R2 = 4, 3, 0.1, 0.1 }},
	{"features", func(r *recipe.Recipe) { r.FeatureMatching = 0.5 }},
	{"labels", func(r *recipe.Recipe) { r.SemiSupervised, r.Labels = true, "folder" }},
	{"classifier", func(r *recipe.Recipe) { r.Conditional, r.Labels = "classifier", "folder" }},
	{"projection, r1", func(r *recipe.Recipe) { r.Conditional, r.Labels, r.R1, r.R2 = "projection", "folder", 1, 1 }},
	{"concat", func(r *recipe.Recipe) { r.Conditional, r.Labels = "concat", "folder" }},
	{"wide", func(r *recipe.Recipe) {
		r.D.Layers = []string{"flatten", "linear 1024", "lrelu 0.2", "linear 1024", "relu", "linear 1"}
	}},
	{"wide, r1", func(r *recipe.Recipe) {
		r.R1, r.R2 = 1, 1
		r.D.Layers = []string{"flatten", "linear 1024", "lrelu 0.2", "linear 1024", "relu", "linear 1"}
	}},
	{"wide, unroll", func(r *recipe.Recipe) {
		r.Unroll = 2
		r.D.Layers = []string{"flatten", "linear 1024", "lrelu 0.2", "linear 1024", "relu", "linear 1"}
	}},
	{"similarity", func(r *recipe.Recipe) {
		r.Batch = 128
		r.D.Layers = []string{"flatten", "linear 64", "minibatch-discrimination 50 5", "linear 1"}
	}},
	{"similarity, gp", func(r *recipe.Recipe) {
		r.Batch, r.GP = 128, 10
		r.D.Layers = []string{"flatten", "linear 64", "minibatch-discrimination 50 5", "linear 1"}
	}},
	{"attention", func(r *recipe.Recipe) { r.D.Layers = slices.Insert(r.D.Layers, 2, "attention") }},
	{"attention, r1", func(r *recipe.Recipe) {
		r.R1, r.R2, r.D.Layers = 1, 1, []string{"conv 16 3 1 1", "attention", "flatten", "linear 1"}
	}},
	{"smooth, r1", func(r *recipe.Recipe) {
		r.R1, r.R2 = 1, 1
		r.D.Layers = []string{"conv 24 4 2 1", "gelu", "conv 32 4 2 1", "silu", "gn 8", "flatten", "ln", "softplus", "linear 64", "tanh", "linear 1"}
	}},
	{"residual, r1", func(r *recipe.Recipe) {
		r.R1, r.R2 = 1, 1
		r.G.Layers = []string{"linear 512", "unflatten 4 4 32", "residual 24 up", "residual 16 up", "lrelu 0.2", "conv 1 3 1 1", "tanh"}
		r.D.Layers = []string{"conv 16 3 1 1", "residual 24 down", "residual 32 down", "flatten", "linear 1"}
	}},
	{"sn", func(r *recipe.Recipe) {
		r.Objective, r.D.Layers = "hinge", []string{"flatten", "sn linear 1024", "lrelu 0.2", "sn linear 1024", "relu", "sn linear 1"}
	}},
	{"wn, gp", func(r *recipe.Recipe) {
		r.GP, r.D.Layers = 10, []string{"flatten", "wn linear 1024", "maxout 2", "wn linear 1024", "relu", "wn linear 1"}
	}},
	{"bn in D, r1", func(r *recipe.Recipe) {
		r.R1, r.R2, r.D.Layers = 1, 1, []string{"conv 24 4 2 1", "bn", "lrelu 0.2", "conv 32 4 2 1", "bn", "relu", "minibatch-std 4", "flatten", "linear 1"}
	}},
	{"dropout, noise, pools", func(r *recipe.Recipe) {
		r.D.Layers = []string{"noise 0.1", "conv 24 3 1 1", "lrelu 0.2", "avgpool 2", "dropout 0.3", "maxpool 2", "pixelnorm", "flatten", "linear 1"}
	}},
}

// TestReckon compares what is reckoned with what the tapes of a trainer hold after two steps: a
// little less is possible, as not every small array is counted; more is on the safe side.
func TestReckon(t *testing.T) {
	for _, test := range reckonCases {
		r := small(test.change)
		s, err := Reckon(r, itemOf(r), 10)
		if err != nil {
			t.Fatal(err)
		}
		got, held := s.Step+s.Batch, stepBytes(t, r)
		t.Logf("%s: reckoned %.2f MB, held %.2f MB: %.2f", test.name, got/1e6, held/1e6, got/held)
		if got < 0.85*held || got > 1.5*held {
			t.Errorf("%s: reckoned %.2f MB, and the step holds %.2f MB", test.name, got/1e6, held/1e6)
		}
	}
}
