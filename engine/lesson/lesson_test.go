package lesson

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// small is a lesson with everything in it.
const small = `+++
lesson = 1
title = "Small"
about = "One sentence."
minutes = 3
preset = "ring"
view = "train"
only = ["d_steps", "g.lr"]
[set]
steps = 500
g.lr = 1e-3
+++
# First
Two **bold** words, a *generator*, a formula ` + "`D(x)`" + ` and
a [page](https://example.org/paper).

## Below
- an item
1. one
2. two

` + "```" + `
V(D, G)
` + "```" + `

- [ ] Train *300* steps. ` + "`step >= 300`" + `

[Train](do:train) [k = 5](set:d_steps=5)

# Second
- [ ] Two at once. ` + "`modes >= 8 and quality > 80%`" + `
`

func parse(t *testing.T, text string) *Lesson {
	t.Helper()
	l, err := Parse([]byte(text), "small.lesson")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestParse(t *testing.T) {
	l := parse(t, small)
	if l.Name != "small" || l.Title != "Small" || l.Minutes != 3 || l.View != "train" || l.About != "One sentence." {
		t.Errorf("the head is %+v", l)
	}
	if l.Recipe.Steps != 500 || l.Recipe.G.LR != 1e-3 || l.Recipe.Data != "ring" {
		t.Errorf("the recipe has %d steps, a rate of %g and data %s", l.Recipe.Steps, l.Recipe.G.LR, l.Recipe.Data)
	}
	if !l.Free("d_steps") || l.Free("d.lr") || !l.Free("g.lr") {
		t.Error("other keys than the lesson's may be changed")
	}
	if len(l.Pages) != 2 || l.Pages[0].Title != "First" || len(l.Pages[1].Goals()) != 1 {
		t.Fatalf("the pages are %+v", l.Pages)
	}
	var kinds []Kind
	for _, b := range l.Pages[0].Blocks {
		kinds = append(kinds, b.Kind)
	}
	if want := []Kind{Paragraph, Heading, Item, Item, Item, Formula, Task, Buttons}; !slices.Equal(kinds, want) {
		t.Fatalf("the blocks are %v, want %v", kinds, want)
	}
	blocks := l.Pages[0].Blocks
	want := []Span{
		{Text: "Two "}, {Text: "bold", Bold: true}, {Text: " words, a "}, {Text: "generator", Word: true}, {Text: ", a formula "},
		{Text: "D(x)", Code: true}, {Text: " and a "}, {Text: "page", Link: "https://example.org/paper"}, {Text: "."},
	}
	if !slices.Equal(blocks[0].Spans, want) {
		t.Errorf("the text is %+v, want %+v", blocks[0].Spans, want)
	}
	if blocks[2].Number != 0 || blocks[3].Number != 1 || blocks[4].Number != 2 {
		t.Error("the items have other numbers")
	}
	if g := blocks[6].Goal; g.Text != "Train 300 steps." {
		t.Errorf("the goal is %q", g.Text)
	}
	if a := blocks[7].Actions; len(a) != 2 || a[1] != (Action{Title: "k = 5", Verb: Set, Argument: "d_steps", Value: "5"}) {
		t.Errorf("the buttons are %+v", a)
	}
}

func TestParseRecipeInside(t *testing.T) {
	l := parse(t, `+++
lesson = 1
title = "Own"
minutes = 1
[recipe]
version = 1
name = "own"
data = "ring"
latent = 2
[recipe.g]
layers = ["linear 8", "relu", "linear 2"]
[recipe.d]
layers = [
  "linear 8", "relu",
  "linear 1",
]
+++
# Page
Text.
`)
	if l.Recipe.Name != "own" || len(l.Recipe.D.Layers) != 3 {
		t.Errorf("the recipe is %s with %v", l.Recipe.Name, l.Recipe.D.Layers)
	}
}

// Errors name file, line and remedy.
func TestParseErrors(t *testing.T) {
	head := "+++\nlesson = 1\ntitle = \"T\"\nminutes = 1\n"
	ring := head + "preset = \"ring\"\n"
	body := "+++\n# Page\n"
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "line 1: a lesson begins with a line +++"},
		{"no end", "+++\ntitle = \"a\"\n", "line 1: the +++ has no second one"},
		{"not TOML", "+++\ntitle = a\n+++\n", "line 2: not TOML"},
		{"unknown key", head + "presets = \"ring\"\n" + body, "line 5: unknown key presets: did you mean preset?"},
		{"newer", "+++\nlesson = 2\n" + body, "line 2: lesson = 2: this version of Ganvas reads lesson = 1"},
		{"no title", "+++\nlesson = 1\nminutes = 1\npreset = \"ring\"\n" + body, "title: a lesson has one"},
		{"no minutes", "+++\nlesson = 1\ntitle = \"a\"\npreset = \"ring\"\n" + body, "write minutes = 8"},
		{"no recipe", head + body, "say what the lesson opens"},
		{"two recipes", ring + "example = \"digits\"\n" + body, "say what the lesson opens"},
		{"preset", head + "preset = \"rung\"\n" + body, `line 5: preset "rung": there is none of that name: did you mean ring?`},
		{"example", head + "example = \"digts\"\n" + body, `line 5: example "digts": there is none of that name: did you mean digits?`},
		{"view", ring + "view = \"trian\"\n" + body, `line 6: view "trian": there is none of that name: did you mean train?`},
		{"key", ring + "only = [\"d_step\"]\n" + body, `line 6: "d_step" is no key of a recipe: did you mean d_steps?`},
		{"both", ring + "only = [\"r1\"]\nlocked = [\"r2\"]\n" + body, "line 7: only and locked"},
		{"set", ring + "[set]\nsteps = \"many\"\n" + body, "line 7: set steps: must be a whole number"},
		{"set together", ring + "[set]\ng.layers = [\"linear 3\"]\n" + body, "with these changes"},
		{"recipe", head + "[recipe]\nversion = 1\nbatch = -1\n" + body, "line 7: batch"},
		{"no page", ring + "+++\nText.\n", "line 7: the text begins without a page"},
		{"no text", ring + "+++\n", "line 7: there is no page"},
		{"quotation", ring + body + "\n> text\n", "line 9: lessons have headings"},
		{"picture", ring + body + "![a](b.png)\n", "and no image"},
		{"HTML", ring + body + "\n<b>a</b>\n", "line 9:"},
		{"task without goal", ring + body + "- [ ] Do it.\n", "line 8: a task ends with the goal"},
		{"goal without text", ring + body + "- [ ] `step > 3`\n", "line 8: a task says what to do"},
		{"goal", ring + body + "- [ ] A. `stp > 3`\n", `line 8: goal: there is no "stp": did you mean step`},
		{"goal's sign", ring + body + "- [ ] A. `step`\n", "write step >= 8"},
		{"goal's number", ring + body + "- [ ] A. `step > many`\n", "step is a number"},
		{"goal's word", ring + body + "- [ ] A. `view = trein`\n", "did you mean train?"},
		{"goal's order", ring + body + "- [ ] A. `doctor > plateau`\n", "doctor is a word"},
		{"goal's key", ring + body + "- [ ] A. `objective = minmax`\n", "goal: set objective"},
		{"goal's spelling", ring + body + "- [ ] A. `step ~ 3`\n", "write a name, a sign and a value"},
		{"two goals alike", ring + body + "- [ ] A. `step > 3`\n- [ ] A. `step > 4`\n", `line 9: there are two goals "A."`},
		{"button", ring + body + "[A](go:train)\n", "line 8: the link"},
		{"button's key", ring + body + "[A](set:batch=5)\n", "batch cannot change while a run goes on"},
		{"button's value", ring + body + "[A](set:d_steps=no)\n", "set d_steps: must be a whole number"},
		{"button's preset", ring + body + "[A](preset:rang)\n", "did you mean ring?"},
		{"button's deed", ring + body + "[A](do:trian)\n", "did you mean train?"},
		{"link", ring + body + "See [A](http://a.org).\n", "only addresses with https://"},
		{"nested", ring + body + strings.Repeat(">", 3000) + "a\n", "line 8: this is nested too deep"},
		{"long", ring + body + strings.Repeat("long text ", maxBytes/10), "too many for a lesson"},
		{"pages", ring + body + strings.Repeat("# P\n", maxPages), "at most 40"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.text), "a.lesson")
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "read a.lesson: ") {
				t.Errorf("says %v, want %q", err, c.want)
			}
		})
	}
}

func TestReadMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gone.lesson")
	if _, err := Read(path); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "check the path") {
		t.Errorf("says %v", err)
	}
	large := filepath.Join(t.TempDir(), "large.lesson")
	if err := os.WriteFile(large, make([]byte, maxBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(large); err == nil || !strings.Contains(err.Error(), "too many for a lesson") {
		t.Errorf("says %v", err)
	}
}

// FuzzParse holds that no file makes the reader panic, and that what is read can be watched.
func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	for _, name := range builtinNames() {
		data, err := files.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("+++\nlesson = 1\n[recipe]\n[recipe.g]\nlayers=[\"\n+++\n- [ ] `"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse(data, "fuzz.lesson")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "read fuzz.lesson: ") || strings.Contains(err.Error(), "\n") {
				t.Errorf("the error is %q", err)
			}
			return
		}
		w := NewWatch(l, nil)
		for i := range l.Pages {
			w.Open(i)
			w.Check()
		}
		w.Complete()
	})
}

func TestWatch(t *testing.T) {
	l := parse(t, `+++
lesson = 1
title = "Goals"
minutes = 1
preset = "ring"
+++
# Page
- [ ] a `+"`step >= 300`"+`
- [ ] b `+"`modes >= 8 and quality > 80%`"+`
- [ ] c `+"`moved >= 2`"+`
- [ ] d `+"`objective = hinge`"+`
- [ ] e `+"`changed = r1`"+`
- [ ] f `+"`layer = heat-map and view = train`"+`
- [ ] g `+"`doctor != mode-collapse and step > 0`"+`
- [ ] h `+"`grad_g < 0.5`"+`
- [ ] i `+"`turns >= 1`"+`
- [ ] j `+"`d_steps > 1`"+`
- [ ] k `+"`preset = ring-pac`"+`
- [ ] l `+"`trained >= 50`"+`
- [ ] m `+"`judged`"+`
# Next
Text.
`)
	w := NewWatch(l, []string{"m"})
	var before []string
	reached := func(want ...string) {
		t.Helper()
		w.Check()
		var news []string
		for _, text := range w.Reached() {
			if !slices.Contains(before, text) {
				news = append(news, text)
			}
		}
		if before = w.Reached(); !slices.Equal(news, want) {
			t.Errorf("newly reached: %q, want %q", news, want)
		}
	}
	reached("m")
	r := l.Recipe.Clone()
	w.Recipe(r)
	status := func(step int64) session.Snapshot { return session.Snapshot{Status: session.Status{Step: step}} }
	w.Snapshot(status(0))
	reached()
	n := status(40)
	n.Doctor = &doctor.Report{Findings: []doctor.Finding{{Kind: doctor.ModeCollapse}}}
	n.Points = &session.Points{Modes: 8, ModesTotal: 8, HighQuality: 0.7}
	w.Snapshot(n)
	reached()
	n.Points = &session.Points{Modes: 8, ModesTotal: 8, HighQuality: 0.9}
	w.Snapshot(n)
	reached("b")
	w.Count("moved")
	reached()
	w.Count("moved")
	reached("c")
	w.List("view", "train", "board")
	w.List("layer", "real")
	reached()
	w.List("layer", "real", "heat-map")
	reached("f")
	n.Doctor = &doctor.Report{}
	w.Snapshot(n)
	reached("g")
	r = r.Clone()
	r.Objective, r.R1, r.DSteps = "hinge", 3, 2
	w.Recipe(r)
	reached("d", "e", "j")
	h := session.History{Columns: session.MetricNames, Step: []float64{0, 200, 201}}
	for range session.MetricNames {
		h.Min, h.Max = append(h.Min, []float64{9, 0.1, math.NaN()}), append(h.Max, []float64{9, 0.3, math.NaN()})
	}
	for k := range 9 {
		sin, cos := math.Sincos(float64(k) * math.Pi / 4)
		h.Checkups = append(h.Checkups, doctor.Checkup{Centre: [2]float32{float32(cos), float32(sin)}})
	}
	w.History(h)
	reached("h", "i")
	w.Snapshot(status(300))
	reached("a", "l")
	w.Run()
	pac, err := recipe.Named("ring-pac")
	if err != nil {
		t.Fatal(err)
	}
	w.Recipe(pac)
	reached("k")
	if !w.Complete() {
		t.Error("all goals are reached, and the lesson is not complete")
	}
	w.Forget()
	if len(w.Reached()) > 0 || w.Page() != 0 {
		t.Error("a lesson that begins anew has goals that are reached")
	}
	w.Snapshot(status(40))
	w.Open(0)
	w.Snapshot(status(80))
	before = nil
	reached("f", "g", "k")
	w.Snapshot(status(90))
	reached("l")
}
