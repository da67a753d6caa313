package trainpage

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A rig has the page in a window of its own.
type rig struct {
	*uitest.Rig
	page *Page
}

// ready shows the page with a recipe as the plan.
func ready(t *testing.T, recipe string) *rig {
	t.Helper()
	r := uitest.Start(t, nil)
	page := New(r.S, r.Host)
	r.Show(page)
	r.Ready(recipe)
	return &rig{r, page}
}

// sheet and points return the views of the page.
func (r *rig) sheet() *sheetView  { return r.page.picture.views[datasets.Pictures].(*sheetView) }
func (r *rig) points() *planeView { return r.page.picture.views[datasets.Points].(*planeView) }

// news has the studio tell of a status.
func (r *rig) news(s session.Status) {
	r.S.Status = s
	r.S.News.Emit(studio.News{Snapshot: session.Snapshot{Status: s}})
}

// tapInStopped taps a button of what the page says of training that stopped.
func (r *rig) tapInStopped(title string) {
	for _, b := range uitest.FindAll[*widgets.TippedButton](r.page.stopped) {
		if b.Text == title {
			test.Tap(b)
		}
	}
}

func TestTrainShowsSnapshots(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	r.Until("its points are shown", func() bool { return r.points().shown != nil && r.points().shown.Step == 40 })
	if !r.points().plane.Visible() || r.sheet().sheet.Visible() || !strings.HasPrefix(r.page.picture.caption.Segment.Text, "Step 40: ") {
		t.Errorf("below the points stands %q", r.page.picture.caption.Segment.Text)
	}
	if !r.S.Run.Session.Draft() {
		t.Error("a run that has no place yet is no draft")
	}
	if len(r.S.Run.Session.History().Step) == 0 {
		t.Error("nothing for the charts")
	}
	r.page.knobs.set("g.lr", "0.001")
	r.Until("the change has reached the run", func() bool {
		return slices.ContainsFunc(r.S.Run.Session.History().Events, func(e session.Event) bool { return strings.Contains(e.Text, "g.lr") })
	})
	if marks := changeMarks(r.S.Run.Session.History()); len(marks) != 1 || marks[0].X != 40 || marks[0].Text != "Rate of G 0.001" {
		t.Errorf("a change at the last step is marked on the charts as %+v", marks)
	}
	if r.S.Plan.Now().G.LR != 0.001 || r.S.Differs {
		t.Errorf("the plan has a rate of %g and is another run: %v", r.S.Plan.Now().G.LR, r.S.Differs)
	}
}

// TestPicturesOfTheRunBefore trains points after pictures in one project and goes back: each run
// shows its own picture with its own words.
func TestPicturesOfTheRunBefore(t *testing.T) {
	r := ready(t, apptest.Digits)
	r.Train()
	r.Until("a sheet is shown", func() bool { return r.sheet().shown != nil })
	r.Ready(strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1))
	if got := r.S.Training.Start((*session.Session).Train); got != studio.NeedsNewRun {
		t.Fatalf("points after pictures: %d, want a new run", got)
	}
	r.S.Training.Replace((*session.Session).Train)
	r.Until("points are shown", func() bool { return r.points().shown != nil && r.S.Status.Step > 0 })
	if r.sheet().shown != nil {
		t.Error("the run on points has the sheet of the digits")
	}
	if got := r.page.knobs.initial("steps", -1); got != 0 {
		t.Errorf("a knob goes back to %v, want what the run began with, 0 steps", got)
	}
	r.S.Projects.Open(studio.Opening{Path: r.S.Run.Session.Path(), Run: 1})
	r.Until("the digits are shown", func() bool { return r.sheet().shown != nil && r.S.Status.Step == 6 })
	if got := r.page.picture.caption.Segment.Text; r.points().shown != nil || !strings.HasPrefix(got, "Step 6, always the same ") {
		t.Errorf("below the digits stands %q; points of the run before: %t", got, r.points().shown != nil)
	}
}

// TestOneViewIsSeen: of all views that of the kind of data is seen, for a kind without one that of
// pictures.
func TestOneViewIsSeen(t *testing.T) {
	test.NewTempApp(t)
	store, err := settings.Open(filepath.Join(t.TempDir(), settings.FileName))
	if err != nil {
		t.Fatal(err)
	}
	p := newPicture(scene{memory: settings.Preferences{Store: store}, looked: func() {}})
	defer p.close()
	for _, c := range []struct{ kind, seen datasets.Kind }{
		{datasets.Points, datasets.Points},
		{datasets.Table, datasets.Pictures},
		{datasets.Pictures, datasets.Pictures},
	} {
		p.turnTo(c.kind)
		for kind, v := range p.views {
			seen := v.object().Visible() && (v.above() == nil || v.above().Visible())
			if seen != (kind == c.seen) {
				t.Errorf("of %s the view of %s is seen: %t", c.kind, kind, seen)
			}
		}
	}
}

// TestPointsText says what is meant by a mode that is found: the doctor counts others.
func TestPointsText(t *testing.T) {
	q := &session.Points{Step: 1200, Fake: make([][2]float32, 1000), Modes: 6, ModesTotal: 8, HighQuality: 0.754}
	const want = "Step 1,200: 6 of 8 modes found (at least one of 1,000 points is near), 75 % of the points are near a mode"
	if got := pointsText(q); got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if got := pointsText(&session.Points{Step: 3}); got != "Step 3" {
		t.Errorf("without modes says %q", got)
	}
}

// TestSheetByClass trains two generators on digits with classes: the sheet has a row for each
// class, and a picture leads to its latent, class and generator.
func TestSheetByClass(t *testing.T) {
	r := ready(t, strings.Replace(apptest.Digits, "batch = 4", "batch = 4\ngenerators = 2\nlabels = \"folder\"\nconditional = \"classifier\"", 1))
	r.Train()
	r.Until("a sheet is shown", func() bool { return r.sheet().shown != nil })
	sheet := r.sheet().shown
	if !sheet.ByClass || sheet.Rows != 10 {
		t.Fatalf("the sheet is %+v, want a row for each of ten classes", sheet)
	}
	cell := 3*sheet.Columns + 5
	if at := placeOf(sheet, cell, 2); at.latent != 5 || at.class != 3 || at.part != 1 {
		t.Errorf("the sixth picture of the fourth row is latent %d, class %d, generator %d: want 5, 3, 1", at.latent, at.class, at.part)
	}
	explored := 0
	r.page.OnExplore = func(z []float32, class, part int, _ string) {
		explored++
		if len(z) != 8 || class != 3 || part != 1 {
			t.Errorf("leads to a latent of %d numbers, class %d, generator %d: want 8, 3, 1", len(z), class, part)
		}
	}
	r.sheet().sheet.OnTapped(cell)
	if explored != 1 {
		t.Errorf("a picture leads %d times to Explore, want once", explored)
	}
}

// TestStoppedByItself says why training stopped and offers to go on.
func TestStoppedByItself(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	tried := 0
	r.page.OnTrain = func() { tried++ }
	failing := r.S.Status
	failing.Err = errors.New("the data are gone")
	r.news(failing)
	if got, want := r.page.stopped.Text.Text, "Training stopped: the data are gone."; !r.page.stopped.Visible() || got != want {
		t.Errorf("the page says %q, visible %t; want %q", got, r.page.stopped.Visible(), want)
	}
	r.tapInStopped("Try again")
	if tried != 1 || r.page.stopped.Visible() {
		t.Errorf("tries again %d times, still says why it stopped: %t", tried, r.page.stopped.Visible())
	}
}

// TestPauseNotSaved saves what a full disk refused at a pause: that is said beside the page, which
// does not say it again and is silent after that.
func TestPauseNotSaved(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	kept := filepath.Join(t.TempDir(), "kept.ganvas")
	r.S.Projects.SaveAs(r.S.Run, kept)
	r.Until("it has a place", func() bool { return r.S.Run.Session.Path() == kept && !r.S.Work.Busy() })
	failing := r.S.Status
	failing.SaveErr, failing.Err = ckpt.ErrDiskFull, ckpt.ErrDiskFull
	r.news(failing)
	if r.page.stopped.Visible() {
		t.Errorf("the page says %q", r.page.stopped.Text.Text)
	}
	if !r.S.Projects.Save() {
		t.Fatal("a project that has a place asks for one")
	}
	r.Until("it is saved", func() bool { return r.S.Status.SaveErr == nil })
	if r.page.stopped.Visible() {
		t.Errorf("after saving the page says %q", r.page.stopped.Text.Text)
	}
}

// TestOverflowHalvesRates says that numbers overflowed and offers what usually helps.
func TestOverflowHalvesRates(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	tried, before := 0, *r.S.Plan.Now()
	r.page.OnTrain = func() { tried++ }
	failing := r.S.Status
	failing.Err = &gan.NonFinite{Player: "generator", Step: 41}
	r.news(failing)
	if got := r.page.stopped.Text.Text; !strings.HasPrefix(got, "Training stopped by itself at step 41: the generator's numbers overflowed.") {
		t.Errorf("the page says %q", got)
	}
	r.tapInStopped("Halve both rates and train")
	now := r.S.Plan.Now()
	if now.G.LR != before.G.LR/2 || now.D.LR != before.D.LR/2 || r.S.Differs || tried != 1 {
		t.Errorf("rates are %g and %g, another run %t; trained %d times", now.G.LR, now.D.LR, r.S.Differs, tried)
	}
}

// TestRefusedKeepsTrainFromStarting: what cannot be taken from a field of the page is not passed
// over by training.
func TestRefusedKeepsTrainFromStarting(t *testing.T) {
	r := ready(t, apptest.Points)
	steps := r.page.knobs.fields["steps"].Control.(*widgets.TypedEntry)
	rate := uitest.FindAll[*widgets.TypedEntry](r.page.knobs.sliders["g.lr"])[0]
	for _, c := range []struct {
		entry *widgets.TypedEntry
		title string
	}{{steps, "Steps: "}, {rate, "Rate of G: "}} {
		c.entry.SetText("some")
		c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if got := r.S.Reason; !strings.HasPrefix(got, c.title) || !strings.HasSuffix(got, ": fix it on the Train page") {
			t.Errorf("%s the reason not to train is %q", c.title, got)
		}
		c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if r.S.Reason != "" {
			t.Errorf("%s mended, the reason is still %q", c.title, r.S.Reason)
		}
	}
}

// TestLayersAreRemembered ticks layers: what they need comes from the run, and another page begins
// with them.
func TestLayersAreRemembered(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	tick := func(name string) {
		for _, c := range uitest.FindAll[*widgets.Check](r.points().layers.box) {
			if c.Text == name {
				test.Tap(c)
			}
		}
	}
	tick("Best D")
	tick("Arrows")
	tick("Generated")
	r.Until("layers are shown", func() bool {
		q := r.points().shown
		return q != nil && q.Step == 40 && q.Optimal != nil && q.Arrows != nil
	})
	if got := r.page.picture.caption.Segment.Text; !strings.Contains(got, "Against the best D the game is worth") {
		t.Errorf("below the best D stands %q", got)
	}
	again := newPlaneView(scene{memory: r.S.Memory, looked: func() {}}).(*planeView)
	defer again.close()
	if on := again.plane.DensityLayers; on.ShowFake || !on.ShowReal || !on.ShowOptimal || !on.ShowArrows || on.ShowDensity {
		t.Errorf("another page shows %+v", on)
	}
	r.page.SetVisible(false)
	if got := r.points().looks(); got == (session.Look{}) {
		t.Error("the choice went with the page")
	}
	for _, name := range []string{"Real", "D's heat-map", "Best D", "Arrows"} {
		tick(name)
	}
	none := newPlaneView(scene{memory: r.S.Memory, looked: func() {}}).(*planeView)
	defer none.close()
	if on := none.plane.DensityLayers; on != (widgets.DensityLayers{}) {
		t.Errorf("after none was chosen another page shows %+v", on)
	}
}
