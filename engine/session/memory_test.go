package session

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/memory"
	"ganvas/engine/recipe"
)

// of returns a preset with changes.
func of(t *testing.T, name string, change func(*recipe.Recipe)) *recipe.Recipe {
	t.Helper()
	r, err := recipe.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	change(r)
	return r
}

func wide(n int) (layers []string) {
	for range n {
		layers = append(layers, "linear 65536", "relu", "linear 4000", "relu")
	}
	return layers
}

// TestCheckMemory has recipes of which nothing may be allocated, or that just fit.
func TestCheckMemory(t *testing.T) {
	for _, test := range []struct {
		name   string
		recipe *recipe.Recipe
		free   int64
		want   string // that the reason has; "": it fits
	}{
		{"a preset", of(t, "digits", func(*recipe.Recipe) {}), 1e9, ""},
		{"a preset in little memory", of(t, "dcgan64", func(*recipe.Recipe) {}), 6e8, "with batch = 32 it takes 5"},
		{"a large batch", of(t, "digits-conditional", func(r *recipe.Recipe) { r.Batch = 65536 }), 4e9, "with batch = 4096 it takes 3."},
		{"hundreds of millions of parameters", of(t, "ring", func(r *recipe.Recipe) { r.G.Layers = append(wide(4), "linear 2") }), 16e9, `layer 3 of g.layers, "linear 4000", alone has 262.1 million parameters: make it smaller`},
		{"so many in D", of(t, "ring", func(r *recipe.Recipe) { r.D.Layers = append(wide(2), "linear 1") }), 8e9, `layer 3 of d.layers, "linear 4000"`},
		{"so many that fit", of(t, "ring", func(r *recipe.Recipe) { r.G.Layers = append(wide(1), "linear 2") }), 16e9, ""},
		{"foreseen updates", of(t, "digits-mlp", func(r *recipe.Recipe) { r.Unroll, r.Consistency, r.R1, r.R2 = 25, 0, 0, 0 }), 5e8, "with unroll = 0 it takes "},
		{"many discriminators", of(t, "digits", func(r *recipe.Recipe) { r.Discriminators = 64 }), 25e7, "with discriminators = 1 it takes "},
		{"packs stay whole", of(t, "ring-pac", func(r *recipe.Recipe) { r.Batch, r.Pack = 65536, 8 }), 1e8, "with batch = "},
		{"pairs of items", of(t, "ring", func(r *recipe.Recipe) {
			r.Batch, r.D.Layers = 8192, []string{"linear 64", "minibatch-discrimination 256 5", "linear 1"}
		}), 4e9, "with batch = 512 it takes 3.8 GB"},
		{"large pictures", of(t, "digits", func(r *recipe.Recipe) {
			r.ImageSize, r.Channels = 1024, 4
			r.G.Layers = []string{"linear 4096", "unflatten 32 32 4", "up 16 nearest", "up 2 nearest"}
			r.D.Layers = []string{"avgpool 32", "flatten", "linear 1"}
		}), 1e9, "make the pictures or the layers smaller"},
	} {
		if err := test.recipe.Validate(); err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		err := CheckMemory("train x", test.recipe, 0, test.free, false)
		var more *memory.NotEnough
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v, and should fit", test.name, err)
		case test.want == "":
		case !errors.As(err, &more):
			t.Errorf("%s: %v, want a refusal", test.name, err)
		case more.Needs <= more.Free || more.Free != float64(test.free) || !strings.Contains(more.Instead, test.want):
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// TestFittingFits holds that what is proposed is not refused again.
func TestFittingFits(t *testing.T) {
	r := of(t, "digits-conditional", func(r *recipe.Recipe) { r.Batch = 65536 })
	if CheckMemory("train x", r, 0, 4e9, false) == nil {
		t.Fatal("a batch of 65,536 fits into 4 GB")
	}
	r.Batch = 4096
	if err := CheckMemory("train x", r, 0, 4e9, false); err != nil {
		t.Error(err)
	}
	r.Batch *= 2
	if CheckMemory("train x", r, 0, 4e9, false) == nil {
		t.Error("a smaller batch is proposed than fits")
	}
}

// TestNoMemory holds that nothing is made of what is refused, and that everything that trains asks.
func TestNoMemory(t *testing.T) {
	r := small()
	path := filepath.Join(t.TempDir(), "a.ganvas")
	s := create(t, small(), Options{})
	old, err := Create(t.Context(), small(), nil, filepath.Join(t.TempDir(), "old.ganvas"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv(memory.Variable, "1MB")
	r.G.Layers = append(wide(2), "linear 2") // more than the heap may have to spare
	refused := func(what string, err error) {
		t.Helper()
		var more *memory.NotEnough
		if !errors.As(err, &more) {
			t.Errorf("%s: %v, want a refusal", what, err)
		}
	}
	_, err = Create(t.Context(), r, nil, path, Options{})
	refused("create", err)
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(files) > 0 {
		t.Errorf("what was refused leaves %v", files)
	}
	_, err = Measure(t.Context(), r, s.Data())
	refused("measure", err)
	refused("replace", s.Replace(t.Context(), r, nil))
	t.Setenv(memory.Variable, "no size")
	for what, err := range map[string]error{
		"replace": s.Replace(t.Context(), small(), nil),
		"set":     s.Set("gp", "1"),
	} {
		if err == nil || !strings.Contains(err.Error(), memory.Variable) {
			t.Errorf("%s: %v, want an error that names %s", what, err, memory.Variable)
		}
	}
}

// TestWeightsThatAreNotThere holds that a recipe of far larger networks than were saved is refused
// before they are built.
func TestWeightsThatAreNotThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ganvas")
	s, err := Create(t.Context(), small(), nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := ckpt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	r := small()
	r.G.Layers = append(wide(3), "linear 2")
	if err := f.Save(ckpt.Save{Run: 1, Recipe: string(r.Bytes())}); err != nil {
		t.Fatal(err)
	}
	if err := CheckSampling(f, 1, -1, r); err == nil || !strings.Contains(err.Error(), "the project is damaged") {
		t.Errorf("sampling: %v, want that the project is damaged", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), "the project is damaged") {
		t.Errorf("open: %v, want that the project is damaged", err)
	}
}
