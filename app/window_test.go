package app

import (
	"archive/zip"
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/datasets"
	"ganvas/engine/session"
)

// findAll returns the objects of a kind below root that can be seen.
func findAll[T any](root fyne.CanvasObject) []T {
	var found []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		if x, ok := o.(T); ok {
			found = append(found, x)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(root)
	return found
}

// button returns the button with a title in the topmost dialog.
func (r *rig) button(title string) *widget.Button {
	r.t.Helper()
	top := r.window.Canvas().Overlays().Top()
	if top == nil {
		r.t.Fatalf("no dialog is open; want one with the button %q", title)
	}
	for _, b := range findAll[*widget.Button](top) {
		if b.Text == title {
			return b
		}
	}
	r.t.Fatalf("no button %q in the dialog", title)
	return nil
}

// dialogText returns all that the topmost dialog says.
func (r *rig) dialogText() string {
	top := r.window.Canvas().Overlays().Top()
	if top == nil {
		return ""
	}
	var words []string
	for _, l := range findAll[*widget.Label](top) {
		words = append(words, l.Text)
	}
	return strings.Join(words, "\n")
}

// saveAsPath answers the open dialog that asks for a file.
func (r *rig) saveAsPath(path string) {
	entries := findAll[*widget.Entry](r.window.Canvas().Overlays().Top())
	entries[0].SetText(path)
	test.Tap(r.button("Save"))
}

func uri(path string) fyne.URI { return storage.NewFileURI(path) }

// project trains a little and returns the project file.
func project(t *testing.T, recipe string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.ganvas")
	s, err := session.Create(context.Background(), parse(t, recipe), nil, path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Train()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFirstStartShowsExample(t *testing.T) {
	example, err := os.ReadFile(project(t, tinyDigits))
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Options{Example: example})
	r.show(pageData)
	r.started()
	r.until("the example is open", func() bool { return r.run != nil && r.explore.ready && r.explore.pins.current != nil })
	if r.page != pageExplore {
		t.Errorf("shows page %d, want Explore", r.page)
	}
	if !r.run.session.Draft() {
		t.Error("the copy of the example is not a draft")
	}
	if got := r.status.Step; got != 6 {
		t.Errorf("the example is at step %d, want 6", got)
	}
	r.until("the contact sheet shows", func() bool { return r.train.shownSheet != nil })
	if got := r.prefs.last(); got != r.run.session.Path() {
		t.Errorf("opens %q next time, want %q", got, r.run.session.Path())
	}
}

func TestEveryPageCanBeTheFirst(t *testing.T) {
	for i, title := range pageTitles {
		t.Run(title, func(t *testing.T) {
			r := newRig(t, Options{}, func(p preferences) { p.SetInt("page", i) })
			r.started()
			r.until("the data are read", func() bool { return r.source.set != nil })
			if got := r.page; got != pageID(i) {
				t.Errorf("starts on page %d, want %d", got, i)
			}
			if r.page == pageBuild {
				r.until("the networks are measured", func() bool { return r.forecast.of != nil && !r.forecast.busy })
			}
		})
	}
}

func TestWithoutExampleShowsData(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	if r.reason == "" {
		t.Error("can train before the data are read")
	}
	r.until("the data are read", func() bool { return r.source.set != nil })
	if r.reason != "" || r.run != nil {
		t.Errorf("cannot train: %s", r.reason)
	}
}

func TestChoosingDataAdaptsTheRecipe(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.source.set != nil })
	before := r.plan.now
	for _, c := range []struct {
		name string
		kind datasets.Kind
	}{{"ring", datasets.Points}, {"shapes", datasets.Pictures}} {
		r.chooseData(c.name)
		r.until(c.name+" is read", func() bool { return r.plan.now.Data == c.name && r.source.set != nil && !r.source.opening })
		if got := r.source.set.Info().Kind; got != c.kind {
			t.Errorf("%s are %v, want %v", c.name, got, c.kind)
		}
		if r.reason != "" {
			t.Errorf("%s cannot be trained: %s", c.name, r.reason)
		}
		if !r.note.Visible() {
			t.Errorf("nothing is said of the change for %s", c.name)
		}
		if !r.data.cards[c.name].Selected() {
			t.Errorf("the card of %s is not marked", c.name)
		}
	}
	r.undo()
	r.undo()
	if !r.plan.now.Equal(before) {
		t.Error("undo does not lead back to the digits")
	}
	r.until("the digits are read again", func() bool { return r.source.set != nil && r.source.name == "digits" && r.reason == "" })
}

func TestPreprocessing(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.source.set != nil })
	r.data.size.SetText("32")
	r.until("the digits are read at 32 pixels", func() bool {
		return r.source.set != nil && slices.Equal(r.source.set.Info().Shape, []int{32, 32, 1})
	})
	if r.reason != "" {
		t.Errorf("cannot be trained at 32 pixels: %s", r.reason)
	}
	r.data.mirror.SetChecked(true)
	r.until("they are mirrored", func() bool { return r.source.set != nil && r.data.mirrored })
	r.data.channels.SetSelected("Colour")
	r.until("they are in colour", func() bool {
		return r.source.set != nil && slices.Equal(r.source.set.Info().Shape, []int{32, 32, 3})
	})
	r.data.size.SetText("2")
	r.data.size.OnSubmitted("2")
	if !strings.Contains(r.dialogText(), "image_size") {
		t.Errorf("a size of 2 is answered by %q", r.dialogText())
	}
}

func TestLayersUndoRedo(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	s := r.build.g.stack
	states := [][]string{r.plan.now.G.Layers}
	for _, c := range []struct {
		do   func()
		want []string
	}{
		{func() { s.OnAdd(2, "relu") }, []string{"linear 16", "relu", "relu", "linear 2"}},
		{func() { s.OnRemove(1) }, []string{"linear 16", "relu", "linear 2"}},
		{func() { s.OnDuplicate(0) }, []string{"linear 16", "linear 16", "relu", "linear 2"}},
		{func() { s.OnMove(2, 1) }, []string{"linear 16", "relu", "linear 16", "linear 2"}},
		{func() { s.OnKnob(2, 0, "24") }, []string{"linear 16", "relu", "linear 24", "linear 2"}},
		{func() { s.OnKnob(2, 1, "on") }, []string{"linear 16", "relu", "sn linear 24", "linear 2"}},
	} {
		c.do()
		if got := r.plan.now.G.Layers; !slices.Equal(got, c.want) {
			t.Fatalf("got %v, want %v", got, c.want)
		}
		states = append(states, c.want)
	}
	for i := len(states) - 2; i >= 0; i-- {
		r.undo()
		if got := r.plan.now.G.Layers; !slices.Equal(got, states[i]) {
			t.Errorf("undone to %v, want %v", got, states[i])
		}
	}
	for _, want := range states[1:] {
		r.redo()
		if got := r.plan.now.G.Layers; !slices.Equal(got, want) {
			t.Errorf("redone to %v, want %v", got, want)
		}
	}
	r.until("the networks are measured", func() bool {
		r.show(pageBuild)
		return r.forecast.of != nil && !r.forecast.busy
	})
	if r.forecast.err != nil || r.forecast.value.SecondsPerStep <= 0 {
		t.Errorf("measured %+v", r.forecast)
	}
}

func TestMisfitIsMended(t *testing.T) {
	r := readyRig(t, tinyDigits)
	r.build.g.stack.OnRemove(1) // the unflatten before tanh
	if !strings.Contains(r.reason, "generator") {
		t.Errorf("the transport bar says %q of a generator that does not fit", r.reason)
	}
	if len(r.build.g.fixes) == 0 {
		t.Fatal("no fix is offered")
	}
	r.trainPressed()
	if r.status.Running || r.run != nil {
		t.Error("trains networks that do not fit")
	}
	r.build.g.stack.OnFix(0, 0)
	if r.reason != "" {
		t.Errorf("the fix leaves %q", r.reason)
	}
	r.undo()
	if r.reason == "" {
		t.Error("undo does not take the fix back")
	}
}

func TestFormRefusesAndTakes(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	var batch *fieldEntry
	for _, f := range r.build.form.fields {
		if f.key.Name == "batch" {
			batch = f.control.(*fieldEntry)
		}
	}
	for _, c := range []struct {
		typed string
		hint  bool
		want  int
	}{{"32", false, 32}, {"none", true, 32}, {"0", true, 32}, {"8", false, 8}} {
		batch.SetText(c.typed)
		if got := r.build.form.hint.Visible(); got != c.hint {
			t.Errorf("%q: says what is wrong: %v, want %v", c.typed, got, c.hint)
		}
		batch.take()
		if got := r.plan.now.Batch; got != c.want {
			t.Errorf("%q: batch is %d, want %d", c.typed, got, c.want)
		}
	}
	r.build.preset.SetSelected("Two moons")
	r.until("the preset's data are read", func() bool { return r.plan.now.Data == "moons" && r.reason == "" })
}

func TestTrainShowsSnapshots(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.show(pageBuild)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.run != nil && r.status.Step == 40 && !r.status.Running })
	r.until("its points are shown", func() bool { return r.train.shownPoints != nil && r.train.shownPoints.Step == 40 })
	if r.page != pageTrain {
		t.Errorf("shows page %d, want Train", r.page)
	}
	if !r.run.session.Draft() || !strings.Contains(r.window.Title(), "•") {
		t.Errorf("the title of a draft is %q", r.window.Title())
	}
	if len(r.run.session.History().Step) == 0 {
		t.Error("nothing for the charts")
	}
	r.train.set("g.lr", "0.001")
	r.until("the change has reached the run", func() bool {
		return slices.ContainsFunc(r.run.session.History().Events, func(e session.Event) bool { return strings.Contains(e.Text, "g.lr") })
	})
	if r.plan.now.G.LR != 0.001 || r.planned {
		t.Errorf("the plan has a rate of %g and is another run: %v", r.plan.now.G.LR, r.planned)
	}
}

func TestTrainOnAfterTheEnd(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
	r.trainPressed()
	test.Tap(r.button("Train"))
	r.until("it has gone on", func() bool { return r.status.Step == 80 && !r.status.Running })
}

func TestSingleSteps(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.transport.OnStepBoth()
	r.until("one step is done", func() bool { return r.status.Step == 1 && !r.status.Running })
	r.transport.OnStepD()
	r.until("it has run", func() bool { return r.run != nil && !r.status.Running && len(r.run.session.History().Step) > 1 })
}

func TestEditedRunStartsAnew(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
	first := r.run.session
	r.build.set("batch", "8")
	if !r.planned {
		t.Fatal("another batch is not another run")
	}
	r.trainPressed()
	if !strings.Contains(r.dialogText(), "batch: 8 instead of 16") {
		t.Errorf("asks %q", r.dialogText())
	}
	test.Tap(r.button("Start a new run"))
	r.until("the new run is trained", func() bool { return r.run.recipe.Batch == 8 && r.status.Step == 40 && !r.status.Running })
	if r.run.session != first || r.planned {
		t.Error("the new run is not in the same project")
	}
	r.build.set("batch", "4")
	r.trainPressed()
	test.Tap(r.button("Go on as it was"))
	if r.plan.now.Batch != 8 {
		t.Errorf("the plan has a batch of %d, want the run's 8", r.plan.now.Batch)
	}
}

func TestExploreDrag(t *testing.T) {
	r := readyRig(t, tinyDigits)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 6 && !r.status.Running })
	r.show(pageExplore)
	p := r.explore
	r.until("a picture shows", func() bool { return p.ready && p.pins.current != nil })
	frames := 0
	r.OnExploreFrame(func(FrameTime) { frames++ })
	before := p.pins.current
	z := slices.Clone(p.place.z)
	pad := r.loop.AbsolutePositionForObject(p.pad)
	test.Drag(r.window.Canvas(), pad.AddXY(p.pad.Size().Width/2, p.pad.Size().Height/2), 40, 25)
	r.until("the picture has changed", func() bool { return p.pins.current != before })
	if slices.Equal(z, p.place.z) || frames == 0 {
		t.Errorf("latent moved: %v, frames: %d", !slices.Equal(z, p.place.z), frames)
	}
	p.pins.pin(0)
	p.random()
	r.until("it went to the seed", func() bool { return p.origin == "seed "+p.seed.Text })
	moved := p.pins.current
	r.until("its picture shows", func() bool { return p.pins.current != moved || frames > 2 })
	p.pins.pin(1)
	r.until("the way between the pins shows", func() bool { return p.pins.strip.Count() == stripLength })
	p.saved.add()
	r.until("the latent is kept", func() bool { return len(p.saved.latents) == 1 })
	p.saved.choose(0)
	p.saved.remove()
	test.Tap(r.button("Delete"))
	r.until("the latent is gone", func() bool { return len(p.saved.latents) == 0 })
	p.ema.SetChecked(false)
	last := p.pins.current
	r.until("the raw weights draw", func() bool { return p.pins.current != last })
}

func TestExplorePoints(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
	frames := 0
	r.OnExploreFrame(func(FrameTime) { frames++ })
	r.show(pageExplore)
	r.until("the plane is drawn", func() bool { return r.explore.ready && frames > 0 })
	if !r.explore.plane.Visible() || r.explore.pad.Visible() {
		t.Error("points are not shown on the plane")
	}
}

func TestGalleryExport(t *testing.T) {
	r := readyRig(t, tinyDigits)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 6 && !r.status.Running })
	r.exportGallery()
	r.until("the preview is drawn", func() bool { return !r.button("Export…").Disabled() })
	test.Tap(r.button("Export…"))
	path := filepath.Join(t.TempDir(), "gallery")
	r.saveAsPath(path)
	path += ".png"
	r.until("the file is written", func() bool { return exists(path) && r.note.Visible() })
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if w := img.Bounds().Dx(); w < 8*28*2 {
		t.Errorf("the gallery is %d pixels wide, want at least %d", w, 8*28*2)
	}
	// A file that exists is replaced only after asking.
	r.exportGallery()
	r.until("the preview is drawn", func() bool { return !r.button("Export…").Disabled() })
	test.Tap(r.button("Export…"))
	r.saveAsPath(path)
	if !strings.Contains(r.dialogText(), "exists already") {
		t.Errorf("writes over a file without asking: %q", r.dialogText())
	}
	test.Tap(r.button("Replace"))
	r.note.hide()
	r.until("the file is written again", func() bool { return r.note.Visible() })
}

func TestSaveAsAndRecent(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
	draft := r.run.session.Path()
	r.save() // asks, because it is a draft
	path := filepath.Join(t.TempDir(), "kept.ganvas")
	r.saveAsPath(path)
	r.until("it is kept", func() bool { return r.run.session.Path() == path && r.prefs.last() == path })
	if exists(draft) || strings.Contains(r.window.Title(), "•") {
		t.Errorf("the draft is still there: %v; the title is %q", exists(draft), r.window.Title())
	}
	gone := filepath.Join(t.TempDir(), "gone.ganvas")
	r.prefs.addRecent(gone)
	r.menu.refreshRecent()
	items := r.menu.recent.ChildMenu.Items
	if got := items[0]; !got.Disabled || !strings.Contains(got.Label, "missing") {
		t.Errorf("a project that is gone is offered as %q", got.Label)
	}
	if got := items[1]; got.Disabled || !strings.HasPrefix(got.Label, "kept.ganvas") {
		t.Errorf("a project is offered as %q", got.Label)
	}
}

func TestRecentsAreFew(t *testing.T) {
	r := newRig(t, Options{})
	for i := range 2 * maxRecent {
		r.prefs.addRecent(fmt.Sprint(i % 12))
	}
	got := r.prefs.recent()
	if len(got) != maxRecent || got[0] != "7" || got[1] != "6" {
		t.Errorf("recents are %v", got)
	}
}

func TestDrops(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "pictures")
	for i := range 6 {
		writePicture(t, filepath.Join(folder, []string{"cats", "dogs"}[i%2], fmt.Sprint(i, ".png")), 20)
	}
	if err := os.WriteFile(filepath.Join(folder, "cats", "text.png"), []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	zipped := filepath.Join(dir, "pictures.zip")
	f, err := os.Create(zipped)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	if err := z.AddFS(os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	csv := filepath.Join(dir, "points.csv")
	if err := os.WriteFile(csv, []byte("x,y\n0,1\n1,0\n2,2\n3,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	toml := filepath.Join(dir, "tiny.toml")
	if err := os.WriteFile(toml, []byte(tinyRecipe), 0o644); err != nil {
		t.Fatal(err)
	}
	made := project(t, tinyRecipe)
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.source.set != nil })

	r.dropped([]fyne.URI{uri(folder)})
	r.until("the folder is read", func() bool { return r.plan.now.Data == folder && r.source.set != nil && !r.source.opening })
	if info := r.source.set.Info(); info.Count != 6 || len(info.Labels) != 2 || len(info.Skipped) != 1 {
		t.Errorf("understood %+v of the folder", info)
	}
	if !r.data.skippedBox.Visible() || r.page != pageData {
		t.Error("what was left out is not shown")
	}
	r.dropped([]fyne.URI{uri(zipped)})
	r.until("the zip is read", func() bool { return r.plan.now.Data == zipped && r.source.set != nil && !r.source.opening })
	r.dropped([]fyne.URI{uri(csv)})
	r.until("the points are read", func() bool { return r.plan.now.Data == csv && r.source.set != nil && !r.source.opening })
	if got := r.source.set.Info().Count; got != 4 {
		t.Errorf("%d points, want 4", got)
	}
	r.dropped([]fyne.URI{uri(toml)})
	r.until("the recipe is open", func() bool { return r.plan.now.Name == "tiny" && r.page == pageBuild && r.reason == "" })
	r.dropped([]fyne.URI{uri(made)})
	r.until("the project is open", func() bool { return r.run != nil && r.run.session.Path() == made })
	if r.status.Step != 40 || r.plan.now.Name != "tiny" {
		t.Errorf("the project is at step %d with recipe %s", r.status.Step, r.plan.now.Name)
	}
}

func TestBadFilesAreExplained(t *testing.T) {
	dir := t.TempDir()
	half := filepath.Join(dir, "half.ganvas")
	whole, err := os.ReadFile(project(t, tinyRecipe))
	if err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(dir, "empty")
	if err := os.MkdirAll(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	misspelt := filepath.Join(dir, "misspelt.toml")
	for path, data := range map[string][]byte{half: whole[:len(whole)/2], misspelt: []byte("bacth = 3\n"), filepath.Join(dir, "text.png"): []byte("hello")} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.source.set != nil })
	before := r.plan.now
	for _, c := range []struct{ path, want string }{
		{half, "half.ganvas"}, {misspelt, "batch"}, {empty, "empty"}, {filepath.Join(dir, "text.png"), "text.png"}, {filepath.Join(dir, "nowhere.ganvas"), "nowhere.ganvas"},
	} {
		r.Open(c.path)
		r.until("something is said about "+c.path, func() bool { return r.dialogText() != "" })
		if got := r.dialogText(); !strings.Contains(got, c.want) {
			t.Errorf("%s: says %q, which does not name %q", c.path, got, c.want)
		}
		test.Tap(r.button("Close"))
		if r.plan.now != before || r.run != nil {
			t.Errorf("%s has changed the plan", c.path)
		}
		r.until("the work is over", func() bool { return !r.activity.busy() })
		if r.reason != "" {
			t.Errorf("%s leaves the window saying %q", c.path, r.reason)
		}
	}
}

func TestFileDialogsOpen(t *testing.T) {
	r := newRig(t, Options{})
	r.prefs.setFolder("project", filepath.Join(t.TempDir(), "x"))
	for _, ask := range []func(){r.askProject, r.askDataFile, r.askDataFolder, r.askRecipe} {
		ask()
		if r.window.Canvas().Overlays().Top() == nil {
			t.Fatal("no dialog opens")
		}
		r.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if r.window.Canvas().Overlays().Top() != nil {
			t.Error("Escape does not close the dialog")
		}
	}
}

func TestCloseWhileTrainingSaves(t *testing.T) {
	r := readyRig(t, strings.Replace(tinyRecipe, "steps = 40", "steps = 0", 1))
	r.trainPressed()
	r.until("it trains", func() bool { return r.status.Running && r.status.Step >= 5 })
	path, seen := r.run.session.Path(), r.status.Step
	r.close()
	if !strings.Contains(r.dialogText(), "saved") {
		t.Errorf("closing says %q", r.dialogText())
	}
	r.until("the window is closed", func() bool { return r.closed })
	s, err := session.Open(context.Background(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := s.Status().Step; got < seen {
		t.Errorf("opened at step %d, want at least %d", got, seen)
	}
}

func TestKeys(t *testing.T) {
	r := readyRig(t, strings.Replace(tinyRecipe, "steps = 40", "steps = 0", 1))
	space := &fyne.KeyEvent{Name: fyne.KeySpace}
	press := r.window.Canvas().OnTypedKey()
	press(space)
	r.until("it trains", func() bool { return r.status.Running && r.status.Step > 0 })
	press(space)
	r.until("it pauses", func() bool { return !r.status.Running })
	for i, item := range r.menu.pages {
		item.Action()
		if r.page != pageID(i) || !item.Checked {
			t.Errorf("menu item %s leads to page %d", item.Label, r.page)
		}
	}
	r.build.set("batch", "8")
	r.menu.undo.Action()
	if r.plan.now.Batch != 16 {
		t.Error("the menu does not undo")
	}
	r.build.set("batch", "8")
	r.window.Canvas().Focus(r.explore.seed)
	r.menu.undo.Action()
	if r.plan.now.Batch != 8 {
		t.Error("undo took a recipe's edit back while an entry had the keyboard")
	}
	r.build.set("batch", "16")
}

func TestSchemeChangesColours(t *testing.T) {
	r := newRig(t, Options{})
	r.setScheme("light")
	light := r.fyne.Settings().Theme().Color("background", 0)
	r.setScheme("dark")
	if dark := r.fyne.Settings().Theme().Color("background", 0); dark == light {
		t.Error("light and dark look the same")
	}
	if got := r.prefs.scheme(); got != "dark" {
		t.Errorf("remembers %q, want dark", got)
	}
}

// TestImports keeps the architecture's table: the window can be tested without a display and without a C compiler.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "ganvas/app").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	for _, banned := range []string{"fyne.io/fyne/v2/app", "github.com/go-gl/gl", "github.com/go-gl/glfw", "ganvas/app/cli"} {
		for _, d := range deps {
			if d == banned || strings.HasPrefix(d, banned+"/") {
				t.Errorf("app imports %s", d)
			}
		}
	}
}
