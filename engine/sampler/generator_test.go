package sampler

import (
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/engine/nn"
)

// TestGeneratorUpdate renders before and after the weights have changed and compares with
// generators made of the weights.
func TestGeneratorUpdate(t *testing.T) {
	n, err := nn.New([]string{"linear 256", "unflatten 4 4 16", "bn", "relu", "convt 16 4 2 1", "relu", "conv 3 3 1 1", "tanh"}, nn.Shape{8})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	n.Init("dcgan", r)
	g := New(n, "gaussian")
	z := g.Noise(5, 70)
	first := slices.Clone(g.Render(z, 70))
	n.Init("dcgan", r)
	if got := g.Render(z, 70); !slices.Equal(got, first) {
		t.Error("what a generator renders changed with weights that it has not taken over")
	}
	g.Update(n)
	got, want := slices.Clone(g.Render(z, 70)), New(n, "gaussian").Render(z, 70)
	if !slices.Equal(got, want) {
		t.Error("after Update a generator renders something else than a new one")
	}
	if slices.Equal(got, first) {
		t.Error("new weights render the same")
	}
}

// TestDraw holds that latents are the same in whatever pieces they are drawn.
func TestDraw(t *testing.T) {
	n, err := nn.New([]string{"linear 2"}, nn.Shape{7})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"gaussian", "uniform"} {
		g := New(n, kind)
		draw := g.Draw(3)
		var got []float32
		for _, n := range []int{64, 1, 0, 64, 5} {
			got = append(got, draw(n)...)
		}
		if want := g.Noise(3, 134); !slices.Equal(got, want) {
			t.Errorf("%s: latents drawn in pieces are others", kind)
		}
	}
}
