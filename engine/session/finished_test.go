package session

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/recipe"
)

// TestFinishedGenerator reads the generator of a project without its data: it makes what the session
// makes. One of classes needs the data.
func TestFinishedGenerator(t *testing.T) {
	r := recipe.Default()
	r.Data, r.Latent, r.Batch, r.Steps, r.EMA = "ring", 3, 8, 5, 0.5
	r.G.Layers, r.D.Layers = []string{"linear 8", "relu", "linear 2"}, []string{"linear 8", "lrelu 0.2", "linear 1"}
	for _, conditional := range []string{"none", "concat"} {
		r := r.Clone()
		if r.Conditional = conditional; conditional != "none" {
			r.Labels = "folder"
		}
		path := filepath.Join(t.TempDir(), "run.ganvas")
		s, err := Create(t.Context(), r, nil, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.Train()
		if err := s.Wait(); err != nil {
			t.Fatal(err)
		}
		want := s.Generator(true)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := FinishedGenerator(path)
		if conditional != "none" {
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("of classes: %v, want an error that names the file", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		z := want.Noise(7, 4)
		if !slices.Equal(got.Render(z, 4), want.Render(z, 4)) {
			t.Error("it makes something else than the session's")
		}
	}
}
