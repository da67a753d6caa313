package buildpage

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A rig has the page in a window of its own.
type rig struct {
	*uitest.Rig
	page *Page
}

func start(t *testing.T) *rig {
	t.Helper()
	r := uitest.Start(t, nil)
	page := New(r.S, r.Host)
	r.Show(page)
	return &rig{r, page}
}

// ready shows the page with a recipe as the plan.
func ready(t *testing.T, recipe string) *rig {
	t.Helper()
	r := start(t)
	r.Ready(recipe)
	return r
}

func TestMisfitIsMended(t *testing.T) {
	r := ready(t, apptest.Digits)
	r.page.g.stack.OnRemove(1) // the unflatten before tanh
	if !strings.Contains(r.S.Reason, "generator") {
		t.Errorf("the reason not to train is %q of a generator that does not fit", r.S.Reason)
	}
	if len(r.page.g.fixes) == 0 {
		t.Fatal("no fix is offered")
	}
	if got := r.S.Training.Start((*session.Session).Train); got != studio.NotReady || r.S.Status.Running || r.S.Run != nil {
		t.Errorf("trains networks that do not fit: %d", got)
	}
	r.page.g.stack.OnFix(0, 0)
	if r.S.Reason != "" {
		t.Errorf("the fix leaves %q", r.S.Reason)
	}
	r.S.Plan.Undo()
	if r.S.Reason == "" {
		t.Error("undo does not take the fix back")
	}
}

func TestFormRefusesAndTakes(t *testing.T) {
	r := ready(t, apptest.Points)
	batch := r.field("batch")
	for _, c := range []struct {
		typed string
		hint  bool
		want  int
	}{{"32", false, 32}, {"none", true, 32}, {"0", true, 32}, {"8", false, 8}} {
		batch.SetText(c.typed)
		if got := r.page.form.hint.Visible(); got != c.hint {
			t.Errorf("%q: says what is wrong: %v, want %v", c.typed, got, c.hint)
		}
		batch.OnSubmitted(batch.Text)
		if got := r.S.Plan.Now().Batch; got != c.want {
			t.Errorf("%q: batch is %d, want %d", c.typed, got, c.want)
		}
	}
	r.preset("two moo")
	r.Until("the preset's data are read", func() bool { return r.S.Plan.Now().Data == "moons" && r.S.Reason == "" })
}

// preset chooses the first preset that is found by a query.
func (r *rig) preset(query string) {
	test.Tap(r.page.preset)
	r.page.list.search.SetText(query)
	r.page.list.search.OnSubmitted(query)
}

// TestPresets finds presets by what they are called and what they do, chooses one with a card, and
// marks it; an edit makes the recipe the person's own, and undo leads back.
func TestPresets(t *testing.T) {
	r := ready(t, apptest.Points)
	test.Tap(r.page.preset)
	l := r.page.list
	shown := func() (names []string) {
		for _, c := range l.cards {
			if c.Visible() {
				names = append(names, c.preset.Name)
			}
		}
		return names
	}
	if got := shown(); len(got) != len(r.page.presets) || slices.ContainsFunc(l.cards, func(c *presetCard) bool { return c.Selected() || !strings.HasPrefix(c.Note(), "about ") }) {
		t.Errorf("of an own recipe it shows %v, or marks a card, or says no time", got)
	}
	for query, want := range map[string][]string{
		"moons": {"moons"}, "classes": {"digits-conditional", "digits-100-labels", "shapes-conditional"},
		"300": {"few-pictures"}, "no such thing": nil,
	} {
		if l.search.SetText(query); !slices.Equal(shown(), want) || l.none.Visible() != (want == nil) {
			t.Errorf("%q: shows %v, want %v", query, shown(), want)
		}
	}
	l.search.SetText("vanish")
	l.cards[slices.IndexFunc(l.cards, func(c *presetCard) bool { return c.preset.Name == "vanishing" })].Tapped(nil)
	if got := r.S.Plan.Now().Name; got != "vanishing" || r.page.preset.Text != "Ring: the gradient vanishes" {
		t.Errorf("the plan is %q, the button says %q", got, r.page.preset.Text)
	}
	r.page.set("batch", "8")
	if got := r.page.preset.Text; got != yourOwn {
		t.Errorf("after an edit the button says %q", got)
	}
	r.S.Plan.Undo()
	test.Tap(r.page.preset)
	for _, c := range r.page.list.cards {
		if c.Selected() != (c.preset.Name == "vanishing") {
			t.Errorf("%s is marked: %t", c.preset.Name, c.Selected())
		}
	}
	r.page.list.hide()
}

// field is the entry of a key of the form.
func (r *rig) field(key string) *widgets.TypedEntry {
	i := slices.IndexFunc(r.page.form.fields, func(f *ui.Field) bool { return f.Key.Name == key })
	return r.page.form.fields[i].Control.(*widgets.TypedEntry)
}

// escape gives up what was typed.
func escape(e *widgets.TypedEntry) { e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }

// A typedCard is the entry of a number on a layer's card.
type typedCard interface {
	fyne.Focusable
	SetText(string)
	Typing() bool
}

// TestRefusedKeepsTrainFromStarting: while a field holds what is not possible the plan is not what
// the person typed, so that Train says where to mend it and does not start.
func TestRefusedKeepsTrainFromStarting(t *testing.T) {
	r := ready(t, apptest.Points)
	batch, latent := r.field("batch"), r.field("latent")
	batch.SetText("many")
	const want = "Batch: type a whole number such as 42: fix it on the Build page"
	if r.S.Reason != want {
		t.Errorf("the reason not to train is %q, want %q", r.S.Reason, want)
	}
	if got := r.S.Training.Start((*session.Session).Train); got != studio.NotReady || r.S.Run != nil {
		t.Errorf("starts with the last good value: %d", got)
	}
	latent.SetText("none")
	escape(batch)
	if got := r.page.form.hint.Segment.Text; !strings.HasPrefix(got, "Latent size: ") || !r.page.form.hint.Visible() || !strings.HasPrefix(r.S.Reason, got) {
		t.Errorf("one field mended, the page says %q of the other, the reason is %q", got, r.S.Reason)
	}
	latent.SetText("4")
	if r.S.Reason != "" || r.page.form.hint.Visible() {
		t.Errorf("all mended, the reason is still %q", r.S.Reason)
	}
	r.page.set("d.lr_decay", "linear")
	r.field("d.lr_final").SetText("x")
	if r.S.Reason == "" {
		t.Error("the rate at the end may be no number")
	}
	r.page.set("d.lr_decay", "none")
	if r.S.Reason != "" {
		t.Errorf("a field that cannot be seen keeps training from starting: %q", r.S.Reason)
	}
	out := uitest.FindAll[typedCard](r.page.g.stack)[0]
	out.SetText("wide")
	if got := r.S.Reason; !strings.HasPrefix(got, "Generator: Linear, ") || !strings.HasSuffix(got, ": fix it on the Build page") {
		t.Errorf("of a card the reason is %q", got)
	}
	out.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if r.S.Reason != "" {
		t.Errorf("the card mended, the reason is still %q", r.S.Reason)
	}
}

// TestRefusedGoesWithItsPlan: what was refused was typed for the plan of one project. Another one,
// in which the field has the same value, shows its own.
func TestRefusedGoesWithItsPlan(t *testing.T) {
	r := ready(t, apptest.Points)
	batch, card := r.field("batch"), uitest.FindAll[typedCard](r.page.g.stack)[0]
	was := batch.Text
	path := apptest.Project(t, apptest.Points)
	batch.SetText("many")
	card.SetText("wide")
	if r.S.Reason == "" {
		t.Fatal("nothing was refused")
	}
	r.S.Projects.Open(studio.Opening{Path: path, Read: true})
	r.Until("the other project is open", func() bool { return r.S.Run != nil && r.S.Run.Session.Path() == path })
	if batch.Text != was || card.Typing() || r.page.form.hint.Visible() || r.S.Reason != "" {
		t.Errorf("the other project has a batch of %q, a refused layer: %v, a hint: %v, the reason %q", batch.Text, card.Typing(), r.page.form.hint.Visible(), r.S.Reason)
	}
}

// TestRefusedForMemory says in the window's words what the plan would take and what would fit.
func TestRefusedForMemory(t *testing.T) {
	r := ready(t, apptest.Digits)
	r.S.Free = func() (int64, error) { return 200e6, nil }
	r.page.set("batch", "8192")
	if got := r.S.Reason; !strings.Contains(got, " it takes ") || !strings.Contains(got, "with Batch ") || strings.Contains(got, "batch =") {
		t.Errorf("the reason is %q", got)
	}
	if got := r.page.totals[2].Text; !strings.Contains(got, "MB; 200 MB are free") {
		t.Errorf("of memory the page says %q", got)
	}
	r.page.set("batch", "4")
	if got := r.page.totals[2].Text; r.S.Reason != "" || strings.Contains(got, "free") {
		t.Errorf("a small batch: memory %q, reason %q", got, r.S.Reason)
	}
}

// TestPresetKeepsItsHeight guards the button beside a text of several lines.
func TestPresetKeepsItsHeight(t *testing.T) {
	r := start(t)
	r.page.reason.Set("first line\nsecond line\nthird line\nfourth line")
	r.page.box.Refresh()
	if got, want := r.page.preset.Size().Height, r.page.preset.MinSize().Height; got > want+4 { // as high as the label beside it
		t.Errorf("the button is %g high, want about %g", got, want)
	}
}

// TestFormFollowsKinds sets a game with classes for two generators: labels are read for it, and the
// form leaves out what does nothing in it.
func TestFormFollowsKinds(t *testing.T) {
	r := ready(t, strings.Replace(apptest.Digits, "batch = 4", "batch = 4\ngenerators = 2", 1))
	r.page.set("conditional", "classifier")
	if now := r.S.Plan.Now(); now.Labels != "folder" || now.Conditional != "classifier" {
		t.Fatalf("labels %q, conditional %q: want folder, classifier", now.Labels, now.Conditional)
	}
	if !r.page.players.Visible() || r.page.form.list.Shows("labelled") {
		t.Error("two generators are not drawn, or known labels are asked for")
	}
	r.Until("the labels are read", func() bool { return r.S.Reason == "" })
}
