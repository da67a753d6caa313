package app

import (
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
	"ganvas/engine/session"
)

// commands are the actions of the main menu, with their labels, but for Quit.
func (r *rig) commands() map[string]func() {
	all := make(map[string]func())
	var walk func(path string, m *fyne.Menu)
	walk = func(path string, m *fyne.Menu) {
		for _, i := range m.Items {
			switch {
			case i.ChildMenu != nil:
				walk(path+labelOf(i)+" ▸ ", i.ChildMenu)
			case i.Action != nil && !i.IsQuit:
				all[path+labelOf(i)] = i.Action
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
	explored, _ := r.explore.EditLabels()
	s := windowState{
		undo: undo, redo: redo,
		page: r.page, plan: r.s.Plan.Now(), run: r.s.Run, busy: r.s.Work.Busy(), overlays: len(r.desk.Win.Canvas().Overlays().List()),
		scheme: r.prefs.Scheme(), energy: r.prefs.EnergySaving(), recent: len(r.prefs.Recent()),
		z: explored, step: r.s.Status.Step,
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

// setBatch edits the plan.
func (r *rig) setBatch(n int) {
	c := r.s.Plan.Now().Clone()
	c.Batch = n
	r.s.Plan.Edit(c, "Change Batch", false)
}

// typed presses a key as a person does.
func (r *rig) typed(name fyne.KeyName) {
	press := r.desk.Win.Canvas().OnTypedKey()
	if focused := r.desk.Win.Canvas().Focused(); focused != nil {
		focused.TypedKey(&fyne.KeyEvent{Name: name})
		return
	}
	press(&fyne.KeyEvent{Name: name})
}

// TestCommandsUnderDialogs gives every command of the window while a dialog is open, and sees that
// none does anything.
func TestCommandsUnderDialogs(t *testing.T) {
	r := finished(t)
	r.setBatch(8)
	r.show(pageExplore)
	r.prefs.SetScheme("dark")
	showSettings(&settingsDialog{app: r.App})
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
	if got := r.note.Text.Text; !strings.Contains(got, "drop the files again") {
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
	made := apptest.Project(t, apptest.Points)
	r := newRig(t, Options{})
	r.started()
	for _, c := range []struct {
		name string
		open func()
		stay bool
	}{
		{name: "more steps", open: func() { r.ask.train() }},
		{name: "later steps", open: func() { r.ask.askKeep((*session.Session).Train) }},
		{name: "save as", open: func() { r.ask.saveAs() }},
		{name: "replace it", open: func() { r.ask.saveAs(); r.saveAsPath(taken) }},
		{name: "another folder", open: func() { r.ask.saveAs(); test.Tap(r.button("Folder…")) }},
		{name: "gallery", open: func() { r.menu.exports[0].Action() }},
		{name: "settings", open: func() { showSettings(&settingsDialog{app: r.App}) }, stay: true},
		{name: "error", open: func() { r.desk.Fail(os.ErrInvalid) }, stay: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.openProject(made)
			r.until("a run is open whose steps are done", func() bool {
				return r.s.Run != nil && r.s.Status.Step == 40 && r.s.Reason == "" && !r.s.Work.Busy()
			})
			c.open()
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
