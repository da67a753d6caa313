package gan

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// layerCases are small networks of pictures of 8 × 8 grey pixels with every kind of layer.
var layerCases = []struct {
	name   string
	g, d   []string
	change func(*recipe.Recipe)
}{
	{
		"residual, attention",
		[]string{"linear 128", "unflatten 4 4 8", "residual 8", "attention", "residual 6 up", "lrelu 0.2", "conv 1 3 1 1", "tanh"},
		[]string{"conv 8 3 1 1", "residual 16 down", "attention", "residual 16", "silu", "avgpool 4", "flatten", "linear 1"},
		func(r *recipe.Recipe) { r.G.Init, r.D.Init = "kaiming", "kaiming" },
	},
	{
		"minibatch layers",
		[]string{"linear 64", "gelu", "pixelnorm", "unflatten 8 8 1", "conv 1 3 1 1"},
		[]string{"conv 6 4 2 1", "minibatch-std 4", "in", "softplus", "maxpool 2", "flatten", "minibatch-discrimination 6 3", "minibatch-std 3", "ln", "linear 1"},
		func(r *recipe.Recipe) { r.R1, r.R2 = 0.3, 0.3 },
	},
	{
		"maxout, wn, noise, dropout",
		[]string{"wn linear 64", "maxout 2", "noise 0.1", "unflatten 4 4 2", "wn convt 4 4 2 1", "bn", "relu", "wn conv 1 3 1 1", "tanh"},
		[]string{"noise 0.2", "wn conv 8 4 2 1", "maxout 2", "dropout 0.3", "flatten", "wn linear 24", "maxout 3", "wn linear 1"},
		func(r *recipe.Recipe) { r.R1, r.R2, r.GP, r.Objective = 0, 0, 5, "wasserstein" },
	},
	{
		"sn",
		[]string{"sn linear 32", "sigmoid", "unflatten 4 4 2", "up 2 bilinear", "gn 2", "sn convt 1 3 1 1", "tanh"},
		[]string{"sn conv 8 4 2 1", "lrelu 0.1", "residual 4 down", "flatten", "sn linear 1"},
		func(r *recipe.Recipe) { r.Objective, r.G.Init, r.D.Init = "hinge", "orthogonal", "orthogonal" },
	},
}

func layersTrainer(t *testing.T, i int) (*Trainer, *fixed) {
	t.Helper()
	c := layerCases[i]
	r := recipe.Default()
	r.Data, r.ImageSize, r.Latent, r.Batch, r.Steps = "digits", 8, 16, 12, 10
	r.G.Layers, r.D.Layers = c.g, c.d
	c.change(r)
	data := &fixed{Stream: NewStream(2, "data")}
	tr, err := New(r, nn.Shape{8, 8, 1}, data)
	if err != nil {
		t.Fatal(err)
	}
	return tr, data
}

// arrays returns a copy of all that the next step depends on.
func arrays(tr *Trainer) map[string][]float32 {
	all := make(map[string][]float32)
	tr.Tensors(func(name string, x *tensor.Tensor) { all[name] = slices.Clone(x.Data) })
	return all
}

func sameArrays(t *testing.T, what string, got, want map[string][]float32) {
	t.Helper()
	for name, w := range want {
		if !slices.Equal(got[name], w) {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

// TestEveryLayerTrains: three steps with every kind of layer change every weight, give the same
// bits with one and with two threads, and when a trainer is stopped after the first step and
// another one continues.
func TestEveryLayerTrains(t *testing.T) {
	defer tensor.SetThreads(tensor.Threads())
	for i, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			tensor.SetThreads(1)
			tr, _ := layersTrainer(t, i)
			before := arrays(tr)
			steps(t, tr, 3)
			want := arrays(tr)
			for name, x := range want {
				// The bias of a channel that a normalisation takes the mean of again only moves by
				// rounding errors; a single output's u is 1.
				if len(x) > 1 && !strings.HasPrefix(name, "opt") && slices.Equal(x, before[name]) && !strings.HasSuffix(name, ".bias") {
					t.Errorf("%s has not changed", name)
				}
			}
			tensor.SetThreads(2)
			other, _ := layersTrainer(t, i)
			steps(t, other, 3)
			sameArrays(t, "two threads", arrays(other), want)

			first, data := layersTrainer(t, i)
			steps(t, first, 1)
			saved, meta := arrays(first), first.Meta()
			second, rest := layersTrainer(t, i)
			if err := rest.Restore(data.State()); err != nil {
				t.Fatal(err)
			}
			second.Tensors(func(name string, x *tensor.Tensor) { copy(x.Data, saved[name]) })
			if err := second.SetMeta(meta); err != nil {
				t.Fatal(err)
			}
			steps(t, second, 2)
			sameArrays(t, "continued", arrays(second), want)
		})
	}
}

func steps(t *testing.T, tr *Trainer, n int) {
	t.Helper()
	for range n {
		if _, err := tr.Both(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryLayerIsTried: no kind of layer is missing above, nor "sn" and "wn" before one that can
// have it.
func TestEveryLayerIsTried(t *testing.T) {
	tried := make(map[string]bool)
	for _, c := range layerCases {
		for _, text := range slices.Concat(c.g, c.d) {
			l, err := nn.ParseLayer(text)
			if err != nil {
				t.Fatal(err)
			}
			tried[fmt.Sprint(l.Kind, l.Spectral, l.WeightNorm)] = true
			tried[l.Kind] = true
		}
	}
	for _, k := range nn.Kinds() {
		if !tried[k.Name] {
			t.Errorf("%s is in no case", k.Name)
		}
		for _, norm := range []string{"true false", "false true"} {
			if k.Weighted && !tried[k.Name+norm] {
				t.Errorf("%s with sn, wn = %s is in no case", k.Name, norm)
			}
		}
	}
}

// TestSamplesWithoutChance: outside training, noise and dropout are off, and items have nothing to
// do with each other, so an item and what D says of it are the same alone and among others, each
// time.
func TestSamplesWithoutChance(t *testing.T) {
	for i, c := range layerCases {
		tr, _ := layersTrainer(t, i)
		steps(t, tr, 1)
		g := NewGenerator(tr.Sampler(), "gaussian")
		z := g.Noise(5, 7)
		size := g.Out().Size()
		all := slices.Clone(g.Render(z, 7))
		if !slices.Equal(all, g.Render(z, 7)) {
			t.Errorf("%s: the same latents give other items", c.name)
		}
		tape := grad.NewTape()
		said := Judgement(tr.D, tape.View(all, 7, 8, 8, 1))[3]
		if alone := Judgement(tr.D, tape.View(all[3*size:4*size], 1, 8, 8, 1))[0]; math.Abs(float64(said-alone)) > 1e-5 {
			t.Errorf("%s: D says %g of an item alone, %g among others", c.name, alone, said)
		}
		one := g.Render(z[3*g.Latent():4*g.Latent()], 1)
		for j, v := range one {
			if d := v - all[3*size+j]; d > 1e-5 || d < -1e-5 {
				t.Errorf("%s: value %d is %g alone, %g among others", c.name, j, v, all[3*size+j])
				break
			}
		}
	}
}
