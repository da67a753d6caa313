package studio

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// idle waits until a run of a step is open and nothing is under way.
func (r *rig) idle(step int64) {
	r.t.Helper()
	r.until("the project is open", func() bool { return r.Run != nil && !r.Work.Busy() && r.Status.Step == step && !r.Status.Running })
}

// close puts the run aside.
func (r *rig) close() {
	r.t.Helper()
	r.Projects.New(nil)
	r.until("it is closed", func() bool { return r.Run == nil && !r.Work.Busy() && r.Data.Set != nil })
}

// asks takes out the question that was asked.
func asks[T Question](r *rig) T {
	r.t.Helper()
	r.until("it asks", func() bool { return len(r.asked) > 0 })
	q, ok := r.asked[0].(T)
	if !ok || len(r.asked) > 1 {
		r.t.Fatalf("asks %T, %d questions", r.asked[0], len(r.asked))
	}
	r.asked = nil
	return q
}

// exampleBytes is a project that stands for the example.
func exampleBytes(t *testing.T) []byte {
	t.Helper()
	example, err := os.ReadFile(apptest.Project(t, apptest.Points))
	if err != nil {
		t.Fatal(err)
	}
	return example
}

// TestMissingProject: a project that is gone is said to be, and is not opened at the next start.
func TestMissingProject(t *testing.T) {
	r := newRig(t, nil)
	path := filepath.Join(t.TempDir(), "gone.ganvas")
	r.memory.SetLast(path)
	r.Projects.Open(Opening{Path: path})
	r.until("it is said", func() bool { return len(r.failed) > 0 })
	r.expectFailure("gone.ganvas")
	if r.memory.Last() != "" {
		t.Error("the next start opens it again")
	}
	r.until("the plan's data are read", func() bool { return r.Data.Set != nil })
}

// TestReopen: a run that was trained opens as it was, and its project is remembered.
func TestReopen(t *testing.T) {
	r := trained(t)
	path := r.Run.Session.Path()
	r.close()
	r.Projects.Open(Opening{Path: path})
	r.idle(40)
	if !r.Plan.Now().Equal(r.Run.Recipe) || r.Data.Set == nil || r.memory.Last() != path {
		t.Errorf("the plan is that of the run: %t; data: %v; last is %q", r.Plan.Now().Equal(r.Run.Recipe), r.Data.Set, r.memory.Last())
	}
}

// TestSwitchRun goes back to the run before in the same project, and forth.
func TestSwitchRun(t *testing.T) {
	r := trained(t)
	other := r.Plan.Now().Clone()
	other.Name, other.Batch = "other", 8
	r.Plan.Edit(other, "Another", false)
	r.Training.Replace((*session.Session).StepBoth)
	r.idle(1)
	for _, want := range []struct {
		run  int64
		name string
		step int64
	}{{1, "tiny", 40}, {2, "other", 1}} {
		r.Projects.Open(Opening{Path: r.Run.Session.Path(), Run: want.run})
		r.idle(want.step)
		if r.Run.Recipe.Name != want.name || r.Plan.Now().Name != want.name || r.Differs {
			t.Errorf("run %d is %s, the plan %s", want.run, r.Run.Recipe.Name, r.Plan.Now().Name)
		}
	}
}

// TestExampleStays trains the example: what was shipped stays as it is and opens again, and so does
// the copy that was trained.
func TestExampleStays(t *testing.T) {
	example := exampleBytes(t)
	r := newRig(t, example)
	shipped := r.Examples[0].path(r.Home)
	check := func(when string, want int) {
		t.Helper()
		drafts, err := filepath.Glob(filepath.Join(r.Home, "drafts", "*"+ProjectExtension))
		if err != nil {
			t.Fatal(err)
		}
		if !isCopy(shipped, example) || len(drafts) != want {
			t.Errorf("%s: drafts %v, want %d; the example is as shipped: %t", when, drafts, want, isCopy(shipped, example))
		}
	}
	var announced []string
	r.Announced.On(func(text string) { announced = append(announced, text) })
	opens := 0
	r.Projects.OpenExample(r.Examples[0], func() { opens++ })
	if r.Refresh(); r.Reason != "Opening the example" {
		t.Errorf("before it is open the plan cannot be trained for: %q", r.Reason)
	}
	r.idle(40)
	if opens != 1 || len(announced) != 2 || announced[0] != "Opening the example …" || announced[1] != "" {
		t.Errorf("opened %d times; announced %q", opens, announced)
	}
	longer := r.Plan.Now().Clone()
	longer.Steps = 46
	r.Plan.Edit(longer, "Train on", false)
	r.Run.Command(r.Run.Session.Train)
	r.until("it has learnt more", func() bool { return r.Status.Step == 46 && !r.Status.Running })
	trained := r.Run.Session.Path()
	r.Projects.OpenExample(r.Examples[0], nil)
	r.idle(40)
	check("opened anew", 2)
	if got := r.memory.recent; !slices.Equal(got, []string{trained}) {
		t.Errorf("recent projects are %v, want %s", got, trained)
	}
	r.Projects.Open(Opening{Path: trained})
	r.idle(46)
	check("after the trained copy was opened", 1)
}

// TestExampleSavedAs gives the example a place of its own without having changed it: that file
// stays.
func TestExampleSavedAs(t *testing.T) {
	r := newRig(t, exampleBytes(t))
	r.Projects.OpenExample(r.Examples[0], nil)
	r.idle(40)
	_, shipped := r.Projects.ExampleAt(r.Examples[0].path(r.Home))
	if _, copied := r.Projects.ExampleAt(r.Run.Session.Path()); copied || !shipped {
		t.Error("the copy is taken for the example, or the example is not")
	}
	kept := filepath.Join(t.TempDir(), "kept.ganvas")
	r.Projects.SaveAs(r.Run, kept)
	r.until("it is saved", func() bool { return r.Run.Session.Path() == kept && !r.Work.Busy() })
	var err error
	if r.Run.opened, err = sumOf(kept); err != nil { // as if the copy were the same to the last byte
		t.Fatal(err)
	}
	r.close()
	if !Exists(kept) || !slices.Contains(r.memory.recent, kept) {
		t.Errorf("the saved project exists: %t; recent are %v", Exists(kept), r.memory.recent)
	}
}

// TestForeignProjectAsks opens a project that names data of another place: nothing is read before
// that is allowed, and then it is not asked again.
func TestForeignProjectAsks(t *testing.T) {
	data := filepath.Join(t.TempDir(), "points.csv")
	if err := os.WriteFile(data, []byte("x,y\n"+strings.Repeat("0,1\n1,0\n2,2\n3,1\n", 10)), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GANVAS_HOME", t.TempDir()) // another person's
	path := apptest.Project(t, strings.Replace(apptest.Points, `"ring"`, `"`+filepath.ToSlash(data)+`"`, 1))
	r := newRig(t, nil)
	r.Projects.Open(Opening{Path: path})
	q := asks[WantsConsent](r)
	if q.Data.Data != data || r.Run != nil {
		t.Errorf("asks for %q; a run is open: %t", q.Data.Data, r.Run != nil)
	}
	r.until("the plan's data are read", func() bool { return r.Reason == "" })
	q.Opening.Read = true
	r.Projects.Open(q.Opening)
	r.idle(40)
	r.close()
	r.Projects.Open(Opening{Path: path})
	r.idle(40)
	if len(r.asked) > 0 {
		t.Errorf("asks again: %+v", r.asked)
	}
}

// TestWholeDiskIsAsked chooses a whole disk: nothing is read before that is allowed.
func TestWholeDiskIsAsked(t *testing.T) {
	r := ready(t, apptest.Points)
	before := r.Plan.Now()
	root := filepath.VolumeName(t.TempDir()) + string(filepath.Separator)
	r.Data.Choose(root)
	if q := asks[WantsWholeDisk](r); q.Data.Data != root || !q.Data.Whole {
		t.Errorf("asks for %+v", q.Data)
	}
	named := before.Clone()
	named.Data = root
	called := false
	r.Data.MayRead(named, func() { called = true })
	asks[WantsWholeDisk](r)
	if r.Plan.Now() != before || r.Work.Busy() || called {
		t.Error("it is read without leave")
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
	r := newRig(t, nil)
	r.Projects.Open(Opening{Path: path})
	r.idle(40)
	if got := r.Training.Start((*session.Session).Train); got != ReadOnly {
		t.Errorf("training answers %d, want %d", got, ReadOnly)
	}
	copied := filepath.Join(t.TempDir(), "mine.ganvas")
	r.Projects.SaveAs(r.Run, copied)
	r.until("it has another place", func() bool { return r.Run.Session.Path() == copied && !r.Work.Busy() })
	if got := r.Training.Start((*session.Session).Train); got != AllDone {
		t.Errorf("training the copy answers %d, want %d", got, AllDone)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the project was changed: %v", err)
	}
}

// TestSaveWhileClosing saves, with and without a place, while the project is being put aside:
// nothing is said, and it is whole.
func TestSaveWhileClosing(t *testing.T) {
	for _, named := range []bool{false, true} {
		r := trained(t)
		path := filepath.Join(t.TempDir(), "kept.ganvas")
		if named {
			r.Projects.SaveAs(r.Run, path)
			r.until("it is saved", func() bool { return r.Run.Session.Path() == path && !r.Work.Busy() })
		}
		old := r.Run
		old.Write(func() error {
			_, err := old.Session.PutLatent(ckpt.Latent{Name: "find", Z: []float32{0, 0}}, nil)
			return err
		}, nil)
		r.Projects.New(nil)
		if has := r.Projects.Save(); has != named {
			t.Errorf("it has a place: %t, want %t", has, named)
		}
		old.Write(old.Session.Save, nil)
		r.until("the run is put aside", func() bool { return r.Run == nil && !r.Work.Busy() && r.Data.Set != nil })
		r.Projects.Save()
		r.Projects.SaveAs(old, path)
		old.settle()
		r.loop.Turn()
		if len(r.failed) > 0 {
			t.Errorf("named %t: says %v", named, r.failed)
		}
		s, err := session.Open(context.Background(), old.Session.Path(), session.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if finds, err := s.Latents(); err != nil || len(finds) != 1 {
			t.Errorf("named %t: %d finds, %v", named, len(finds), err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
