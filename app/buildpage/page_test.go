package buildpage

import (
	"slices"
	"strings"
	"testing"

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
	i := slices.IndexFunc(r.page.form.fields, func(f *ui.Field) bool { return f.Key.Name == "batch" })
	batch := r.page.form.fields[i].Control.(*widgets.TypedEntry)
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
	r.page.preset.SetSelected("Two moons")
	r.Until("the preset's data are read", func() bool { return r.S.Plan.Now().Data == "moons" && r.S.Reason == "" })
}

// TestPresetKeepsItsHeight guards the select beside a text of several lines.
func TestPresetKeepsItsHeight(t *testing.T) {
	r := start(t)
	r.page.reason.Set("first line\nsecond line\nthird line\nfourth line")
	r.page.box.Refresh()
	if got, want := r.page.preset.Size().Height, r.page.preset.MinSize().Height; got > want+4 { // as high as the label beside it
		t.Errorf("the select is %g high, want about %g", got, want)
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
	if !r.page.players.Visible() || r.page.form.rows["labelled"].Visible() {
		t.Error("two generators are not drawn, or known labels are asked for")
	}
	r.Until("the labels are read", func() bool { return r.S.Reason == "" })
}
