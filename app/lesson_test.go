package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/lessons"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/lesson"
	"ganvas/widgets"
)

// lessonFile writes a lesson with the recipe of a preset that is small.
func lessonFile(t *testing.T) string {
	t.Helper()
	text := "+++\nlesson = 1\ntitle = \"Own\"\nminutes = 1\npreset = \"ring\"\nview = \"judge\"\nonly = [\"r1\"]\n+++\n# Page\n- [ ] Look. `view = explore`\n"
	path := filepath.Join(t.TempDir(), "own.lesson")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A lesson that is named at the start, or dropped, opens like a project: its recipe is the plan, what
// it names is shown, and pages that are turned to are noticed.
func TestLessonFileOpens(t *testing.T) {
	path := lessonFile(t)
	for _, how := range []string{"named", "dropped"} {
		t.Run(how, func(t *testing.T) {
			o := Options{}
			if how == "named" {
				o.Files = []string{path}
			}
			r := newRig(t, o)
			r.started()
			if how == "dropped" {
				r.dropped([]fyne.URI{uri(path)})
			}
			r.until("the lesson is open", func() bool { return r.lessons.Content().Visible() && r.s.Data.Set != nil && r.s.Reason == "" })
			if r.page != pageJudge || r.s.Plan.Now().Name != "ring" {
				t.Errorf("shows page %d with the plan %s", r.page, r.s.Plan.Now().Name)
			}
			if w := r.lessons.Content().Size().Width; w != lessons.Width {
				t.Errorf("the column is %g wide, want %d", w, lessons.Width)
			}
			r.show(pageExplore)
			if got := len(r.prefs.StringList("lesson." + filepath.Clean(path))); got != 1 {
				t.Errorf("%d goals are remembered, want the one that was reached", got)
			}
			if r.s.Plan.Locked("g.lr") == "" || r.s.Plan.Locked("r1") != "" {
				t.Error("other settings are locked than the lesson says")
			}
			r.desk.Win.Resize(fyne.NewSize(1900, 1000)) // where no column is folded away
			r.show(pageTrain)
			grey := 0
			for _, k := range uitest.FindAll[*widgets.KnobSlider](r.train.Content()) {
				if k.Disabled() {
					grey++
				}
			}
			if all := len(uitest.FindAll[*widgets.KnobSlider](r.train.Content())); grey != all-1 {
				t.Errorf("%d of %d knobs of the Train page are grey, want all but R1's", grey, all)
			}
			r.show(pageBuild)
			if text := allText(r.build.Content()); !strings.Contains(text, "the lesson needs it so") {
				t.Error("the Build page does not say why settings are grey")
			}
			r.desk.Win.Resize(fyne.NewSize(1024, 700))
			if got := r.desk.Win.Content().MinSize(); got.Width > 1024 || got.Height > 700 {
				t.Errorf("with a lesson the window needs %v", got)
			}
		})
	}
}

// allText returns what notes in o say.
func allText(o fyne.CanvasObject) string {
	var text strings.Builder
	for _, n := range uitest.FindAll[*ui.Note](o) {
		text.WriteString(n.Segment.Text + "\n")
	}
	return text.String()
}

// Every view and every layer that lessons can name is there.
func TestViewsOfLessons(t *testing.T) {
	r := newRig(t, Options{})
	for _, view := range lesson.Views {
		r.lessons.OnShow(view)
		shown := r.others.Content().Visible()
		if id, onPage := pageOfView[view]; onPage == shown || onPage && r.page != id {
			t.Errorf("%s shows page %d, the other ways %v", view, r.page, shown)
		}
	}
	r.show(pageTrain)
	if r.others.Content().Visible() || !r.train.Content().Visible() {
		t.Error("a page does not take the place of the other ways")
	}
	named := map[string]bool{}
	for _, layer := range layerOfName {
		named[layer] = true
	}
	for _, layer := range lesson.Layers {
		if !named[layer] {
			t.Errorf("no box stands for the layer %s", layer)
		}
	}
}

func TestLessonsInTheMenu(t *testing.T) {
	r := newRig(t, Options{})
	for _, m := range r.menu.main.Items {
		for _, i := range m.Items {
			if i.Label == "Lessons…" {
				i.Action()
			}
		}
	}
	if text := r.dialogText(); !strings.Contains(text, "1  The game") {
		t.Fatalf("the list says %q", text)
	}
	test.Tap(r.button("Close"))
}
