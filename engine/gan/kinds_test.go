package gan

import (
	"math"
	"slices"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// classed deals out points of three classes.
type classed struct{ fixed }

func (c *classed) Classes() int { return 3 }

func (c *classed) Next(n int, dst []float32, labels []int) {
	c.fixed.Next(n, dst, nil)
	for i := range labels {
		labels[i] = (c.dealt + i) % 3
	}
}

func kindTrainer(t *testing.T, change func(*recipe.Recipe)) *Trainer {
	t.Helper()
	r := recipe.Default()
	r.Data, r.Latent, r.Batch, r.Labels, r.Objective, r.R1, r.R2 = "ring", 2, 6, "folder", "nonsaturating", 0, 0
	r.G.Layers, r.D.Layers = []string{"linear 5", "tanh", "linear 2"}, []string{"linear 4", "tanh", "linear 1"}
	r.G.Init, r.D.Init = "xavier", "xavier"
	change(r)
	tr, err := New(r, nn.Shape{2}, &classed{fixed{Stream: NewStream(2, "data")}})
	if err != nil {
		t.Fatal(err)
	}
	tr.Known = &classed{fixed{Stream: NewStream(3, "known")}}
	return tr
}

// param returns the values of D's parameter.
func param(t *testing.T, n *nn.Net, name string) []float32 {
	t.Helper()
	for _, p := range n.Params {
		if p.Name == name {
			return p.Value.Data
		}
	}
	t.Fatalf("no parameter %s", name)
	return nil
}

// dense returns W·x + b in float64.
func dense(w, b []float32, x []float64) []float64 {
	out := make([]float64, len(b))
	for i := range out {
		out[i] = float64(b[i])
		for j, v := range x {
			out[i] += float64(w[i*len(x)+j]) * v
		}
	}
	return out
}

func logSumExp(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(v)
	}
	return math.Log(sum)
}

// TestWhatDSays compares outputs of every kind of D with the papers' formulas in float64.
func TestWhatDSays(t *testing.T) {
	for name, change := range map[string]func(*recipe.Recipe){
		"concat":          func(r *recipe.Recipe) { r.Conditional = "concat" },
		"projection":      func(r *recipe.Recipe) { r.Conditional = "projection" },
		"classifier":      func(r *recipe.Recipe) { r.Conditional = "classifier" },
		"semi-supervised": func(r *recipe.Recipe) { r.SemiSupervised = true },
		"generators":      func(r *recipe.Recipe) { r.Generators = 3 },
	} {
		tr := kindTrainer(t, change)
		tape := grad.NewTape()
		item := []float32{0.3, -1.2}
		b := tr.D.Bind(tape, false, nil)
		b.Classes = []int32{2}
		got := float64(b.Forward(tape.View(item, 1, 2), nn.Train).Scalar())
		x := []float64{float64(item[0]), float64(item[1])}
		if name == "concat" {
			for _, v := range param(t, tr.D, "embed.weight")[2*16:] {
				x = append(x, float64(v))
			}
		}
		features := dense(param(t, tr.D, "0.weight"), param(t, tr.D, "0.bias"), x)
		for i, v := range features {
			features[i] = math.Tanh(v)
		}
		out := dense(param(t, tr.D, "2.weight"), param(t, tr.D, "2.bias"), features)
		want := out[0]
		switch name {
		case "projection":
			for i, v := range features {
				want += v * float64(param(t, tr.D, "project.weight")[2*4+i])
			}
		case "semi-supervised":
			want = logSumExp(out)
			if len(out) != 3 {
				t.Errorf("%d logits of classes, want 3", len(out))
			}
		case "generators":
			want -= logSumExp(dense(param(t, tr.D, "makers.weight"), param(t, tr.D, "makers.bias"), features))
		case "classifier":
			for i, v := range dense(param(t, tr.D, "classes.weight"), param(t, tr.D, "classes.bias"), features) {
				if math.Abs(v-float64(b.Heads.Classes.Data[i])) > 1e-5 {
					t.Errorf("logit of class %d is %g, want %g", i, b.Heads.Classes.Data[i], v)
				}
			}
		}
		if math.Abs(got-want) > 1e-5 {
			t.Errorf("%s: D says %g, want %g", name, got, want)
		}
	}
}

// TestTogether compares what G faces of several D with GMAN's formulas.
func TestTogether(t *testing.T) {
	losses := []float32{0.5, 2, 1}
	values := func(tape *grad.Tape) (out []*grad.Value) {
		for i := range losses {
			out = append(out, grad.Reshape(tape.View(losses[i:i+1], 1)))
		}
		return out
	}
	var weights, mean, soft float64
	for _, l := range losses {
		w := math.Exp(float64(l))
		weights += w
		soft += w * float64(l)
		mean += float64(l) / 3
	}
	for _, c := range []struct {
		softmax bool
		want    float64
	}{{false, mean}, {true, soft / weights}} {
		tr := &Trainer{Config: Config{Softmax: c.softmax}}
		if got := float64(tr.together(values(grad.NewTape())).Scalar()); math.Abs(got-c.want) > 1e-5 {
			t.Errorf("softmax %t: %g, want %g", c.softmax, got, c.want)
		}
	}
}

// TestOneAgainstOneIsThePlainGame: the arrays of a game with one generator and one discriminator
// have the plain names, those of more are numbered, and the first of several starts as the only one
// does.
func TestOneAgainstOneIsThePlainGame(t *testing.T) {
	arrays := func(tr *Trainer) map[string][]float32 {
		out := make(map[string][]float32)
		tr.Tensors(func(name string, x *tensor.Tensor) { out[name] = slices.Clone(x.Data) })
		return out
	}
	plain := arrays(kindTrainer(t, func(*recipe.Recipe) {}))
	one := arrays(kindTrainer(t, func(r *recipe.Recipe) { r.Generators, r.Discriminators, r.GMAN = 1, 1, "softmax" }))
	if len(plain) != len(one) {
		t.Fatalf("%d arrays, plain %d", len(one), len(plain))
	}
	for name, x := range plain {
		if !slices.Equal(one[name], x) {
			t.Errorf("%s differs from the plain game's", name)
		}
	}
	several := arrays(kindTrainer(t, func(r *recipe.Recipe) { r.Generators, r.Discriminators = 2, 2 }))
	for here, there := range map[string]string{"g0.0.weight": "g.0.weight", "d0.2.weight": "d.2.weight"} {
		if !slices.Equal(several[here], plain[there]) {
			t.Errorf("%s is %v, want %s, %v", here, several[here], there, plain[there])
		}
	}
	for _, name := range []string{"g1.0.weight", "d1.0.bias", "ema1.0.weight", "optg1.0.weight.m", "d0.makers.weight"} {
		if several[name] == nil {
			t.Errorf("no %s", name)
		}
	}
	if slices.Equal(several["g0.0.weight"], several["g1.0.weight"]) {
		t.Error("both generators start the same")
	}
}

// TestGeneratorChoice: the same latent gives the same item in any batch, and a chosen class or
// generator gives that one's.
func TestGeneratorChoice(t *testing.T) {
	tr := kindTrainer(t, func(r *recipe.Recipe) { r.Conditional, r.Generators = "concat", 2 })
	g := NewGenerator(tr.Sampler(), "gaussian")
	z := g.Noise(4, 90)
	all := slices.Clone(g.Render(z, 90))
	same := func(a, b []float32) bool { // but for the rounding of products of other sizes
		return math.Abs(float64(a[0]-b[0])) < 1e-5 && math.Abs(float64(a[1]-b[1])) < 1e-5
	}
	var items [][]float32
	for class := range 3 {
		for part := range 2 {
			g.Choose(class, part)
			item := slices.Clone(g.Render(z[:2], 1))
			if slices.ContainsFunc(items, func(other []float32) bool { return same(item, other) }) {
				t.Errorf("class %d of generator %d is the same as another", class, part)
			}
			items = append(items, item)
		}
	}
	if !slices.ContainsFunc(items, func(item []float32) bool { return same(item, all) }) {
		t.Errorf("the latent's item is %v, which is none of %v", all[:2], items)
	}
	g.Choose(-1, -1)
	for i := range 90 {
		if item := g.Render(z[2*i:2*i+2], 1); !same(item, all[2*i:]) {
			t.Fatalf("item %d alone is %v, among others %v", i, item, all[2*i:2*i+2])
		}
	}
}
