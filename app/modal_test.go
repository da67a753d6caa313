package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/engine/recipe"
)

// commands are the actions of the main menu, with their labels, but for Quit.
func (r *rig) commands() map[string]func() {
	all := make(map[string]func())
	var walk func(path string, m *fyne.Menu)
	walk = func(path string, m *fyne.Menu) {
		for _, i := range m.Items {
			switch {
			case i.ChildMenu != nil:
				walk(path+i.Label+" ▸ ", i.ChildMenu)
			case i.Action != nil && !i.IsQuit:
				all[path+i.Label] = i.Action
			}
		}
	}
	for _, m := range r.menu.main.Items {
		walk(m.Label+" ▸ ", m)
	}
	return all
}

// windowState is what a command may change.
type windowState struct {
	page       pageID
	plan       *recipe.Recipe
	run        *studio.Run
	running    bool
	busy       bool
	overlays   int
	scheme     string
	energy     bool
	recent     int
	undo, redo string
	z          string
	step       int64
}

func (r *rig) state() windowState {
	undo, redo := r.s.Plan.Labels()
	s := windowState{
		undo: undo, redo: redo,
		page: r.page, plan: r.s.Plan.Now(), run: r.s.Run, busy: r.s.Work.Busy(), overlays: len(r.desk.Win.Canvas().Overlays().List()),
		scheme: r.prefs.Scheme(), energy: r.prefs.EnergySaving(), recent: len(r.prefs.Recent()),
		z: r.explore.seed.Text, step: r.s.Status.Step,
	}
	if r.s.Run != nil {
		s.running = r.s.Run.Session.Status().Running
	}
	return s
}

// finished is a window whose run has done its steps.
func finished(t *testing.T) *rig {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	return r
}

// TestCommandsUnderDialogs gives every command of the window while a dialog is open, and sees that
// none does anything.
func TestCommandsUnderDialogs(t *testing.T) {
	r := finished(t)
	r.build.set("batch", "8")
	r.show(pageExplore)
	r.prefs.SetScheme("dark")
	r.askSettings()
	before := r.state()
	check := func(what string) {
		t.Helper()
		r.loop.Turn()
		if now := r.state(); now != before {
			t.Errorf("%s acts under a dialog: %+v, want %+v", what, now, before)
		}
	}
	commands := r.commands()
	if len(commands) < 25 {
		t.Fatalf("only %d commands", len(commands))
	}
	for name, act := range commands {
		act()
		check(name)
	}
	press := r.desk.Win.Canvas().OnTypedKey()
	for _, page := range []pageID{pageExplore, pageJudge} {
		r.page, before.page = page, page
		for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyR, fyne.KeyHome, fyne.KeyLeft, fyne.KeyRight, fyne.KeyDelete} {
			press(&fyne.KeyEvent{Name: key})
			check(string(key))
		}
	}
	file := filepath.Join(t.TempDir(), "tiny.toml")
	if err := os.WriteFile(file, []byte(apptest.Points), 0o644); err != nil {
		t.Fatal(err)
	}
	r.dropped([]fyne.URI{uri(file)})
	check("a drop")
	if got := r.note.text.Text; !strings.Contains(got, "drop the files again") {
		t.Errorf("after a drop the banner says %q", got)
	}
	r.typed(fyne.KeyEscape)
	commands["View ▸ Train"]()
	if r.page != pageTrain || r.desk.Modal() {
		t.Errorf("after the dialog the window shows page %d", r.page)
	}
}

// TestCommandsCloseLists: a list that lies over a page goes as a command turns to another one, and
// Escape closes it as well.
func TestCommandsCloseLists(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	list := func() *widget.PopUp {
		p := widget.NewPopUp(widget.NewLabel("a list"), r.desk.Win.Canvas())
		p.Show()
		return p
	}
	shown := list()
	r.commands()["View ▸ Judge"]()
	if r.page != pageJudge || shown.Visible() || r.desk.Overlay() != nil {
		t.Errorf("page %d, the list is visible: %t", r.page, shown.Visible())
	}
	shown = list()
	r.desk.Win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if shown.Visible() || r.desk.Overlay() != nil {
		t.Error("Escape leaves the list")
	}
}

// TestDialogsEndWithTheirRun puts the run aside while dialogs about it are open, as work that was
// under way does.
func TestDialogsEndWithTheirRun(t *testing.T) {
	taken := filepath.Join(t.TempDir(), "taken.ganvas")
	if err := os.WriteFile(taken, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		open func(r *rig)
		stay bool
	}{
		{name: "more steps", open: func(r *rig) { r.ask.train() }},
		{name: "another recipe", open: func(r *rig) { r.build.set("batch", "8"); r.ask.train() }},
		{name: "save as", open: func(r *rig) { r.ask.saveAs() }},
		{name: "replace it", open: func(r *rig) { r.ask.saveAs(); r.saveAsPath(taken) }},
		{name: "another folder", open: func(r *rig) { r.ask.saveAs(); test.Tap(r.button("Folder…")) }},
		{name: "gallery", open: func(r *rig) { r.exportGallery() }},
		{name: "settings", open: func(r *rig) { r.askSettings() }, stay: true},
		{name: "error", open: func(r *rig) { r.desk.Fail(os.ErrInvalid) }, stay: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := finished(t)
			c.open(r)
			if !r.desk.Modal() {
				t.Fatal("no dialog")
			}
			r.newProject()
			r.until("the run is put aside", func() bool { return r.s.Run == nil && !r.s.Work.Busy() })
			if r.desk.Modal() != c.stay {
				t.Errorf("a dialog is open: %t, want %t: %s", r.desk.Modal(), c.stay, r.dialogText())
			}
			for r.desk.Modal() {
				r.typed(fyne.KeyEscape)
			}
		})
	}
}

// TestTrainOnAfterNew is what a person does who changes their mind before a question: it must not
// reach a run that is gone.
func TestTrainOnAfterNew(t *testing.T) {
	r := finished(t)
	r.ask.train() // asks
	train := r.button("Train")
	r.newProject()
	r.until("the run is put aside", func() bool { return r.s.Run == nil && !r.s.Work.Busy() })
	train.Tapped(nil) // as late as can be
	if r.s.Run != nil || r.s.Status.Running {
		t.Error("a run that is gone trains")
	}
}

// TestSaveWhileClosing saves, with and without a place, while the project is being put aside:
// nothing is said, and it is whole.
func TestSaveWhileClosing(t *testing.T) {
	for _, named := range []bool{false, true} {
		t.Run(fmt.Sprintf("named %t", named), func(t *testing.T) { saveWhileClosing(t, named) })
	}
}

func saveWhileClosing(t *testing.T, named bool) {
	r := finished(t)
	path := filepath.Join(t.TempDir(), "kept.ganvas")
	if named {
		r.ask.saveAs()
		r.saveAsPath(path)
		r.until("it is saved", func() bool { return r.s.Run.Session.Path() == path && !r.s.Work.Busy() })
	}
	r.explore.saved.add()
	old := r.s.Run
	r.newProject()
	r.ask.save()
	old.Write(old.Session.Save, nil)
	r.until("the run is put aside", func() bool { return r.s.Run == nil && !r.s.Work.Busy() })
	r.ask.save()
	r.ask.saveAs()
	r.s.Projects.SaveAs(old, path)
	written := false
	old.Write(func() error { return nil }, nil)
	r.s.Jobs.StartWriting(func(context.Context) error { return nil }, func(error) { written = true })
	r.until("everything is written", func() bool { return written })
	if r.desk.Modal() {
		t.Errorf("says %q", r.dialogText())
	}
}
