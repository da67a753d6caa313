package session

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/recipe"
)

// The best step by a metric is kept while a run trains, which changes none of its bits, and is there
// when the project is opened again and when the run has gone on.
func TestBest(t *testing.T) {
	for name, c := range map[string]struct {
		r      *recipe.Recipe
		metric string
	}{"points": {small(), "high_quality"}, "pictures": {pictures(), "frechet"}} {
		t.Run(name, func(t *testing.T) {
			want := trainUntil(t, create(t, c.r, Options{}), 60)
			path := filepath.Join(t.TempDir(), "b.ganvas")
			s, err := Create(t.Context(), c.r, nil, path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(s.BestMetrics(), c.metric) {
				t.Fatalf("metrics %q", s.BestMetrics())
			}
			if err := s.SetBest("beauty"); err == nil || !strings.Contains(err.Error(), c.metric) {
				t.Errorf("a metric that is none: error %v", err)
			}
			if err := s.SetBest(c.metric); err != nil {
				t.Fatal(err)
			}
			if _, _, _, ok := s.Best(); ok {
				t.Error("there is a best step before training")
			}
			if got := trainUntil(t, s, 60); got != want {
				t.Error("looking for the best step changes the bits of training")
			}
			metric, step, value, ok := s.Best()
			if !ok || metric != c.metric || step < 1 || step > 60 || math.IsNaN(value) {
				t.Errorf("best %s at step %d: %v, %v; warnings %q", metric, step, value, ok, s.Warnings())
			}
			for range 2 {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				if s, err = Open(t.Context(), path, Options{}); err != nil {
					t.Fatal(err)
				}
				if by := s.BestBy(); by != c.metric {
					t.Errorf("opened again, the metric is %q", by)
				}
				if m, at, v, ok := s.Best(); !ok || m != metric || at != step || v != value {
					t.Errorf("opened again, the best is %s at step %d: %v, want step %d: %v", m, at, v, step, value)
				}
			}
			moments, err := s.Moments()
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range moments {
				if m.Best != (m.Step == step) || m.Best && !m.View {
					t.Errorf("moment %+v, the best is step %d", m, step)
				}
			}
			if _, at, err := s.GeneratorNear(step, true); err != nil || at != step {
				t.Errorf("the generator of step %d is that of %d, error %v", step, at, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
