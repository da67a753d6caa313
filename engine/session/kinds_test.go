package session

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/recipe"
)

// kinds are changes to a recipe of points that make games with classes or with several players of
// it.
var kinds = map[string]func(*recipe.Recipe){
	"concat": func(r *recipe.Recipe) { r.Conditional, r.R1, r.R2 = "concat", 0.5, 0.5 },
	"projection, relativistic": func(r *recipe.Recipe) {
		r.Conditional, r.Objective, r.R1, r.PenaltyEvery, r.D.Layers[3] = "projection", "relativistic", 1, 2, "sn linear 1"
	},
	"classifier, gp": func(r *recipe.Recipe) {
		r.Conditional, r.Objective, r.GP, r.DSteps = "classifier", "wasserstein", 10, 2
	},
	"classifier, dragan": func(r *recipe.Recipe) { r.Conditional, r.Objective, r.DRAGAN = "classifier", "minimax", 10 },
	"semi-supervised":    func(r *recipe.Recipe) { r.SemiSupervised, r.Objective, r.Labelled = true, "nonsaturating", 16 },
	"two against one":    func(r *recipe.Recipe) { r.Generators = 2 },
	"one against three":  func(r *recipe.Recipe) { r.Discriminators, r.R1, r.R2, r.GMAN = 3, 0.5, 0.5, "softmax" },
	"three against two, with classes": func(r *recipe.Recipe) {
		r.Generators, r.Discriminators, r.Conditional, r.Objective = 3, 2, "projection", "relativistic"
	},
}

// kind returns a recipe of points with the change.
func kind(change func(*recipe.Recipe)) *recipe.Recipe {
	r := small()
	r.Labels = "folder"
	change(r)
	return r
}

// TestKindsSameBits trains every kind with one thread and with two, without and with closing in
// between.
func TestKindsSameBits(t *testing.T) {
	for name, change := range kinds {
		t.Run(name, func(t *testing.T) { sameBits(t, kind(change), 6) })
	}
}

// TestKindsSameBitsDivided does so with batches that are divided between processors.
func TestKindsSameBitsDivided(t *testing.T) {
	for _, conditional := range []string{"concat", "projection", "classifier"} {
		t.Run(conditional, func(t *testing.T) {
			r := small()
			r.Labels, r.Conditional, r.Batch, r.Objective, r.R1 = "folder", conditional, 300, "relativistic", 0.5
			r.G.Layers = []string{"linear 64", "relu", "linear 64", "relu", "linear 2"}
			r.D.Layers = []string{"linear 64", "lrelu 0.2", "linear 64", "lrelu 0.2", "linear 1"}
			sameBits(t, r, 4)
		})
	}
}

// TestClassesMustBeThere: a game with classes needs data that have them.
func TestClassesMustBeThere(t *testing.T) {
	for _, c := range []struct {
		change func(*recipe.Recipe)
		want   string
	}{
		{func(r *recipe.Recipe) { r.Conditional, r.Data = "concat", "line" }, "0 classes: choose data with at least two"},
		{func(r *recipe.Recipe) { r.SemiSupervised, r.Objective, r.Labelled = true, "nonsaturating", 5 }, "5 are to be known of 8 classes: make labelled at least one for each"},
	} {
		_, err := Create(t.Context(), kind(c.change), nil, t.TempDir()+"/a.ganvas", Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

// TestTransfer starts with the weights of another project and keeps the first layers of D; resuming
// needs that project no more.
func TestTransfer(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.ganvas")
	s, err := Create(t.Context(), small(), nil, other, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 4)
	first := entryOf(t, s, "d.0.weight")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r := small()
	r.From, r.FreezeD, r.Seed, r.Generators = other, 2, 9, 2
	path := filepath.Join(dir, "new.ganvas")
	if s, err = Create(t.Context(), r, nil, path, Options{}); err != nil {
		t.Fatal(err)
	}
	start := entryOf(t, s, "d.3.weight")
	trainUntil(t, s, 2)
	if got := entryOf(t, s, "d.0.weight"); !slices.Equal(got, first) {
		t.Errorf("frozen weights are %v, want those of the other project, %v", got, first)
	}
	if slices.Equal(entryOf(t, s, "d.3.weight"), start) {
		t.Error("the last layer did not learn")
	}
	if got := s.History().Events; len(got) != 1 || !strings.Contains(got[0].Text, "anew with d.makers.weight and 1 more") {
		t.Errorf("events %v", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path, Options{}); err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 4)
	s.Close()
	if _, err = Create(t.Context(), r, nil, filepath.Join(dir, "no.ganvas"), Options{}); err == nil || !strings.Contains(err.Error(), "start from another project: ") {
		t.Errorf("without the other project: %v", err)
	}
}

func entryOf(t *testing.T, s *Session, name string) []float32 {
	t.Helper()
	for _, e := range s.State().Entries {
		if e.Name == name {
			return e.F32
		}
	}
	t.Fatalf("no %s in the state", name)
	return nil
}

// TestExam measures how often D names classes wrongly: of digits on MNIST's test set, at the end of
// training at the latest.
func TestExam(t *testing.T) {
	r := recipe.Default()
	r.Labels, r.SemiSupervised, r.Objective, r.R1, r.R2, r.Batch, r.Labelled = "folder", true, "nonsaturating", 0, 0, 32, 0
	r.G.Layers, r.D.Layers = []string{"linear 784", "tanh", "unflatten 28 28 1"}, []string{"flatten", "linear 64", "relu", "linear 1"}
	r.D.LR, r.D.Init = 1e-3, "kaiming"
	s := create(t, r, Options{})
	trainUntil(t, s, 150)
	status := s.Status()
	if status.ClassError == nil || *status.ClassError > 0.25 || *status.ClassError == 0 || !strings.HasSuffix(status.ClassTest, " % of 10,000 test digits named wrongly") {
		t.Errorf("after 150 batches of labelled digits: %q, want less than a quarter of the test digits wrong", status.ClassTest)
	}
	h := s.History()
	if last := h.Max[classError][len(h.Step)-1]; last != *status.ClassError && float32(last) != float32(*status.ClassError) {
		t.Errorf("the last value of the chart is %g, want %g", last, *status.ClassError)
	}
}
