package session

import (
	"slices"
	"testing"

	"ganvas/engine/field"
)

const allLayers = field.Heat | field.Manifold | field.Arrows | field.Density | field.Optimal

// TestLook looks at everything while a run trains: what is asked for comes, up to the last step,
// and the run has the bits of one that nobody looked at.
func TestLook(t *testing.T) {
	alone := create(t, small(), Options{})
	want := trainUntil(t, alone, 40)

	seen := make(chan Snapshot, 1000)
	s := create(t, small(), Options{Publish: func(n Snapshot) {
		if n.Points != nil {
			seen <- n
		}
	}})
	s.Look(Look{Layers: allLayers})
	if got := trainUntil(t, s, 40); got != want {
		t.Error("a run that is looked at has other bits")
	}
	for n := range seen {
		p := n.Points
		if p.Step < 40 {
			continue
		}
		cells := p.HeatW * p.HeatH
		if len(p.Heat) != cells || len(p.Density) != cells || len(p.Optimal) != cells || len(p.Meshes) != 1 || len(p.Arrows) == 0 || p.Sampled != 0 || p.Estimated != 0 {
			t.Errorf("of all layers there are %d, %d, %d cells, %d meshes, %d arrows, %d samples, an estimate from %d", len(p.Heat), len(p.Density), len(p.Optimal), len(p.Meshes), len(p.Arrows), p.Sampled, p.Estimated)
		}
		for i, a := range p.Arrows {
			if a.At != p.Fake[i] {
				t.Fatalf("arrow %d starts at %v, its point is at %v", i, a.At, p.Fake[i])
			}
		}
		break
	}
	s.Look(Look{Layers: field.Arrows})
	for n := range seen {
		if n.Points.Heat == nil {
			if n.Points.Arrows == nil || n.Points.Meshes != nil {
				t.Errorf("of arrows alone there are %d, and %d meshes", len(n.Points.Arrows), len(n.Points.Meshes))
			}
			break
		}
	}
	s.Look(Look{})
	s.lookout.all.Wait() // the goroutine ends
	if s.kick() {
		t.Error("somebody still looks")
	}
	s.Refresh()
	for n := range seen {
		if n.Points.Arrows == nil {
			break // what every snapshot shows
		}
	}
}

// TestLookAtAnotherRun follows the session to another run, whose networks differ.
func TestLookAtAnotherRun(t *testing.T) {
	seen := make(chan Snapshot, 1000)
	s := create(t, small(), Options{Publish: func(n Snapshot) {
		if n.Points != nil {
			seen <- n
		}
	}})
	s.Look(Look{Layers: field.Density})
	for n := range seen {
		if n.Points.Density != nil {
			break
		}
	}
	r := small()
	r.Latent = 5
	if err := s.Replace(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	for n := range seen {
		if n.Points.Sampled > 0 {
			break
		}
	}
}

// TestGradientsOfLayers publishes the norms of each layer's gradient, none before the first update
// and none after going back.
func TestGradientsOfLayers(t *testing.T) {
	var last *Gradients
	s := create(t, small(), Options{Publish: func(n Snapshot) {
		if n.Gradients != nil {
			last = n.Gradients
		}
	}})
	s.Refresh()
	if len(last.G)+len(last.D) != 0 {
		t.Errorf("before the first step there are gradients: %v", last)
	}
	trainUntil(t, s, 3)
	var names []string
	for _, l := range slices.Concat(last.G, last.D) {
		names = append(names, l.Name)
		if !(l.Norm > 0) {
			t.Errorf("layer %d, %s, has a gradient of norm %g", l.Layer, l.Name, l.Norm)
		}
	}
	if want := []string{"linear 8", "bn", "linear 2", "linear 8", "linear 1"}; !slices.Equal(names, want) {
		t.Errorf("layers %q have gradients, want %q", names, want)
	}
	if err := s.GoTo(0); err != nil {
		t.Fatal(err)
	}
	if len(last.G)+len(last.D) != 0 {
		t.Errorf("after going back there are gradients of another step: %v", last)
	}
}
