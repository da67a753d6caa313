package lessons

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/lesson"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A tester is a column under test.
type tester struct {
	*uitest.Rig
	*Column
	shown []string // what the lesson had shown
}

// Refresh, SetVisible and Close make a page of the column.
func (tester) Refresh()        {}
func (tester) SetVisible(bool) {}
func (tester) Close()          {}

func newTester(t *testing.T, examples ...studio.Example) *tester {
	t.Helper()
	r := &tester{Rig: uitest.Start(t, examples)}
	store, err := settings.Open(filepath.Join(t.TempDir(), settings.FileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Flush)
	r.Column = New(r.S, r.Host, settings.Lessons{Store: store})
	r.OnShow = func(view string) { r.shown = append(r.shown, view) }
	r.OnTrain = func() { r.S.Training.Start((*session.Session).Train) }
	r.Show(r)
	return r
}

// tiny is a lesson of two pages whose run lasts a moment.
const tiny = `+++
lesson = 1
title = "Tiny"
minutes = 1
view = "train"
only = ["d_steps"]
[recipe]
version = 1
name = "tiny"
data = "ring"
batch = 16
steps = 40
latent = 2
ema = 0.0
[recipe.g]
layers = ["linear 8", "relu", "linear 2"]
[recipe.d]
layers = ["linear 8", "relu", "linear 1"]
+++
# First page
A *generator*, and an *unheard-of thing*. See [the paper](https://arxiv.org/abs/1406.2661).

[Train](do:train) [k = 2](set:d_steps=2) [r = 1](set:r1=1) [Look](view:explore)

- [ ] Train. ` + "`step >= 40`" + `
- [ ] Change k. ` + "`d_steps = 2`" + `

# Second page
- [ ] Move. ` + "`moved`" + `
`

// openTiny opens the lesson from a file, and returns its path.
func (r *tester) openTiny(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tiny.lesson")
	if err := os.WriteFile(path, []byte(tiny), 0o600); err != nil {
		t.Fatal(err)
	}
	r.OpenFile(path)
	r.Until("the lesson is open", func() bool { return r.course.lesson != nil && r.S.Data.Set != nil && r.S.Reason == "" })
	return path
}

// tap presses the button with a title.
func (r *tester) tap(t *testing.T, title string) {
	t.Helper()
	for _, b := range uitest.FindAll[*widgets.TippedButton](r.box) {
		if b.Text == title {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q", title)
}

func (r *tester) done() int {
	n := 0
	for _, x := range r.sheet.ticks {
		if x.done {
			n++
		}
	}
	return n
}

func TestLessonIsPlayed(t *testing.T) {
	r := newTester(t)
	path := r.openTiny(t)
	if !r.box.Visible() || r.S.Plan.Now().Name != "tiny" || len(r.shown) != 1 || r.shown[0] != "train" {
		t.Fatalf("shows %v with the plan %s", r.shown, r.S.Plan.Now().Name)
	}
	r.tap(t, "Train")
	r.Until("the goal is reached", func() bool { return r.done() == 1 })
	r.tap(t, "k = 2")
	if r.done() != 2 || r.S.Plan.Now().DSteps != 2 {
		t.Errorf("%d goals are reached, with %d steps of D", r.done(), r.S.Plan.Now().DSteps)
	}
	if r.sheet.next.Importance != widget.HighImportance || !strings.HasPrefix(r.sheet.praise.Segment.Text, "Reached") {
		t.Errorf("it goes on with %v and %q", r.sheet.next.Importance, r.sheet.praise.Segment.Text)
	}
	r.tap(t, "Look")
	if r.shown[len(r.shown)-1] != "explore" {
		t.Error("the button shows nothing")
	}
	r.tap(t, "Next")
	if r.sheet.title.Text != "Second page" || r.done() != 0 {
		t.Errorf("the next page is %q with %d goals reached", r.sheet.title.Text, r.done())
	}
	r.Count("moved")
	if r.done() != 1 || !r.course.watch.Complete() {
		t.Error("a move is not noticed")
	}
	// What was reached is remembered, and so is the page.
	r.Leave()
	if r.box.Visible() {
		t.Error("a lesson that was left is shown")
	}
	r.OpenFile(path)
	r.Until("the lesson is open again", func() bool { return r.course.lesson != nil })
	if r.sheet.title.Text != "Second page" || r.done() != 1 {
		t.Errorf("opens on %q with %d goals reached", r.sheet.title.Text, r.done())
	}
	r.startOver()
	r.Until("it starts over", func() bool { return r.sheet.title.Text == "First page" })
	if len(r.course.watch.Reached()) > 0 {
		t.Error("starts over with goals that are reached")
	}
}

func TestLessonLocksSettings(t *testing.T) {
	r := newTester(t)
	r.openTiny(t)
	change := func(f func(*recipe.Recipe)) {
		next := r.S.Plan.Now().Clone()
		f(next)
		r.S.Plan.Edit(next, "test", false)
	}
	change(func(x *recipe.Recipe) { x.G.LR = 0.5 })
	if r.S.Plan.Now().G.LR == 0.5 || !strings.Contains(r.Said.Text, "the lesson needs it so") || !r.Said.Warning {
		t.Errorf("a locked rate changes to %g, and it says %q", r.S.Plan.Now().G.LR, r.Said.Text)
	}
	if err := r.S.Plan.SetLive("r1", "3", "test"); err == nil || !strings.Contains(err.Error(), "the lesson needs it so") {
		t.Errorf("a locked penalty: %v", err)
	}
	change(func(x *recipe.Recipe) { x.DSteps, x.Steps = 3, 60 })
	if now := r.S.Plan.Now(); now.DSteps != 3 || now.Steps != 60 {
		t.Error("what may be changed is refused")
	}
	r.tap(t, "r = 1") // buttons may change what the person may not
	if r.S.Plan.Now().R1 != 1 {
		t.Error("a button of the lesson is refused")
	}
	if r.S.Plan.Locked("g.lr") == "" {
		t.Error("after a button nothing is locked")
	}
	r.Leave()
	change(func(x *recipe.Recipe) { x.G.LR = 0.5 })
	if r.S.Plan.Now().G.LR != 0.5 {
		t.Error("settings stay locked after the lesson was left")
	}
}

// What was open before a lesson is saved and can be opened again; the lesson waits meanwhile.
func TestLessonWaitsForOtherProjects(t *testing.T) {
	r := newTester(t)
	r.Ready(apptest.Points)
	r.Train()
	before := r.S.Run.Session.Path()
	r.openTiny(t)
	if r.S.Run != nil || !studio.Exists(before) {
		t.Fatalf("the project before: open %v, on disk %v", r.S.Run != nil, studio.Exists(before))
	}
	r.tap(t, "Train")
	r.Until("the goal is reached", func() bool { return r.done() == 1 && !r.S.Status.Running })
	r.S.Projects.Open(studio.Opening{Path: before})
	r.Until("the project before is open", func() bool { return r.S.Run != nil && r.S.Run.Session.Path() == before })
	if !r.sheet.elsewhere.Visible() || r.S.Plan.Locked("g.lr") != "" {
		t.Errorf("the lesson says that it waits: %v; locks: %q", r.sheet.elsewhere.Visible(), r.S.Plan.Locked("g.lr"))
	}
	r.Count("moved")
	r.tap(t, "k = 2")
	if r.S.Plan.Now().DSteps == 2 || !strings.Contains(r.Said.Text, "go back to the lesson") {
		t.Errorf("a button changes another project, and says %q", r.Said.Text)
	}
	r.tap(t, "Back to the lesson")
	r.Until("the lesson goes on", func() bool { return r.course.here() && r.S.Run != nil && r.S.Run.Session.Path() == r.course.path })
	if r.sheet.elsewhere.Visible() || r.S.Plan.Locked("g.lr") == "" {
		t.Error("the lesson does not go on")
	}
}

// A project that is begun before the lesson has a run is not the lesson's.
func TestLessonWaitsForANewProject(t *testing.T) {
	r := newTester(t)
	r.openTiny(t)
	began := false
	r.S.Projects.Begin(apptest.Parse(t, apptest.Points), func() { began = true })
	r.Until("another plan is there", func() bool { return began && r.S.Data.Set != nil && r.S.Reason == "" })
	if !r.sheet.elsewhere.Visible() || r.S.Plan.Locked("g.lr") != "" {
		t.Error("the lesson takes another plan for its own")
	}
	r.Train()
	if r.course.here() || r.done() != 0 {
		t.Error("the lesson takes another run for its own")
	}
	r.tap(t, "Back to the lesson")
	r.Until("the lesson is open again", func() bool { return r.course.here() && r.S.Plan.Now().Name == "tiny" })
}

func TestPresetButtonStartsARun(t *testing.T) {
	r := newTester(t)
	r.openTiny(t)
	r.tap(t, "Train")
	r.Until("the goal is reached", func() bool { return r.done() == 1 && !r.S.Status.Running })
	project := r.S.Run.Session.Path()
	r.act(lesson.Action{Title: "Packs", Verb: lesson.Preset, Argument: "ring-pac"})
	r.Until("the preset trains", func() bool { return r.S.Run.Recipe.Name == "ring-pac" && r.S.Status.Running && r.S.Status.Step > 0 })
	if r.S.Run.Session.Path() != project || !r.course.here() {
		t.Error("the preset is trained in another project")
	}
	r.do("pause")
	r.Until("it pauses", func() bool { return !r.S.Status.Running })
}

func TestLessonWithTheExample(t *testing.T) {
	r := newTester(t, studio.Example{Name: "digits", Title: "Digits", Project: func() ([]byte, error) { return os.ReadFile(apptest.Project(t, apptest.Digits)) }})
	r.OpenBuiltin(6)
	r.Until("the example is open", func() bool { return r.S.Run != nil && r.course.here() })
	if r.shown[0] != "explore" || !strings.Contains(r.sheet.kicker.Segment.Text, "Lesson 6") {
		t.Errorf("shows %v under %q", r.shown, r.sheet.kicker.Segment.Text)
	}
}

func TestLessonThatCannotBeRead(t *testing.T) {
	r := newTester(t)
	r.OpenFile(filepath.Join(t.TempDir(), "gone.lesson"))
	r.Until("it says so", func() bool { return len(r.Host.Failed) > 0 })
	if text := r.Host.Failed[0].Error(); !strings.Contains(text, "gone.lesson") || r.course.lesson != nil {
		t.Errorf("says %q", text)
	}
	r.Host.Failed = nil
}

func TestFold(t *testing.T) {
	r := newTester(t)
	r.openTiny(t)
	if w := r.box.MinSize().Width; w != Width {
		t.Errorf("the column is %g wide, want %d", w, Width)
	}
	r.fold(true)
	if w := r.box.MinSize().Width; w != stripWidth {
		t.Errorf("folded away it is %g wide, want %d", w, stripWidth)
	}
	r.fold(false)
	if !r.open.Visible() {
		t.Error("it does not come back")
	}
}

func TestList(t *testing.T) {
	r := newTester(t)
	all := r.Entries()
	if len(all) != 8 || all[0].Reached != 0 || all[0].Goals == 0 {
		t.Fatalf("the list is %+v", all)
	}
	r.course.kept.SetGoals("1-the-game", []string{builtin()[0].Pages[0].Goals()[0].Text, "of an earlier version"})
	if got := r.Entries()[0].Reached; got != 1 {
		t.Errorf("%d goals are reached, want 1", got)
	}
	r.ShowList()
	text := ""
	for _, l := range uitest.FindAll[*widget.Label](r.Host.Window().Canvas().Overlays().Top()) {
		text += l.Text + "\n"
	}
	for _, e := range all {
		if !strings.Contains(text, e.Title) {
			t.Errorf("the list lacks %q", e.Title)
		}
	}
}

// Every word that lessons have in italics is in the glossary, and no page has a text that is wider
// than the column.
func TestWordsOfLessons(t *testing.T) {
	r := newTester(t)
	for _, l := range builtin() {
		for i := range l.Pages {
			for _, b := range l.Pages[i].Blocks {
				for _, s := range b.Spans {
					if s.Word {
						if _, ok := wordOf(s.Text); !ok {
							t.Errorf("%s: the glossary has no %q", l.Name, s.Text)
						}
					}
				}
			}
		}
	}
	r.openTiny(t)
	spans := spansOf(r.course.lesson.Pages[0].Blocks[0].Spans)
	if spans[1].Tip == "" || spans[3].Tip != "" || !spans[3].Code || spans[5].OnTapped == nil {
		t.Errorf("the text is drawn as %+v", spans)
	}
}

// Texts are as high as they need, whatever their width.
func TestHeights(t *testing.T) {
	uitest.NewApp()
	fyne.CurrentApp().Settings().SetTheme(ui.NewTheme("light"))
	p := widgets.NewProse("text", widgets.ProseSpan{Text: strings.Repeat("word ", 40)})
	wide, narrow := heightAt(p, 400), heightAt(p, 100)
	if narrow < 3*wide {
		t.Errorf("text that is a quarter as wide is %g high instead of %g", narrow, wide)
	}
}
