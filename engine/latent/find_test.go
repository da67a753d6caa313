package latent

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// TestFind looks for what the generator itself made: it finds the class, and comes much nearer than
// the best of all candidates; the same with any number of threads, and beside other targets.
func TestFind(t *testing.T) {
	g := small(t)
	size := g.Out().Size()
	z := g.Noise(77, 2)
	g.Choose(2, -1)
	targets := slices.Clone(g.Render(z, 2))
	g.Choose(-1, -1)
	search := Search{Seed: 5, Candidates: 300, Steps: 150}
	before := make([]float64, 2)
	search.Progress = func(step int, best []Found) {
		if step == 0 {
			for i, f := range best {
				before[i] = f.Distance
			}
		}
	}
	found, err := Find(t.Context(), g, targets, 2, search)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range found {
		if f.Class != 2 || f.Distance > before[i]/2 || f.Step == 0 {
			t.Errorf("target %d: class %d, distance %.4f at step %d, of candidates %.4f", i, f.Class, f.Distance, f.Step, before[i])
		}
		g.Choose(f.Class, f.Part)
		if got := g.Render(f.Z, 1); Difference(got, f.Item) > 1e-6 || math.Abs(Difference(got, targets[i*size:(i+1)*size])-f.Distance) > 1e-6 {
			t.Errorf("target %d: the latent gives something else than the item", i)
		}
		g.Choose(-1, -1)
	}
	threads := tensor.Threads()
	defer tensor.SetThreads(threads)
	tensor.SetThreads(threads%2 + 1)
	again, err := Find(t.Context(), g, targets, 2, search)
	if err != nil || !slices.Equal(again[1].Z, found[1].Z) {
		t.Errorf("with other threads it finds something else, error %v", err)
	}
	search.Choose, search.Class, search.Part = true, 0, -1
	other, err := Find(t.Context(), g, targets, 2, search)
	if err != nil || other[0].Class != 0 || other[0].Distance <= found[0].Distance {
		t.Errorf("among another class it finds %+v, error %v", other[0].Distance, err)
	}
}

// TestFindEnds stops when nothing gets better, when it is told to, and takes no other items.
func TestFindEnds(t *testing.T) {
	n, err := nn.New([]string{"linear 4", "tanh"}, nn.Shape{2})
	if err != nil {
		t.Fatal(err)
	}
	g := gan.NewGenerator(n, "uniform") // all weights 0: it makes but one item
	last := 0
	search := Search{Candidates: 10, Progress: func(step int, _ []Found) { last = step }}
	found, err := Find(t.Context(), g, []float32{1, 1, 1, 1}, 1, search)
	if err != nil || math.Abs(found[0].Distance-0.5) > 1e-6 || last > findFlat+1 {
		t.Errorf("distance %v after %d steps, error %v", found, last, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	search.Progress = func(int, []Found) { cancel() }
	if _, err := Find(ctx, g, []float32{1, 1, 1, 1}, 1, search); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if _, err := Find(t.Context(), g, []float32{1, 1}, 1, search); err == nil {
		t.Error("an item of another shape is looked for")
	}
}

// TestFindSlope compares the slope that Find goes along with differences.
func TestFindSlope(t *testing.T) {
	g := small(t)
	n := Open(g, 1, -1)
	z, want := g.Noise(9, 2), slices.Clone(g.Render(g.Noise(4, 2), 2))
	at := func(z []float32) (float64, []float32) {
		y, dz := n.Gradient(z, 2, Latents, func(tr *Trace) *grad.Value { return findLoss(tr, want, "gaussian") })
		return float64(y), dz
	}
	_, dz := at(z)
	const h = 1e-2
	for i := range z {
		up, down := slices.Clone(z), slices.Clone(z)
		up[i] += h
		down[i] -= h
		a, _ := at(up)
		b, _ := at(down)
		if slope := (a - b) / (2 * h); math.Abs(slope-float64(dz[i])) > 2e-2*max(0.1, math.Abs(slope)) {
			t.Errorf("number %d: slope %.5f, differences say %.5f", i, dz[i], slope)
		}
	}
}
