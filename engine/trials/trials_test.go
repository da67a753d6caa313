package trials

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

const tiny = `
name = "tiny"
data = "ring"
batch = 8
latent = 2
steps = 20
ema = 0.9
[g]
layers = ["linear 8", "relu", "linear 2"]
[d]
layers = ["linear 8", "lrelu 0.2", "linear 1"]
`

func base(t *testing.T) *recipe.Recipe {
	t.Helper()
	r, err := recipe.Parse([]byte(tiny), "tiny.toml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func ring(t *testing.T) datasets.Set {
	t.Helper()
	set, err := datasets.Open(t.Context(), "ring", session.DataOptions(base(t)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// planOf is a plan that varies keys, of 20 steps and one seed.
func planOf(t *testing.T, axes ...string) *Plan {
	t.Helper()
	p := &Plan{Base: base(t), Seeds: 1, By: "js"}
	for _, text := range axes {
		a, err := ParseAxis(text, p.Base)
		if err != nil {
			t.Fatal(err)
		}
		p.Axes = append(p.Axes, a)
	}
	return p
}

func TestParseAxis(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"g.lr=1e-4, 0.0002", []string{"1e-4", "2e-4"}},
		{" r1 =0,0.5", []string{"0.0", "0.5"}},
		{"objective=hinge,wasserstein", []string{"hinge", "wasserstein"}},
		{"augment=color,translation;none", []string{"color,translation", "none"}},
		{"d.layers=linear 4,linear 1;linear 1", []string{`["linear 4", "linear 1"]`, `["linear 1"]`}},
	} {
		a, err := ParseAxis(c.text, base(t))
		if err != nil || len(a.Values) != len(c.want) {
			t.Errorf("%q: %q, error %v", c.text, a.Values, err)
			continue
		}
		for i, v := range a.Values {
			if c.text[0] != 'd' && v != c.want[i] {
				t.Errorf("%q: %q, want %q", c.text, a.Values, c.want)
			}
		}
	}
	for _, c := range []struct{ text, part string }{
		{"g.lr", "write KEY=VALUE"},
		{"=1", "write KEY=VALUE"},
		{"g.lrr=1", "did you mean g.lr"},
		{"lr=1e-4,1e-3", "did you mean g.lr or d.lr?"},
		{"g.lr=1e-4,fast", `g.lr: must be a number, not "fast"`},
		{"batch=8,0", "batch"},
		{"g.lr=1e-4,0.0001", "stands there twice"},
		{"g.lr=", "g.lr"},
		{"seed=1,2", "--seeds"},
		{"steps=1,2", "--steps"},
	} {
		if _, err := ParseAxis(c.text, base(t)); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%q: error %v, want one with %q", c.text, err, c.part)
		}
	}
}

// What cannot be trained is refused before anything is.
func TestCheck(t *testing.T) {
	set := ring(t)
	if err := planOf(t, "r1=0,0.5", "g.lr=1e-4,1e-3").Check(set); err != nil {
		t.Errorf("a good plan: %v", err)
	}
	seeds := planOf(t)
	if err := seeds.Check(set); err == nil || !strings.Contains(err.Error(), "nothing is varied") {
		t.Errorf("nothing varied: %v", err)
	}
	if seeds.Seeds = 3; seeds.Check(set) != nil {
		t.Errorf("seeds alone: %v", seeds.Check(set))
	}
	for _, c := range []struct {
		name   string
		change func(p *Plan)
		part   string
	}{
		{"another measure", func(p *Plan) { p.By = "frechet" }, "choose one of js, modes"},
		{"too many seeds", func(p *Plan) { p.Seeds = 21 }, "choose 1 to 20"},
		{"too many runs", func(p *Plan) {
			p.Axes = append(p.Axes, Axis{"r2", slices.Repeat([]string{"0"}, 101)})
		}, "more than 200 runs"},
		{"three keys", func(p *Plan) { p.Axes = slices.Repeat(p.Axes, 3) }, "3 keys"},
		{"one key twice", func(p *Plan) { p.Axes = slices.Repeat(p.Axes, 2) }, "varied twice"},
		{"no end", func(p *Plan) { p.Base.Steps = 0 }, "no end"},
		{"other data", func(p *Plan) { p.Axes[0] = Axis{"data", []string{"ring", "moons"}} }, "changes the data"},
		{"layers that do not fit", func(p *Plan) { p.Axes[0] = Axis{"g.layers", []string{"linear 3"}} }, "g.layers"},
		{"values that do not go together", func(p *Plan) { p.Axes[0] = Axis{"latent", []string{"2", "0"}} }, "latent"},
	} {
		p := planOf(t, "r1=0,0.5")
		c.change(p)
		if err := p.Check(set); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.part)
		}
	}
}

// create makes an empty project.
func create(t *testing.T) *ckpt.File {
	t.Helper()
	f, err := ckpt.Create(filepath.Join(t.TempDir(), "a.ganvas"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// sumOf returns the SHA-256 of the newest state of a run.
func sumOf(t *testing.T, f *ckpt.File, run int64) string {
	t.Helper()
	s, err := f.Load(run, -1)
	if err != nil {
		t.Fatal(err)
	}
	return s.SHA256()
}

// A plan is carried out in turn, each run as if it was trained alone; stopped in the middle it goes
// on without doing anything twice.
func TestRun(t *testing.T) {
	set, p := ring(t), planOf(t, "r1=0,0.5")
	p.Seeds = 2
	f := create(t)
	if err := Keep(f, p); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := Run(ctx, f, p, set, Options{}, func(i int, r Result) {
		if i == 1 && r.State == Training && r.Step > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	half, err := Results(f, p, datasets.Points)
	if err != nil || half[0].State != Done || half[2].Run != 0 || half[3].Run != 0 {
		t.Fatalf("stopped at %+v, error %v", half, err)
	}
	first := sumOf(t, f, half[0].Run)

	again, err := Kept(f)
	if err != nil || !again.Same(p) {
		t.Fatalf("kept %+v, error %v", again, err)
	}
	var told []string
	err = Run(t.Context(), f, again, set, Options{}, func(_ int, r Result) {
		if r.State == Done {
			told = append(told, r.Recipe.Name)
		}
	})
	if want := []string{"r1 0.0, seed 1", "r1 0.0, seed 2", "r1 0.5, seed 1", "r1 0.5, seed 2"}; err != nil || !slices.Equal(told, want) {
		t.Fatalf("told of %q, want %q, error %v", told, want, err)
	}
	results, err := Results(f, p, datasets.Points)
	if err != nil {
		t.Fatal(err)
	}
	runs, err := f.Runs()
	if err != nil || len(runs) != 4 {
		t.Errorf("%d runs, error %v", len(runs), err)
	}
	for i, r := range results {
		if m, ok := r.Value("js"); r.State != Done || r.Step != 20 || !ok || m.Value <= 0 {
			t.Errorf("run %d: %+v", i, r)
		}
	}
	if sumOf(t, f, results[0].Run) != first {
		t.Error("a run that was done was trained again")
	}
	p.Seeds = 1 // each run for itself
	_, best := p.Best(results)
	for _, r := range results {
		m, _ := r.Value("js")
		if top, _ := results[best].Value("js"); m.Value < top.Value {
			t.Errorf("%v is better than the best, %v", m.Value, top.Value)
		}
	}
	// As if it was trained alone.
	s, err := session.Create(t.Context(), results[1].Recipe, nil, filepath.Join(t.TempDir(), "b.ganvas"), session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.TrainUntil(20)
	if err := s.Wait(); err != nil || s.State().SHA256() != sumOf(t, f, results[1].Run) {
		t.Errorf("the run that was stopped has other bits than alone, error %v", err)
	}
}

// A copy of a run that was tried, and a branch, have its recipe: they belong to who made them. The plan
// neither shows their numbers nor trains them.
func TestCopyOfTried(t *testing.T) {
	set, p := ring(t), planOf(t, "r1=0,0.5")
	f := create(t)
	if err := Keep(f, p); err != nil {
		t.Fatal(err)
	}
	if err := Run(t.Context(), f, p, set, Options{}, func(int, Result) {}); err != nil {
		t.Fatal(err)
	}
	before, err := Results(f, p, datasets.Points)
	if err != nil {
		t.Fatal(err)
	}
	id, err := session.DuplicateRun(f, before[0].Run, -1, "copy")
	if err != nil {
		t.Fatal(err)
	}
	after, err := Results(f, p, datasets.Points)
	if err != nil {
		t.Fatal(err)
	}
	if after[0].Run != before[0].Run || after[0].State != Done {
		t.Errorf("run %d is shown as run %d, state %v, the copy is run %d", before[0].Run, after[0].Run, after[0].State, id)
	}
	// Without the run that was tried the copy does not take its place.
	if err := f.DeleteRun(before[0].Run); err != nil {
		t.Fatal(err)
	}
	if after, err = Results(f, p, datasets.Points); err != nil || after[0].Run != 0 {
		t.Errorf("the deleted run is shown as run %d, error %v", after[0].Run, err)
	}
}

// A run whose numbers overflow is told as failed, those after it go on, and it is not tried again.
func TestFailedRun(t *testing.T) {
	p := planOf(t, "d.lr=10,1e-4")
	p.Base.Objective, p.Base.R1, p.Base.R2, p.Base.D.Optimizer = "wasserstein", 0, 0, "sgd"
	p.Base.Steps = 300
	f := create(t)
	for range 2 {
		states := make(map[int]State)
		err := Run(t.Context(), f, p, ring(t), Options{}, func(i int, r Result) {
			states[i] = r.State
		})
		if err != nil || states[0] != Failed || states[1] != Done {
			t.Errorf("states %v, error %v", states, err)
		}
		if runs, err := f.Runs(); err != nil || len(runs) != 2 {
			t.Errorf("%d runs, error %v", len(runs), err)
		}
	}
}

// What no Ganvas wrote is an error, and takes no memory.
func TestStrangePlan(t *testing.T) {
	f := create(t)
	if p, err := Kept(f); p != nil || err != nil {
		t.Errorf("of a project without: %v, %v", p, err)
	}
	many := `"0"` + strings.Repeat(`,"1"`, 1)
	for _, text := range []string{
		"no JSON", `{}`, `{"recipe":"version = 1","axes":[{"key":"no","values":["1"]}]}`, `{"recipe":"version = 1","axes":[{"key":"r1","values":["x"]}]}`,
		`{"recipe":"version = 1","seeds":1000000000}`, `{"recipe":"version = 1","axes":[` + strings.Repeat(`{"key":"r1","values":[`+many+`]},`, 30) + `{"key":"r2","values":["1"]}]}`,
	} {
		if err := f.SetMeta(metaKey, text); err != nil {
			t.Fatal(err)
		}
		if p, err := Kept(f); err == nil && text != `{}` {
			t.Errorf("%.60s: %+v", text, p)
		}
	}
}

// Whatever key is chosen, the values that are suggested can be tried.
func TestSuggest(t *testing.T) {
	set := ring(t)
	for _, k := range Keys() {
		text := Suggest(k, base(t))
		a, err := NewAxis(k.Name, text, base(t))
		if err != nil {
			t.Errorf("%s=%s: %v", k.Name, text, err)
			continue
		}
		if p := (&Plan{Base: base(t), Axes: []Axis{a}, Seeds: 1, By: "js"}); len(a.Values) > 1 {
			if err := p.Check(set); err != nil && strings.Contains(err.Error(), "changes the data") {
				t.Errorf("%s: %v", k.Name, err)
			}
		}
	}
}
