package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// pressed is any kind of button.
type pressed interface {
	fyne.CanvasObject
	fyne.Tappable
	Disabled() bool
}

// button returns the button with a title in the topmost dialog.
func (r *rig) button(title string) pressed {
	r.t.Helper()
	top := r.desk.Win.Canvas().Overlays().Top()
	if top == nil {
		r.t.Fatalf("no dialog is open; want one with the button %q", title)
	}
	for _, b := range uitest.FindAll[pressed](top) {
		switch x := b.(type) {
		case *widget.Button:
			if x.Text == title {
				return b
			}
		case *widgets.TippedButton:
			if x.Text == title {
				return b
			}
		}
	}
	r.t.Fatalf("no button %q in the dialog", title)
	return nil
}

// dialogText returns all that the topmost dialog says.
func (r *rig) dialogText() string {
	top := r.desk.Win.Canvas().Overlays().Top()
	if top == nil {
		return ""
	}
	var words []string
	for _, l := range uitest.FindAll[*widget.Label](top) {
		words = append(words, l.Text)
	}
	return strings.Join(words, "\n")
}

// saveAsPath answers the open dialog that asks for a file.
func (r *rig) saveAsPath(path string) {
	entries := uitest.FindAll[*ui.DialogEntry](r.desk.Win.Canvas().Overlays().Top())
	entries[0].SetText(path)
	test.Tap(r.button("Save"))
}

func uri(path string) fyne.URI { return storage.NewFileURI(path) }

// exampleOf returns the examples of a program that comes with the project at a path.
func exampleOf(path string) []studio.Example {
	return []studio.Example{{Name: "digits", Title: "Digits, finished", Project: func() ([]byte, error) { return os.ReadFile(path) }}}
}

// TestFirstStart shows Start, whose pictures the example invents, and from there the example itself.
func TestFirstStart(t *testing.T) {
	r := newRig(t, Options{Examples: exampleOf(apptest.Project(t, apptest.Digits))})
	r.started()
	if r.page != pageStart || r.s.Run != nil {
		t.Errorf("shows page %d with the run %v, want Start alone", r.page, r.s.Run)
	}
	r.until("the data can be learnt from", func() bool { return r.s.Reason == "" })
	r.start.OnPlay()
	r.until("the example is open", func() bool { return r.s.Run != nil && r.s.Status.Step == 6 })
	if r.page != pageExplore {
		t.Errorf("shows page %d, want Explore", r.page)
	}
	if !r.s.Run.Session.Draft() {
		t.Error("the copy of the example is not a draft")
	}
	if got := r.last(); got != r.s.Run.Session.Path() {
		t.Errorf("opens %q next time, want %q", got, r.s.Run.Session.Path())
	}
	r.show(pageJudge)
	r.show(pageStart)
	if got := r.lastPage(); got != pageJudge {
		t.Errorf("a project would open on page %d, want Judge", got)
	}
}

// TestLastProjectIsGone: where the project that was open last cannot be opened, Start shows.
func TestLastProjectIsGone(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.ganvas")
	if err := os.WriteFile(broken, []byte("no project"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Options{}, func(p settings.Preferences) { p.SetLast(broken) })
	if r.page != pageExplore {
		t.Errorf("shows page %d while it opens, want Explore", r.page)
	}
	r.started()
	r.until("Start shows", func() bool { return r.page == pageStart && r.dialogText() != "" })
	r.typed(fyne.KeyReturn)
	r.until("the data are read", func() bool { return r.s.Data.Set != nil })
}

// TestSeeOneLearn trains the ring from Start, and once more while that is open: each is a project of
// its own.
func TestSeeOneLearn(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.until("the data are read", func() bool { return r.s.Data.Set != nil })
	var paths []string
	for range 2 {
		r.show(pageStart)
		before := r.s.Run
		r.start.OnWatch(apptest.Parse(t, apptest.Points))
		r.until("it has learnt", func() bool {
			return r.s.Run != before && r.s.Run != nil && r.s.Status.Step == 40 && !r.s.Status.Running
		})
		paths = append(paths, r.s.Run.Session.Path())
		if r.page != pageTrain {
			t.Errorf("shows page %d, want Train", r.page)
		}
	}
	if paths[0] == paths[1] || !studio.Exists(paths[0]) {
		t.Errorf("projects %v, want two", paths)
	}
}

// TestUseMyPictures drops a folder on Start: it says what there is and proposes ways; one trains.
func TestUseMyPictures(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "pictures")
	for i := range 12 {
		apptest.WritePicture(t, filepath.Join(folder, strconv.Itoa(i)+".png"), 80)
	}
	r := newRig(t, Options{})
	r.started()
	r.until("the data are read", func() bool { return r.s.Data.Set != nil })
	r.dropped([]fyne.URI{uri(folder)})
	ways := func() []*widgets.Poster {
		return slices.DeleteFunc(uitest.FindAll[*widgets.Poster](r.start.Content()), func(p *widgets.Poster) bool { return !strings.Contains(p.Note(), "about") })
	}
	r.until("ways are proposed", func() bool { return len(ways()) == 3 })
	if got := ways()[0]; r.page != pageStart || got.Title() != "Sharp pictures" || !got.Selected() || !strings.Contains(got.Text(), "12 pictures are few") {
		t.Errorf("on page %d it proposes %q: %q", r.page, got.Title(), got.Text())
	}
	ways()[1].Tapped(nil)
	if ways()[0].Selected() || !ways()[1].Selected() {
		t.Error("a way cannot be chosen")
	}
	var learns *recipe.Recipe
	r.start.OnLearn = func(chosen *recipe.Recipe) { learns = chosen }
	for _, b := range uitest.FindAll[*widgets.TippedButton](r.start.Content()) {
		if b.Text == "Train" {
			test.Tap(b)
		}
	}
	if learns == nil || learns.Data != folder || learns.ImageSize != 32 || learns.Augment == "none" {
		t.Errorf("trains %+v", learns)
	}
}

func TestEveryPageCanBeTheFirst(t *testing.T) {
	for id := pageData; id <= pageJudge; id++ {
		t.Run(pageTitles[id], func(t *testing.T) {
			r := newRig(t, Options{Files: []string{apptest.Project(t, apptest.Points)}}, func(p settings.Preferences) { p.SetInt("page", int(id-pageData)) })
			r.started()
			r.s.Plan.Edit(apptest.Parse(t, apptest.Points), "test", false) // which is measured sooner than the preset
			r.until("the data are read", func() bool { return r.s.Data.Set != nil })
			if got := r.page; got != id {
				t.Errorf("starts on page %d, want %d", got, id)
			}
			if r.page == pageBuild {
				r.until("the networks are measured", func() bool { return r.s.Forecast.Of != nil && !r.s.Forecast.Busy })
			}
		})
	}
}

func TestNothingOpenReadsData(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	if r.s.Reason == "" {
		t.Error("can train before the data are read")
	}
	r.until("the data are read", func() bool { return r.s.Data.Set != nil })
	if r.s.Reason != "" || r.s.Run != nil {
		t.Errorf("cannot train: %s", r.s.Reason)
	}
}

func TestSaveAsAndRecent(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	draft := r.s.Run.Session.Path()
	r.ask.save() // asks, because it is a draft
	path := filepath.Join(t.TempDir(), "kept.ganvas")
	r.saveAsPath(path)
	r.until("it is kept", func() bool { return r.s.Run.Session.Path() == path && r.last() == path })
	if studio.Exists(draft) || strings.Contains(r.desk.Win.Title(), "•") {
		t.Errorf("the draft is still there: %v; the title is %q", studio.Exists(draft), r.desk.Win.Title())
	}
	gone := filepath.Join(t.TempDir(), "gone.ganvas")
	r.prefs.AddRecent(gone)
	r.menu.refreshRecent()
	items := r.menu.recent.ChildMenu.Items
	if got := items[0]; !got.Disabled || !strings.Contains(got.Label, "missing") {
		t.Errorf("a project that is gone is offered as %q", got.Label)
	}
	if got := items[1]; got.Disabled || !strings.HasPrefix(got.Label, "kept.ganvas") {
		t.Errorf("a project is offered as %q", got.Label)
	}
}

func TestFileDialogsOpen(t *testing.T) {
	r := newRig(t, Options{})
	r.prefs.SetFolder("project", filepath.Join(t.TempDir(), "x"))
	for _, ask := range []func(){r.menu.askProject, r.data.AskFile, r.data.AskFolder, r.ask.askRecipe} {
		ask()
		if r.desk.Win.Canvas().Overlays().Top() == nil {
			t.Fatal("no dialog opens")
		}
		r.desk.Win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if r.desk.Win.Canvas().Overlays().Top() != nil {
			t.Error("Escape does not close the dialog")
		}
	}
}

func TestCloseWhileTrainingSaves(t *testing.T) {
	r := readyRig(t, strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1))
	r.ask.train()
	r.until("it trains", func() bool { return r.s.Status.Running && r.s.Status.Step >= 5 })
	path, seen := r.s.Run.Session.Path(), r.s.Status.Step
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
	r := readyRig(t, strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1))
	space := &fyne.KeyEvent{Name: fyne.KeySpace}
	press := r.desk.Win.Canvas().OnTypedKey()
	press(space)
	r.until("it trains", func() bool { return r.s.Status.Running && r.s.Status.Step > 0 })
	press(space)
	r.until("it pauses", func() bool { return !r.s.Status.Running })
	for i, item := range r.menu.pages {
		item.Action()
		if r.page != pageID(i) || !item.Checked {
			t.Errorf("menu item %s leads to page %d", item.Label, r.page)
		}
	}
	r.setBatch(8)
	r.menu.undo.Action()
	if r.s.Plan.Now().Batch != 16 {
		t.Error("the menu does not undo")
	}
	r.setBatch(8)
	r.show(pageExplore) // only what is visible takes the keyboard
	r.desk.Win.Canvas().Focus(uitest.FindAll[*widgets.TypedEntry](r.explore.Content())[0])
	r.menu.undo.Action()
	if r.s.Plan.Now().Batch != 8 {
		t.Error("undo took a recipe's edit back while an entry had the keyboard")
	}
	r.setBatch(16)
}

func TestSchemeChangesColours(t *testing.T) {
	r := newRig(t, Options{}, func(p settings.Preferences) { p.SetScheme("light") })
	light := r.fyne.Settings().Theme().Color("background", 0)
	r.setScheme("dark")
	if dark := r.fyne.Settings().Theme().Color("background", 0); dark == light {
		t.Error("light and dark look the same")
	}
	if got := r.prefs.Scheme(); got != "dark" {
		t.Errorf("remembers %q, want dark", got)
	}
}
