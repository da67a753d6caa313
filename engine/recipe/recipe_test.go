package recipe

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"ganvas/engine/nn"
)

var update = flag.Bool("update", false, "write testdata anew")

func TestDefault(t *testing.T) {
	r := Default()
	if err := r.Validate(); err != nil {
		t.Error(err)
	}
	empty, err := Parse(nil, "empty.toml")
	if err != nil || !empty.Equal(r) {
		t.Errorf("Parse of an empty document = %v, %v, want the default", empty, err)
	}
}

// The canonical form of the defaults, which are those of the table in the design of the format.
func TestCanonical(t *testing.T) {
	const golden = "testdata/default.toml"
	got := Default().Bytes()
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("Bytes of the default:\n%s\nwant\n%s", got, want)
	}
}

// Any order, any spelling of numbers, strings and layers gives the same canonical bytes.
func TestCanonicalFromAnySpelling(t *testing.T) {
	const text = `
		# a comment
		"objective" = 'wasserstein'
		gp = 10
		r1 = -0.0
		r2 = +0.0
		steps = 1_000
		ema = 9.99e-1
		d = {lr = 0.0001, beta2 = 9e-1}
		name = "a\"\\\u00e9\n\u007f"
		[g]
		lr = 100e-6
		layers = ["linear  6272", "gelu", "silu", "unflatten 7 7 128", " relu ", "up 2", # enlarges
		  "conv 64 3 1 1", "lrelu 2e-1", "convt 1 4 2 1", "tanh"]
	`
	r, err := Parse([]byte(text), "a.toml")
	if err != nil {
		t.Fatal(err)
	}
	got := string(r.Bytes())
	for _, want := range []string{
		"\nobjective = \"wasserstein\"\n", "\ngp = 10.0\n", "\nr1 = 0.0\n", "\nr2 = 0.0\n", "\nsteps = 1000\n", "\nema = 0.999\n",
		"\nlr = 1e-4\n", "\nbeta2 = 0.9\n", "\nname = \"a\\\"\\\\é\\u000A\\u007F\"\n",
		"\nlayers = [\n    \"linear 6272\",\n    \"gelu\",\n    \"silu\",\n    \"unflatten 7 7 128\",\n    \"relu\",\n    \"up 2 nearest\",\n    \"conv 64 3 1 1\",\n    \"lrelu 0.2\",\n    \"convt 1 4 2 1\",\n    \"tanh\",\n]\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("canonical form lacks %q:\n%s", want, got)
		}
	}
	again, err := Parse(r.Bytes(), "b.toml")
	if err != nil || !reflect.DeepEqual(again, r) {
		t.Errorf("Parse(Bytes) = %+v, %v, want %+v", again, err, r)
	}
}

// go-toml's own struct decoding and ours agree on which field a key belongs to.
func TestTagsMatchKeys(t *testing.T) {
	r := Default()
	want := map[string]string{
		"seed": "9", "name": "n", "data": "x/y", "image_size": "32", "channels": "3", "fit": "pad", "mirror": "true", "labels": "a/names.csv",
		"focus_x": "0.25", "focus_y": "1.0", "background": "#0a1b2c", "leave_out": "5be1f0c2d3a4 3 17-20", "drawn": "AAEC", "held_out": "0.2", "stride": "5", "cell": "16", "attribute": "Smiling",
		"batch": "8", "steps": "8", "latent": "9", "latent_kind": "uniform", "objective": "hinge", "d_steps": "2", "r1": "1.5", "r2": "2.5", "gp": "3.5",
		"pack": "2", "balance": "0.2", "unroll": "3", "topk": "0.5", "feature_matching": "0.25", "ema_warmup": "0.05", "augment": "color,cutout", "dragan": "4.5", "consistency": "2.5", "label_smoothing": "0.1", "instance_noise": "0.3", "clip": "0.01", "penalty_every": "4", "ema": "0.5", "g.init": "kaiming", "g.optimizer": "sgd", "g.lr": "0.5", "g.beta1": "0.25", "g.beta2": "0.75",
		"g.momentum": "0.125", "g.lr_decay": "cosine", "g.lr_final": "0.0625", "d.init": "xavier", "d.optimizer": "rmsprop", "d.lr": "0.375",
		"d.beta1": "0.625", "d.beta2": "0.875", "d.momentum": "0.3125", "d.lr_decay": "linear", "d.lr_final": "0.4375",
		"labelled": "5", "conditional": "projection", "semi_supervised": "true", "generators": "2", "discriminators": "3", "gman": "softmax", "from": "a.ganvas", "freeze_d": "3",
		"g.layers": `["relu", "linear 2"]`, "d.layers": `["tanh"]`,
	}
	for _, k := range Keys() {
		if v, ok := want[k.Name]; ok {
			if err := r.Set(k.Name, v); err != nil {
				t.Error(err)
			}
		} else if k.Name != "version" {
			t.Errorf("key %s is not tried", k.Name)
		}
	}
	var byTags Recipe
	if err := toml.Unmarshal(r.Bytes(), &byTags); err != nil || !reflect.DeepEqual(&byTags, r) {
		t.Errorf("decoded by tags: %+v, %v, want %+v", byTags, err, r)
	}
	var byJSON Recipe
	text, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(text, &byJSON)
	}
	if err != nil || !reflect.DeepEqual(&byJSON, r) {
		t.Errorf("through JSON: %+v, %v, want %+v", byJSON, err, r)
	}
	for name, v := range want {
		if got, err := r.Get(name); got != v || err != nil {
			t.Errorf("Get(%s) = %q, %v, want %q", name, got, err, v)
		}
	}
}

func TestFormatFloat(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0.0"},
		{10, "10.0"},
		{0.1, "0.1"},
		{0.001, "0.001"},
		{2e-4, "2e-4"},
		{1.5e-12, "1.5e-12"},
		{999999, "999999.0"},
		{1e6, "1e6"},
		{-0.25, "-0.25"},
		{1.0 / 3, "0.3333333333333333"},
	} {
		got := formatFloat(c.v)
		var doc struct{ X float64 }
		if err := toml.Unmarshal([]byte("x = "+got), &doc); got != c.want || err != nil || doc.X != c.v {
			t.Errorf("formatFloat(%g) = %q, read back as %g, %v, want %q", c.v, got, doc.X, err, c.want)
		}
	}
}

func TestCloneEqualDiff(t *testing.T) {
	a := Default()
	b := a.Clone()
	if !a.Equal(b) || len(Diff(a, b)) != 0 {
		t.Error("a clone is not equal")
	}
	b.G.Layers[2] = "silu"
	b.D.LR = 1e-3
	b.Steps = 100
	if a.G.Layers[2] != "relu" {
		t.Error("a clone shares the layers")
	}
	if a.Equal(b) {
		t.Error("Equal is true of different recipes")
	}
	want := []Change{
		{"steps", "20000", "100"},
		{
			"g.layers", `["linear 6272", "unflatten 7 7 128", "relu", "convt 64 4 2 1", "relu", "convt 1 4 2 1", "tanh"]`,
			`["linear 6272", "unflatten 7 7 128", "silu", "convt 64 4 2 1", "relu", "convt 1 4 2 1", "tanh"]`,
		},
		{"d.lr", "2e-4", "0.001"},
	}
	if got := Diff(a, b); !slices.Equal(got, want) {
		t.Errorf("Diff = %q, want %q", got, want)
	}
	for _, c := range want {
		if err := a.Set(c.Key, c.To); err != nil {
			t.Error(err)
		}
	}
	if !a.Equal(b) {
		t.Errorf("after setting the differences: still %q", Diff(a, b))
	}
}

func TestDataShape(t *testing.T) {
	for _, c := range []struct {
		data string
		want nn.Shape
	}{
		{"digits", nn.Shape{28, 28, 1}},
		{"ring", nn.Shape{2}},
		{"my/points.CSV", nn.Shape{2}},
		{"my/pictures.zip", nil},
	} {
		r := Default()
		r.Data = c.data
		if got, ok := r.DataShape(); !got.Equal(c.want) || ok != (c.want != nil) {
			t.Errorf("DataShape of %q = %v, %v, want %v", c.data, got, ok, c.want)
		}
	}
}

func TestPresets(t *testing.T) {
	var names []string
	for _, p := range Presets() {
		names = append(names, p.Name)
		if *update {
			if err := os.WriteFile("presets/"+p.Name+".toml", p.Recipe.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		file, err := os.ReadFile("presets/" + p.Name + ".toml")
		if err != nil || !bytes.Equal(file, p.Recipe.Bytes()) {
			t.Errorf("preset %s is not in canonical form, %v: want\n%s", p.Name, err, p.Recipe.Bytes())
		}
		shape, ok := p.Recipe.DataShape()
		if err := p.Recipe.Check(shape); err != nil || !ok {
			t.Errorf("preset %s: %v", p.Name, err)
		}
		if p.Recipe.Name != p.Name || p.Title == "" || !strings.HasSuffix(p.Reason, ".") || strings.Contains(strings.TrimSuffix(p.Reason, "."), ". ") {
			t.Errorf("preset %s: name %q, title %q, reason %q: want its name, a title and one sentence", p.Name, p.Recipe.Name, p.Title, p.Reason)
		}
	}
	want := []string{"ring", "ring-collapse", "ring-unrolled", "ring-pac", "ring-wgan-gp", "ring-relativistic", "vanishing", "circle", "circle-settles", "grid", "moons", "digits-mlp", "digits", "digits-dcgan", "digits-wgan-gp", "digits-conditional", "digits-100-labels", "digits-mdgan", "emoji32", "emoji64", "few-pictures", "shapes-conditional", "dcgan64"}
	if !slices.Equal(names, want) {
		t.Errorf("presets %q, want %q", names, want)
	}
	files, err := presetFiles.ReadDir("presets")
	if err != nil || len(files) != len(want) {
		t.Errorf("%d files of presets, %v, want %d", len(files), err, len(want))
	}
	r, err := Named(DefaultPreset)
	if err != nil || r.Name != "digits" {
		t.Errorf("Named(%q) = %v, %v", DefaultPreset, r, err)
	}
	for _, c := range []struct{ name, want string }{
		{"digts", `preset "digts": there is none of that name: did you mean digits?`},
		{"xyzzy", `preset "xyzzy": there is none of that name: the presets are ring, ring-collapse, ring-unrolled, ring-pac, ring-wgan-gp, ring-relativistic, vanishing, circle, circle-settles, grid, moons, digits-mlp, digits, digits-dcgan, digits-wgan-gp, digits-conditional, digits-100-labels, digits-mdgan, emoji32, emoji64, few-pictures, shapes-conditional, dcgan64`},
	} {
		if _, err := Named(c.name); err == nil || err.Error() != c.want {
			t.Errorf("Named(%q): got %v, want %s", c.name, err, c.want)
		}
	}
}

// The networks of the shared workloads, with the parameters that PyTorch counts for them when every
// layer has a bias.
func TestWorkloads(t *testing.T) {
	for _, c := range []struct {
		preset string
		g, d   int
	}{
		{"digits-dcgan", 766017, 64*16 + 64 + 128*64*16 + 128 + 256 + 6273},
		{"digits-mlp", 101*256 + 257*512 + 513*784, 785*512 + 513*256 + 257},
		{
			"dcgan64",
			512*100*16 + 512 + 256*512*16 + 256 + 128*256*16 + 128 + 64*128*16 + 64 + 3*64*16 + 3 + 2*(512+256+128+64),
			64*3*16 + 64 + 128*64*16 + 128 + 256*128*16 + 256 + 512*256*16 + 512 + 512*16 + 1 + 2*(128+256+512),
		},
	} {
		r, err := Named(c.preset)
		if err != nil {
			t.Fatal(err)
		}
		shape, _ := r.DataShape()
		_, g, err := nn.CountParams(r.G.Layers, nn.Shape{r.Latent})
		if g != c.g || err != nil {
			t.Errorf("%s: generator has %d parameters, %v, want %d", c.preset, g, err, c.g)
		}
		if _, d, err := nn.CountParams(r.D.Layers, shape); d != c.d || err != nil {
			t.Errorf("%s: discriminator has %d parameters, %v, want %d", c.preset, d, err, c.d)
		}
	}
}

func TestKeys(t *testing.T) {
	live := []string{}
	r := Default()
	for _, k := range Keys() {
		if k.Live {
			live = append(live, k.Name)
		}
		if !strings.HasSuffix(k.Tooltip, ".") || k.Type == "" {
			t.Errorf("key %s: type %q, tooltip %q", k.Name, k.Type, k.Tooltip)
		}
		if got, err := r.Get(k.Name); err != nil || got != k.Default {
			t.Errorf("Get(%s) = %q, %v, want the default %q", k.Name, got, err, k.Default)
		}
		if err := r.Set(k.Name, k.Default); err != nil {
			t.Error(err)
		}
		if k.Choices != nil && !slices.Contains(k.Choices, k.Default) {
			t.Errorf("key %s: the default %s is none of %q", k.Name, k.Default, k.Choices)
		}
	}
	want := []string{"steps", "objective", "d_steps", "balance", "unroll", "topk", "feature_matching", "r1", "r2", "gp", "dragan", "consistency", "clip", "penalty_every", "label_smoothing", "instance_noise", "augment", "ema", "ema_warmup", "g.lr", "d.lr"}
	if !slices.Equal(live, want) {
		t.Errorf("live keys %q, want %q", live, want)
	}
}
