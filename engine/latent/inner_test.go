package latent

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// small returns a generator of pictures of 8×8 pixels for three classes.
func small(t *testing.T) *gan.Generator {
	t.Helper()
	n, err := nn.NewRole([]string{"linear 64", "unflatten 4 4 4", "bn", "relu", "convt 6 4 2 1", "lrelu 0.2", "conv 1 3 1 1", "tanh"},
		nn.Shape{5}, nn.Role{Classes: 3, ConcatEmbed: true})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	n.Init("dcgan", r)
	for _, p := range n.Params { // weights that make a difference
		for i := range p.Value.Data {
			p.Value.Data[i] += float32(r.NormFloat64()) * 0.1
		}
	}
	return gan.NewGenerator(n, "gaussian")
}

func TestInnerDrawsAsTheGenerator(t *testing.T) {
	g := small(t)
	z := g.Noise(3, 4)
	g.Choose(2, -1)
	want := slices.Clone(g.Render(z, 4))
	n := Open(g, 2, -1)
	if got := n.Items(z, 4, Latents); !slices.Equal(got, want) {
		t.Error("from latents it draws something else")
	}
	for layer := range n.Sizes() {
		f := n.Features(z, 4, Latents, layer)
		if len(f) != 4*n.Sizes()[layer] {
			t.Fatalf("layer %d: %d numbers, want 4×%d", layer, len(f), n.Sizes()[layer])
		}
		if got := n.Items(f, 4, layer); layer < len(n.Sizes())-1 && !slices.Equal(got, want) {
			t.Errorf("from the outputs of layer %d it draws something else", layer)
		}
	}
}

func TestBlend(t *testing.T) {
	g := small(t)
	z := g.Noise(3, 2)
	draw := func(class, with int, share float32) []float32 {
		g.Choose(class, -1)
		g.Blend(with, share)
		return slices.Clone(g.Render(z, 2))
	}
	first, second, half := draw(0, 0, 0), draw(1, 0, 0), draw(0, 1, 0.5)
	if got := draw(0, 1, 1); !slices.Equal(got, second) {
		t.Error("all of the other class is not the other class")
	}
	if slices.Equal(half, first) || slices.Equal(half, second) {
		t.Error("half of the other class is one of both")
	}
	n := Open(g, 0, -1)
	n.Blend(1, 0.5)
	if got := n.Items(z, 2, Latents); !slices.Equal(got, half) {
		t.Error("the network opened up blends otherwise")
	}
}

// TestGradient compares with differences, from latents and from the outputs of a layer, with a
// change within.
func TestGradient(t *testing.T) {
	g := small(t)
	n := Open(g, 1, -1)
	sizes := n.Sizes()
	half := make([]float32, sizes[4])
	for i := range half {
		half[i] = float32(i%3) / 2
	}
	n.Change(&Change{Layers: []LayerChange{{Layer: 4, Scale: half, Shift: half}}})
	loss := func(tr *Trace) *grad.Value { return grad.Sum(grad.Square(tr.Items)) }
	for _, from := range []int{Latents, 3} {
		x := g.Noise(9, 2)
		if from >= 0 {
			x = n.Features(x, 2, Latents, from)
		}
		_, dx := n.Gradient(x, 2, from, loss)
		const h = 1e-2
		for i := 0; i < len(x); i += 1 + len(x)/7 {
			at := func(d float32) float64 {
				moved := slices.Clone(x)
				moved[i] += d
				y, _ := n.Gradient(moved, 2, from, loss)
				return float64(y)
			}
			want := (at(h) - at(-h)) / (2 * h)
			if got := float64(dx[i]); math.Abs(got-want) > 2e-2*max(1, math.Abs(want)) {
				t.Errorf("from %d, number %d: slope %.4f, differences say %.4f", from, i, got, want)
			}
		}
	}
}

func TestChange(t *testing.T) {
	g := small(t)
	z := g.Noise(3, 1)
	g.Choose(0, -1)
	size := Sizes(g)[4]
	fill := func(v float32) []float32 { return slices.Repeat([]float32{v}, size) }
	a := &Change{Layers: []LayerChange{{Layer: 4, Scale: fill(0.5), Shift: fill(1)}}}
	b := &Change{Layers: []LayerChange{{Layer: 2, Shift: slices.Repeat([]float32{1}, Sizes(g)[2])}, {Layer: 4, Scale: fill(2), Shift: fill(-2)}}}
	g.Change((&Change{Layers: b.Layers[:1]}).On())
	want := slices.Clone(g.Render(z, 1))
	g.Change(a.Then(b).On()) // of layer 4: 2·(x/2+1) − 2
	if got := g.Render(z, 1); !slices.Equal(got, want) {
		t.Error("two changes, of which one takes the other back, are not the identity")
	}
	g.Change(nil)
	if got := g.Render(z, 1); slices.Equal(got, want) {
		t.Error("a change of layer 2 changes nothing")
	}
	if err := a.Then(b).Fits(g); err != nil {
		t.Error(err)
	}
	for _, bad := range []*Change{
		{Layers: []LayerChange{{Layer: 99}}},
		{Layers: []LayerChange{{Layer: 4, Scale: fill(1)[1:]}}},
		{Layers: []LayerChange{{Layer: 4}, {Layer: 4}}},
		{Layers: []LayerChange{{Layer: 4, Shift: append(fill(1)[1:], float32(math.NaN()))}}},
	} {
		if bad.Fits(g) == nil {
			t.Errorf("%v fits", bad.Layers[0].Layer)
		}
	}
}
