package app

import (
	"math"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/engine/latent"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{byteSize(999), "999 bytes"},
		{byteSize(312_000_000), "312 MB"},
		{byteSize(2_500_000_000), "2.5 GB"},
		{number(0.0002), "0.0002"},
		{number(0.00001), "1e-5"},
		{sentence("read x: no such file"), "Read x: no such file"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestSavePath(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"", ""},
		{"  ", ""},
		{"digits", "/home/me/digits.ganvas"},
		{"digits.ganvas", "/home/me/digits.ganvas"},
		{"digits.GANVAS", "/home/me/digits.GANVAS"},
		{"v1.2", "/home/me/v1.2.ganvas"},
		{"/tmp/x", "/tmp/x.ganvas"},
		{"sub/x", "/home/me/sub/x.ganvas"},
		{"sub/", ""},
	} {
		if got := savePath("/home/me", c.typed, projectExtension); got != c.want {
			t.Errorf("savePath(%q) = %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestHistory(t *testing.T) {
	var h history[*recipe.Recipe]
	r := func(seed uint64) *recipe.Recipe {
		x := recipe.Default()
		x.Seed = seed
		return x
	}
	h.reset(r(0))
	h.push(r(1), "turn", true)
	h.push(r(2), "turn", true) // joined with the one before
	h.push(r(3), "add", false)
	h.push(r(4), "add", false)
	var got []uint64
	for {
		got = append(got, h.now.Seed)
		if _, ok := h.back(); !ok {
			break
		}
	}
	if want := []uint64{4, 3, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("undone to %v, want %v", got, want)
	}
	if label, ok := h.forward(); !ok || label != "turn" || h.now.Seed != 2 {
		t.Errorf("redone %q to %d, want turn to 2", label, h.now.Seed)
	}
	h.push(r(9), "other", false)
	if _, ok := h.forward(); ok {
		t.Error("redone past an edit")
	}
}

func TestPlace(t *testing.T) {
	p := place{directions: []latent.Direction{{V: []float32{0.6, 0.8}}, {V: []float32{-0.8, 0.6}}}}
	p.set([]float32{1, 2})
	before := p.z
	for _, c := range []struct {
		k    int
		v    float64
		want []float32
	}{
		{0, 0, []float32{1 - 2.2*0.6, 2 - 2.2*0.8}}, // it lay 2.2 along the first
		{1, 1, []float32{-0.8, 0.6}},
		{0, 5, []float32{3 - 0.8, 4 + 0.6}},
	} {
		p.setAlong(c.k, c.v)
		for i := range c.want {
			if math.Abs(float64(p.z[i]-c.want[i])) > 1e-5 {
				t.Errorf("setAlong(%d, %g) leads to %v, want %v", c.k, c.v, p.z, c.want)
				break
			}
		}
	}
	if !slices.Equal(before, []float32{1, 2}) {
		t.Errorf("a latent that was handed over became %v", before)
	}
	p.uniform = true
	p.setCoordinate(0, 7)
	if p.z[0] != 1 || p.z[1] != 1 {
		t.Errorf("got %v, want a latent within [-1,1]", p.z)
	}
}

func TestAdapted(t *testing.T) {
	own := recipe.Default()
	own.G.Layers = []string{"linear 100", "relu", "linear 784", "unflatten 28 28 1", "tanh"}
	own.D.Layers = []string{"flatten", "linear 33", "relu", "linear 1"}
	for _, c := range []struct {
		name  string
		r     *recipe.Recipe
		data  string
		shape nn.Shape
		first string // the generator's first layer tells whether it is still the user's
	}{
		{"fits", own, "digits", nn.Shape{28, 28, 1}, "linear 100"},
		{"own networks are mended", own, "digits", nn.Shape{32, 32, 3}, "linear 100"},
		{"a preset's networks give way to another preset's", recipe.Default(), "emoji", nn.Shape{32, 32, 3}, ""},
		{"grey at another size", recipe.Default(), "digits", nn.Shape{32, 32, 1}, ""},
		{"a small picture", recipe.Default(), "shapes", nn.Shape{16, 16, 3}, ""},
		{"points", recipe.Default(), "ring", nn.Shape{2}, ""},
		{"points without a preset", recipe.Default(), "spiral", nn.Shape{2}, ""},
	} {
		r := c.r.Clone()
		r.Data = c.data
		if c.shape.Picture() {
			r.ImageSize, r.Channels = c.shape[0], c.shape[2]
		}
		before := r.Clone()
		got, what := adapted(r, c.shape)
		if err := got.Check(c.shape); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !r.Equal(before) {
			t.Errorf("%s: the recipe that was given has changed", c.name)
		}
		if (what == "") != got.Equal(before) {
			t.Errorf("%s: said %q of the change", c.name, what)
		}
		if got.Data != c.data {
			t.Errorf("%s: learns from %s, want %s", c.name, got.Data, c.data)
		}
		if c.first != "" && got.G.Layers[0] != c.first {
			t.Errorf("%s: begins with %q, want %q", c.name, got.G.Layers[0], c.first)
		}
	}
}

func TestWithKnob(t *testing.T) {
	for _, c := range []struct {
		layer string
		knob  int
		value string
		want  string // empty: refused
	}{
		{"conv 64 4 2 1", 0, "32", "conv 32 4 2 1"},
		{"conv 64 4 2 1", 3, "0", "conv 64 4 2 0"},
		{"conv 64 4 2 1", 4, "sn", "sn conv 64 4 2 1"},
		{"sn linear 1", 1, "plain", "linear 1"},
		{"sn linear 1", 1, "wn", "wn linear 1"},
		{"residual 8 same", 1, "up", "residual 8 up"},
		{"up 2 nearest", 1, "bilinear", "up 2 bilinear"},
		{"up 2 bilinear", 0, "3", "up 3 bilinear"},
		{"lrelu 0.2", 0, "0.1", "lrelu 0.1"},
		{"lrelu 0.2", 0, "steep", ""},
		{"linear 64", 0, "0", ""},
		{"linear 64", 0, "1.5", ""},
	} {
		got, err := withKnob(c.layer, c.knob, c.value)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%q with knob %d at %q is %q (%v), want %q", c.layer, c.knob, c.value, got, err, c.want)
		}
	}
}

func TestOneSource(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.png"), filepath.Join(dir, "b.png")
	writePicture(t, a, 8)
	writePicture(t, b, 8)
	if got, ok := oneSource([]string{a, b}); !ok || got != dir {
		t.Errorf("two pictures of two are %q, want their folder", got)
	}
	writePicture(t, filepath.Join(dir, "c.png"), 8)
	if got, ok := oneSource([]string{a, b}); ok {
		t.Errorf("two pictures of three are %q", got)
	}
	if got, ok := oneSource([]string{a, filepath.Join(dir, "sub", "b.png")}); ok {
		t.Errorf("pictures of two folders are %q", got)
	}
}

func TestCollect(t *testing.T) {
	from := t.TempDir()
	a, b, sub := filepath.Join(from, "a.png"), filepath.Join(from, "other", "a.png"), filepath.Join(from, "cats")
	for _, p := range []string{a, b, filepath.Join(sub, "1.png")} {
		writePicture(t, p, 8)
	}
	to := filepath.Join(t.TempDir(), "data")
	if err := collect(t.Context(), to, []string{a, b, sub}, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.png", "a 2.png", "cats/1.png"} {
		if !exists(filepath.Join(to, name)) {
			t.Errorf("%s is missing", name)
		}
	}
	bad := filepath.Join(t.TempDir(), "data")
	if err := collect(t.Context(), bad, []string{a, filepath.Join(from, "gone.png")}, func(int, int) {}); err == nil || exists(bad) {
		t.Errorf("a file that is gone: %v; something is left: %v", err, exists(bad))
	}
}

func TestPresetsAdapt(t *testing.T) {
	for _, p := range recipe.Presets() {
		for _, shape := range []nn.Shape{{2}, {16, 16, 1}, {28, 28, 1}, {28, 28, 3}, {32, 32, 1}, {32, 32, 3}, {48, 48, 3}, {64, 64, 1}, {64, 64, 3}, {64, 64, 4}, {128, 128, 3}} {
			r := p.Recipe.Clone()
			if r.Data = "ring"; shape.Picture() {
				r.Data, r.ImageSize, r.Channels = "shapes", shape[0], shape[2]
			}
			got, what := adapted(r, shape)
			if err := got.Check(shape); err != nil {
				t.Errorf("%s for %v: %v (%s)", p.Name, shape, err, what)
			}
		}
	}
}

func TestChangesText(t *testing.T) {
	from := recipe.Default()
	for _, c := range []struct {
		name   string
		change func(r *recipe.Recipe)
		want   string
	}{
		{"nothing", func(*recipe.Recipe) {}, ""},
		{
			"a number, a choice, an answer", func(r *recipe.Recipe) { r.Batch, r.Objective, r.Mirror = 8, "hinge", true },
			"Mirror: yes instead of no\nBatch: 8 instead of 64\nObjective: Hinge instead of Relativistic",
		},
		{"one player's", func(r *recipe.Recipe) { r.G.LR, r.D.Beta1 = 0.5, 0.25 }, "Rate of G: 0.5 instead of 2e-4\nBeta 1 of D: 0.25 instead of 0.0"},
		{"nothing instead", func(r *recipe.Recipe) { r.From = "a.ganvas" }, "Start from: a.ganvas instead of nothing"},
		{"a layer less", func(r *recipe.Recipe) { r.G.Layers = slices.Delete(slices.Clone(r.G.Layers), 1, 2) }, "Generator, layer 2: without List to picture 7 7 128"},
		{"a layer more", func(r *recipe.Recipe) { r.D.Layers = slices.Insert(slices.Clone(r.D.Layers), 0, "noise 0.1") }, "Discriminator, layer 1: Noise 0.1 added"},
	} {
		to := from.Clone()
		c.change(to)
		if got := changesText(from, to); got != c.want {
			t.Errorf("%s: says %q, want %q", c.name, got, c.want)
		}
	}
	many := from.Clone()
	many.G.Layers = []string{"linear 1", "lrelu 0.1", "linear 2", "relu", "linear 3"}
	if got := layersText("Generator", []string{"linear 1", "linear 3"}, many.G.Layers); got != "Generator, layers 2 to 4: Leaky ReLU 0.1, Linear 2, ReLU added" {
		t.Errorf("says %q", got)
	}
}
