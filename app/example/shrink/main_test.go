package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ulikunitz/xz"

	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// unpacked returns the project in a compressed example.
func unpacked(t *testing.T, from string) *ckpt.File {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	z, err := xz.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "example.ganvas")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// A shrunk run is full at its last step, and has all that the Train page shows of it.
func TestShrink(t *testing.T) {
	r := recipe.Default()
	r.Data, r.Latent, r.Batch, r.Steps = "ring", 2, 16, 300
	r.G.Layers, r.D.Layers = []string{"linear 8", "relu", "linear 2"}, []string{"linear 8", "lrelu 0.2", "linear 1"}
	dir := t.TempDir()
	from, to := filepath.Join(dir, "run.ganvas"), filepath.Join(dir, "run.ganvas.xz")
	s, err := session.Create(t.Context(), r, nil, from, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Train()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := shrink(from, to); err != nil {
		t.Fatal(err)
	}
	f := unpacked(t, to)
	list, err1 := f.Checkpoints(1)
	rows, err2 := f.Metrics(1, 0)
	events, err3 := f.Events(1)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || list[0].Step != 300 || list[0].Thinned {
		t.Errorf("checkpoints %+v, want a full one at step 300", list)
	}
	if len(rows) != 300 {
		t.Errorf("metrics of %d steps, want 300", len(rows))
	}
	var checkups []int64
	for _, e := range events {
		if e.Kind == doctor.EventKind {
			checkups = append(checkups, e.Step)
		}
	}
	if want := []int64{50, 100, 150, 200, 250, 300}; !slices.Equal(checkups, want) {
		t.Errorf("checkups at steps %v, want %v", checkups, want)
	}
}
