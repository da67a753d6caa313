package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/engine/session"
)

// exampleBytes is a project that stands for the example.
func exampleBytes(t *testing.T) []byte {
	t.Helper()
	example, err := os.ReadFile(apptest.Project(t, apptest.Digits))
	if err != nil {
		t.Fatal(err)
	}
	return example
}

// drafts are the projects that have no place yet.
func (r *rig) drafts() []string {
	r.t.Helper()
	found, err := filepath.Glob(filepath.Join(r.options.Home, "drafts", "*"+studio.ProjectExtension))
	if err != nil {
		r.t.Fatal(err)
	}
	return found
}

// shipped is where the example lies as it is shipped.
func (r *rig) shipped() string { return filepath.Join(r.options.Home, "examples", "digits.ganvas") }

func (r *rig) shippedIs(content []byte) bool {
	r.t.Helper()
	have, err := os.ReadFile(r.shipped())
	if err != nil {
		r.t.Fatal(err)
	}
	return bytes.Equal(have, content)
}

// TestExampleStays trains the example: what was shipped stays as it is and opens again, and so does
// the copy that was trained.
func TestExampleStays(t *testing.T) {
	example := exampleBytes(t)
	r := newRig(t, Options{Example: example})
	if got := r.explore.pad.Empty; got != "Opening the example …" || r.s.Reason != "Opening the example" {
		t.Errorf("before the example is open the window says %q and %q", got, r.s.Reason)
	}
	r.started()
	opened := func(step int64) {
		t.Helper()
		r.until("the example is open", func() bool {
			return r.s.Run != nil && !r.s.Work.Busy() && r.s.Status.Step == step
		})
	}
	opened(6)
	if r.explore.pad.Empty != nothingYet {
		t.Errorf("then it says %q", r.explore.pad.Empty)
	}
	r.ask.train()
	test.Tap(r.button("Train"))
	r.until("it has learnt more", func() bool { return r.s.Status.Step == 12 && !r.s.Status.Running })
	trained := r.s.Run.Session.Path()
	r.commands()["Help ▸ Examples ▸ "+exampleTitle]()
	opened(6)
	if len(r.drafts()) != 2 || !r.shippedIs(example) {
		t.Errorf("drafts %v; the example is as shipped: %t", r.drafts(), r.shippedIs(example))
	}
	if got := r.prefs.Recent(); len(got) != 1 || got[0] != trained {
		t.Errorf("recent projects are %v, want %s", got, trained)
	}
	r.Open(r.shipped()) // by its own name
	r.until("it is open", func() bool { return !r.s.Work.Busy() })
	opened(6)
	r.openProject(trained)
	r.until("the trained copy is open", func() bool { return r.s.Run.Session.Path() == trained && r.s.Status.Step == 12 })
	if got := r.drafts(); len(got) != 1 || !r.shippedIs(example) {
		t.Errorf("drafts %v: copies in which nothing was changed are left; the example is as shipped: %t", got, r.shippedIs(example))
	}
}

// TestRunsDialog starts another recipe in a project and goes back to the run before, while the new
// one trains.
func TestRunsDialog(t *testing.T) {
	r := finished(t)
	r.s.Plan.Edit(apptest.Parse(t, strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1)), "test", false)
	r.until("the points are read", func() bool { return r.s.Reason == "" && !r.s.Data.Opening })
	r.ask.train()
	test.Tap(r.button("Start a new run"))
	r.until("the new run trains", func() bool { return r.s.Status.Running && r.s.Run.Recipe.Name == "tiny" && r.s.Status.Step > 0 })
	if got := r.note.text.Text; !strings.Contains(got, "tiny-digits") || !strings.Contains(got, "is kept") {
		t.Errorf("the banner says %q", got)
	}
	ask := func() {
		r.commands()["File ▸ Runs…"]()
		r.until("the runs are listed", r.desk.Modal)
	}
	ask()
	text := r.dialogText()
	for _, want := range []string{"tiny-digits", "MNIST digits", "step 6 of 6", "Ring", "open now"} {
		if !strings.Contains(text, want) {
			t.Errorf("the list has no %q: %s", want, text)
		}
	}
	test.Tap(r.button("Open"))
	r.until("the run before is open", func() bool {
		return r.s.Run.Recipe.Name == "tiny-digits" && !r.s.Status.Running && r.s.Status.Step == 6
	})
	if r.desk.Modal() || r.s.Plan.Now().Name != "tiny-digits" || r.s.Differs || r.s.Data.Name != "digits" {
		t.Errorf("the plan is %s on %s, another than the run: %t", r.s.Plan.Now().Name, r.s.Data.Name, r.s.Differs)
	}
	ask()
	test.Tap(r.button("Open"))
	r.until("the points are open again", func() bool { return r.s.Run.Recipe.Name == "tiny" && r.s.Status.Step > 0 })
}

func TestRunRows(t *testing.T) {
	good := session.Run{Plan: apptest.Parse(t, apptest.Points)}
	good.ID, good.Name, good.Step = 1, "tiny", 12345
	bad := session.Run{Err: os.ErrInvalid, Current: true}
	bad.ID = 2
	rows := runRows([]session.Run{good, bad})
	if len(rows) != 2 || rows[0].id != 2 || rows[0].problem != "Invalid argument" || !rows[0].current {
		t.Errorf("rows %+v", rows)
	}
	if got := rows[1]; got.step != "step 12,345 of 40" || got.data != "Ring of 8" || got.problem != "" {
		t.Errorf("the older run is %+v", got)
	}
}

// foreignProject returns a project that learns from a folder elsewhere, as another user would give
// it away.
func foreignProject(t *testing.T) (path, data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "points.csv")
	if err := os.WriteFile(data, []byte("x,y\n"+strings.Repeat("0,1\n1,0\n2,2\n3,1\n", 10)), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GANVAS_HOME", t.TempDir())
	return apptest.Project(t, strings.Replace(apptest.Points, `"ring"`, `"`+filepath.ToSlash(data)+`"`, 1)), data
}

// TestForeignProjectAsks opens a project that names data of another place: nothing is read before
// that is allowed.
func TestForeignProjectAsks(t *testing.T) {
	path, data := foreignProject(t)
	r := newRig(t, Options{})
	r.started()
	r.until("it is idle", func() bool { return r.s.Data.Set != nil })
	ask := func() {
		t.Helper()
		r.openProject(path)
		r.until("it asks", r.desk.Modal)
		if text := r.dialogText(); !strings.Contains(text, data) || !strings.Contains(text, "Read the data of made.ganvas?") {
			t.Fatalf("asks %q", text)
		}
	}
	ask()
	test.Tap(r.button("Cancel"))
	if r.desk.Modal() || r.s.Run != nil || r.s.Reason != "" {
		t.Errorf("after Cancel something is open, or nothing can be trained: %s", r.s.Reason)
	}
	ask()
	test.Tap(r.button("Read it"))
	r.until("it is open", func() bool { return r.s.Run != nil && r.s.Run.Session.Path() == path && r.s.Status.Step == 40 })
	r.newProject()
	r.until("it is closed", func() bool { return r.s.Run == nil && !r.s.Work.Busy() })
	r.openProject(path)
	r.until("it opens without a question", func() bool { return r.s.Run != nil && !r.desk.Modal() })
}

// TestWholeDiskIsAsked opens a recipe that names a whole disk, and chooses one: nothing is read
// before that is allowed.
func TestWholeDiskIsAsked(t *testing.T) {
	root := filepath.VolumeName(t.TempDir()) + string(filepath.Separator)
	file := filepath.Join(t.TempDir(), "all.toml")
	text := strings.Replace(apptest.Digits, `"digits"`, `"`+filepath.ToSlash(root)+`"`, 1)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Options{})
	r.started()
	r.until("it is idle", func() bool { return r.s.Data.Set != nil })
	for name, open := range map[string]func(){"recipe": func() { r.Open(file) }, "folder": func() { r.s.Data.Choose(root) }} {
		before := r.s.Plan.Now()
		open()
		r.until("it asks", r.desk.Modal)
		if got := r.dialogText(); !strings.Contains(got, "Read all of it?") {
			t.Errorf("%s: asks %q", name, got)
		}
		test.Tap(r.button("Cancel"))
		if r.s.Plan.Now() != before || r.s.Work.Busy() {
			t.Errorf("%s: it is read after Cancel", name)
		}
	}
}

// TestWriteProtected opens a project that cannot be written: it can be looked at, and trained once
// it has another place.
func TestWriteProtected(t *testing.T) {
	path := apptest.Project(t, apptest.Points)
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Options{})
	r.started()
	r.until("it is idle", func() bool { return r.s.Data.Set != nil })
	r.openProject(path)
	r.until("it is open", func() bool { return r.s.Run != nil && r.s.Status.Step == 40 })
	said := func(when string) {
		t.Helper()
		if got := r.note.text.Text; !r.note.Visible() || !strings.Contains(got, "made.ganvas is write-protected") {
			t.Errorf("%s the banner says %q", when, got)
		}
	}
	said("as it opens")
	r.note.hide()
	r.ask.train()
	said("as it is to be trained")
	if r.desk.Modal() || r.s.Status.Running {
		t.Error("it asks for steps, or trains")
	}
	test.Tap(r.note.buttons.Objects[0].(*widget.Button))
	copied := filepath.Join(t.TempDir(), "mine.ganvas")
	r.saveAsPath(copied)
	r.until("it has another place", func() bool { return r.s.Run.Session.Path() == copied && !r.s.Work.Busy() })
	r.ask.train()
	test.Tap(r.button("Train"))
	r.until("it is trained", func() bool { return r.s.Status.Step == 80 && !r.s.Status.Running })
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the project was changed: %v", err)
	}
}

// TestPicturesOfTheRunBefore trains points after pictures in one project and goes back: each run
// shows its own picture with its own words.
func TestPicturesOfTheRunBefore(t *testing.T) {
	r := finished(t)
	r.until("a sheet is shown", func() bool { return r.train.shownSheet != nil })
	r.s.Plan.Edit(apptest.Parse(t, strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1)), "test", false)
	r.until("the points are read", func() bool { return r.s.Reason == "" && !r.s.Data.Opening })
	r.ask.train()
	test.Tap(r.button("Start a new run"))
	r.until("points are shown", func() bool { return r.train.shownPoints != nil && r.s.Status.Step > 0 })
	if r.train.shownSheet != nil {
		t.Error("the run on points has the sheet of the digits")
	}
	if got := r.train.initial("steps", -1); got != 0 {
		t.Errorf("a knob goes back to %v, want what the run began with, 0 steps", got)
	}
	r.s.Projects.Open(studio.Opening{Path: r.s.Run.Session.Path(), Run: 1})
	r.until("the digits are shown", func() bool { return r.train.shownSheet != nil && r.s.Status.Step == 6 })
	if got := r.train.caption.segment.Text; r.train.shownPoints != nil || !strings.HasPrefix(got, "Step 6,") {
		t.Errorf("below the digits stands %q; points of the run before: %t", got, r.train.shownPoints != nil)
	}
}
