package judge

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
)

func open(t *testing.T, name string, o datasets.Options) datasets.Set {
	t.Helper()
	set, err := datasets.Open(context.Background(), name, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// untrained returns a generator of freshly drawn weights; zero leaves them all zero.
func untrained(t *testing.T, layers []string, latent int, zero bool) *gan.Generator {
	t.Helper()
	n, err := nn.New(layers, nn.Shape{latent})
	if err != nil {
		t.Fatal(err)
	}
	if !zero {
		n.Init("kaiming", rand.New(rand.NewPCG(1, 1)))
	}
	return gan.NewGenerator(n, "gaussian")
}

func byName(r Report) map[string]metrics.Measure {
	m := make(map[string]metrics.Measure)
	for _, x := range r.Measures {
		m[x.Name] = x
	}
	return m
}

// TestPoints judges a generator that makes one point only.
func TestPoints(t *testing.T) {
	r, err := Evaluate(context.Background(), untrained(t, []string{"linear 2"}, 2, true), open(t, "ring", datasets.Options{}), Options{Samples: 1500})
	if err != nil {
		t.Fatal(err)
	}
	m := byName(r)
	if got := m["modes"]; got.Value != 0 || got.Perfect != 8 || got.Samples != 1500 {
		t.Errorf("modes: %+v", got)
	}
	if got := m["high_quality"]; got.Value != 0 || got.Perfect < 0.98 || got.Perfect > 0.995 {
		t.Errorf("high quality: %+v", got)
	}
	if got := m["js"]; got.Value < 0.6 || got.Perfect > 0.1 || len(r.Notes) == 0 {
		t.Errorf("divergence: %+v", got)
	}
}

// TestPictures judges a generator that knows nothing.
func TestPictures(t *testing.T) {
	set := open(t, "shapes", datasets.Options{Size: 16, Channels: 1})
	part := make([]int, 2400)
	for i := range part {
		part[i] = i
	}
	g := untrained(t, []string{"linear 256", "unflatten 16 16 1", "tanh"}, 4, false)
	var told []float64
	r, err := Evaluate(context.Background(), g, datasets.NewSubset(set, part), Options{
		Samples: 300, Progress: func(_ string, share float64) { told = append(told, share) },
	})
	if err != nil {
		t.Fatal(err)
	}
	m := byName(r)
	if len(m) != pictureStages {
		t.Errorf("%d numbers, want %d", len(m), pictureStages)
	}
	for name, x := range m {
		if x.Samples != 300 || !(x.StdErr >= 0) {
			t.Errorf("%s: %+v", name, x)
		}
	}
	if x := m["frechet"]; x.Value < 10*x.Perfect {
		t.Errorf("frechet: %+v of noise is near to that of real pictures", x)
	}
	if x := m["precision"]; x.Value > 0.1 || x.Perfect < 0.6 {
		t.Errorf("precision: %+v", x)
	}
	if x := m["coverage"]; x.Value > 0.1 || x.Perfect < 0.6 {
		t.Errorf("coverage: %+v", x)
	}
	if x := m["parzen_nats"]; x.Value > x.Perfect {
		t.Errorf("parzen: noise %g, real pictures %g", x.Value, x.Perfect)
	}
	if got := r.Nearest(0, 3); len(got) != 3 || got[0].Distance > got[2].Distance || got[0].Distance < r.Usual {
		t.Errorf("nearest items of a sample of noise %v, the usual distance is %g", got, r.Usual)
	}
	for i := 1; i < len(told); i++ {
		if told[i] < told[i-1] {
			t.Fatalf("progress goes back from %g to %g", told[i-1], told[i])
		}
	}
	if told[len(told)-1] != 1 {
		t.Errorf("progress ends at %g", told[len(told)-1])
	}
}

func TestErrors(t *testing.T) {
	ring := open(t, "ring", datasets.Options{})
	g := untrained(t, []string{"linear 2"}, 2, false)
	if _, err := Evaluate(context.Background(), g, ring, Options{Samples: 10}); err == nil || !strings.Contains(err.Error(), "at least") {
		t.Errorf("10 samples: %v", err)
	}
	if _, err := Evaluate(context.Background(), g, open(t, "digits", datasets.Options{}), Options{}); err == nil || !strings.Contains(err.Error(), "shape") {
		t.Errorf("data of another shape: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Evaluate(ctx, g, ring, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
