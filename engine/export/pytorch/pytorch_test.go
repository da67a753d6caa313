package pytorch

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

var update = flag.Bool("update", false, "write the golden files anew")

// project is that of a preset, with what change does to its recipe.
func project(t *testing.T, preset string, change func(r *recipe.Recipe)) Project {
	t.Helper()
	r, err := recipe.Named(preset)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	item, ok := r.DataShape()
	if !ok {
		item = nn.Shape{r.ImageSize, r.ImageSize, r.Channels}
	}
	p := Project{Recipe: r, Builtin: ok, Item: item, Version: "1.0"}
	if r.Classes() {
		p.Classes = []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	}
	return p
}

// text is a project as one text.
func text(t *testing.T, p Project) string {
	t.Helper()
	files, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range files {
		if f.Name != "recipe.toml" {
			b.WriteString("-- " + f.Name + " --\n" + string(f.Content))
		}
	}
	return b.String()
}

// The projects of some presets are the files that PyTorch has run, so that each change is seen.
func TestGolden(t *testing.T) {
	folder := func(r *recipe.Recipe) { r.Data, r.Mirror, r.Labels = "faces", true, "folder" }
	for name, p := range map[string]Project{
		"ring":               project(t, "ring", nil),
		"ring-unrolled":      project(t, "ring-unrolled", nil),
		"ring-pac":           project(t, "ring-pac", nil),
		"digits":             project(t, "digits", nil),
		"digits-wgan-gp":     project(t, "digits-wgan-gp", nil),
		"digits-100-labels":  project(t, "digits-100-labels", nil),
		"digits-mdgan":       project(t, "digits-mdgan", nil),
		"folder-conditional": project(t, "digits-conditional", folder),
		"adaptive":           project(t, "few-pictures", func(r *recipe.Recipe) { r.Augment = "adaptive" }),
	} {
		path := filepath.Join("testdata", name+".golden")
		got := text(t, p)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
			i := 0
			for i < min(len(a), len(b)) && a[i] == b[i] {
				i++
			}
			t.Errorf("%s: line %d is %q, want %q: have make counterparts run it, then write the golden files with -update", name, i+1, a[min(i, len(a)-1)], b[min(i, len(b)-1)])
		}
	}
}

// Every preset can be written, and nothing of a template is left in it.
func TestPresets(t *testing.T) {
	for _, preset := range recipe.Presets() {
		got := text(t, project(t, preset.Name, nil))
		for _, wrong := range []string{"{{", "<no value>", "%!", "\t"} {
			if strings.Contains(got, wrong) {
				t.Errorf("%s: %q is in what is written", preset.Name, wrong)
			}
		}
	}
}

// Every kind of layer has a module.
func TestEveryLayer(t *testing.T) {
	for _, k := range nn.Kinds() {
		l := k.Layer()
		g := &game{Own: map[string]bool{}}
		if code := g.module(l, nn.Shape{8, 8, 8}, nn.Shape{8, 8, 8}, 0); code == "" {
			t.Errorf("%s has no module", k.Name)
		}
	}
}

// Only what a recipe asks for is in its project.
func TestOnlyWhatIsAsked(t *testing.T) {
	got := text(t, project(t, "ring-collapse", nil))
	for _, word := range []string{"BatchNorm", "slope", "EMA", "labels", "augment", "Answer", "PENALTY", "spectral"} {
		if strings.Contains(got, word) {
			t.Errorf("ring-collapse has %q", word)
		}
	}
}

// What cannot be expressed is refused by its name, with what helps.
func TestRefusal(t *testing.T) {
	digits := func(change func(r *recipe.Recipe)) Project { return project(t, "digits", change) }
	own := func(change func(r *recipe.Recipe)) Project {
		return project(t, "digits", func(r *recipe.Recipe) {
			r.Data = "faces"
			change(r)
		})
	}
	points := project(t, "ring", func(r *recipe.Recipe) { r.Data = "my.csv" })
	points.Builtin = false
	for want, p := range map[string]Project{
		"balance of digits":                 digits(func(r *recipe.Recipe) { r.Balance = 0.1 }),
		"unroll with pack":                  project(t, "ring-unrolled", func(r *recipe.Recipe) { r.Pack = 2 }),
		`layer 2 "gn 4" of g.layers`:        digits(func(r *recipe.Recipe) { r.G.Layers = []string{"linear 784", "gn 4", "unflatten 28 28 1"} }),
		`layer 2 "gn 4" of d.layers`:        digits(func(r *recipe.Recipe) { r.D.Layers = []string{"flatten", "gn 4", "linear 1"} }),
		`layer 2 "sn linear 1" of d.layers`: project(t, "digits-conditional", func(r *recipe.Recipe) { r.D.Layers = []string{"flatten", "sn linear 1"} }),
		"adaptive augment with several":     project(t, "few-pictures", func(r *recipe.Recipe) { r.Augment, r.Discriminators = "adaptive", 2 }),
		"data my.csv":                       points,
		"data faces.npz":                    own(func(r *recipe.Recipe) { r.Data = "faces.npz" }),
		"leave_out":                         own(func(r *recipe.Recipe) { r.LeaveOut = "71f91721d902 0" }),
		"held_out":                          own(func(r *recipe.Recipe) { r.HeldOut = 0.1 }),
		"cell":                              own(func(r *recipe.Recipe) { r.Cell = 16 }),
		"stride":                            own(func(r *recipe.Recipe) { r.Stride = 2 }),
		"labels labels.csv":                 own(func(r *recipe.Recipe) { r.Labels = "/home/zoe/labels.csv" }),
		"semi_supervised":                   own(func(r *recipe.Recipe) { r.SemiSupervised, r.Labels = true, "folder" }),
		"channels 4":                        own(func(r *recipe.Recipe) { r.Channels = 4 }),
	} {
		_, err := p.Files()
		if err == nil || !strings.Contains(err.Error(), "cannot express "+want) || strings.Count(err.Error(), ": ") < 2 {
			t.Errorf("error %v, want one that names %s and what helps", err, want)
		}
	}
	if err := own(func(*recipe.Recipe) {}).Refusal(); err != nil {
		t.Errorf("a folder of pictures: %v", err)
	}
}

// Flat features that were a picture, or become one, are known from others.
func TestPixelsBehind(t *testing.T) {
	for _, test := range []struct {
		layers []string
		in     nn.Shape
		want   []int
	}{
		{[]string{"linear 12", "relu", "unflatten 2 3 2", "tanh"}, nn.Shape{4}, []int{0, 6, 6, 0}},
		{[]string{"conv 2 3 1 1", "flatten", "relu", "linear 3", "relu"}, nn.Shape{4, 5, 1}, []int{0, 0, 20, 20, 0}},
	} {
		var got []int
		for i := range test.layers {
			got = append(got, pixelsBehind(test.layers, test.in, i))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.layers, got, test.want)
		}
	}
}

// TestNameIsText: a recipe comes from others, so its name is a text in the project and no program.
func TestNameIsText(t *testing.T) {
	named := func(name string) Project {
		return project(t, "digits", func(r *recipe.Recipe) { r.Name = name })
	}
	plain := strings.Split(text(t, named("x")), "\n")
	for _, name := range []string{"\"\"\"\nimport os\n\"\"\"", `x")`, `x\`, "x\r\u2028import os", `%(prog)s`} {
		got := strings.Split(text(t, named(name)), "\n")
		if len(got) != len(plain) {
			t.Errorf("%q makes %d lines, want %d", name, len(got), len(plain))
			continue
		}
		for i, line := range got {
			if strings.Count(line, `"`) != strings.Count(plain[i], `"`) || strings.ContainsAny(line, "\r\u2028") || strings.Contains(line, `\`) && !strings.Contains(plain[i], `\`) || strings.Contains(line, "%(prog)") {
				t.Errorf("%q makes the line %q, want one like %q", name, line, plain[i])
			}
		}
	}
	if got := text(t, named("Zoës 100 % 🐈")); !strings.Contains(got, `"""Plays the game of Zoës 100 % 🐈 on from`) {
		t.Error("a name of letters is not as it was")
	}
}
