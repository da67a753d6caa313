package studio

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// TestMain computes on one thread: the networks here are so small that threads would only wait for
// each other.
func TestMain(m *testing.M) {
	tensor.SetThreads(1)
	os.Exit(m.Run())
}

// remembered is a Memory that forgets with the test.
type remembered struct {
	mu     sync.Mutex
	last   string
	recent []string
	data   []string
	parts  map[string]string // by path
	energy bool
}

func (m *remembered) Last() string { m.mu.Lock(); defer m.mu.Unlock(); return m.last }

func (m *remembered) SetLast(path string) { m.mu.Lock(); defer m.mu.Unlock(); m.last = path }

func (m *remembered) AddRecent(path string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.recent, m.last = append(m.recent, path), path
}

func (m *remembered) Recent() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.recent)
}

func (m *remembered) RemoveRecent(path string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.recent = slices.DeleteFunc(m.recent, func(p string) bool { return p == path })
}

func (m *remembered) RecentData() []string { return m.data }

func (m *remembered) AddRecentData(path, parts string) {
	m.data = append(m.data, path)
	m.parts[path] = parts
}

func (m *remembered) RemoveRecentData(string) {}

func (m *remembered) Parts(path string) string { return m.parts[path] }

func (m *remembered) EnergySaving() bool      { return m.energy }
func (m *remembered) SetEnergySaving(on bool) { m.energy = on }

func (m *remembered) StringList(string) []string     { return nil }
func (m *remembered) SetStringList(string, []string) {}

// A rig is a studio under test, and what it has said.
type rig struct {
	*Studio
	t      *testing.T
	loop   *apptest.Loop
	memory *remembered
	failed []error
	said   Message
	asked  []Question
}

// examplesOf returns the examples of a program that comes with a project; nil: none.
func examplesOf(project []byte) []Example {
	if project == nil {
		return nil
	}
	return []Example{{Name: "digits", Title: "Digits, finished", Project: func() ([]byte, error) { return project, nil }}}
}

// newRig returns a studio with a home of its own, of a gigabyte of memory.
func newRig(t *testing.T, example []byte) *rig {
	t.Helper()
	home := t.TempDir()
	t.Setenv("GANVAS_HOME", home)
	r := &rig{t: t, loop: apptest.NewLoop(), memory: &remembered{parts: make(map[string]string)}}
	r.Studio = New(Options{Do: r.loop.Do, Home: home, Memory: r.memory, Examples: examplesOf(example), Free: func() (int64, error) { return 1 << 30, nil }})
	r.Failed.On(func(err error) { r.failed = append(r.failed, err) })
	r.Said.On(func(m Message) { r.said = m })
	r.Asked.On(func(q Question) { r.asked = append(r.asked, q) })
	t.Cleanup(func() {
		if err := r.Finish(0); err != nil {
			t.Error(err)
		}
		r.Jobs.Close()
		for _, err := range r.failed {
			t.Errorf("failed: %v", err)
		}
	})
	return r
}

func (r *rig) until(what string, done func() bool) {
	r.t.Helper()
	r.loop.Until(r.t, what, done)
}

// ready returns a studio whose plan is a recipe, with its data read.
func ready(t *testing.T, text string) *rig {
	t.Helper()
	r := newRig(t, nil)
	r.Plan.Edit(apptest.Parse(t, text), "test", false)
	r.until("the data are read", func() bool { return r.Data.Set != nil && r.Reason == "" })
	return r
}

// trained returns a studio with a run that has done its forty steps.
func trained(t *testing.T) *rig {
	t.Helper()
	r := ready(t, apptest.Points)
	if got := r.Training.Start((*session.Session).Train); got != Started {
		t.Fatalf("starting answers %d", got)
	}
	r.until("it is trained", func() bool { return r.Status.Step == 40 && !r.Status.Running })
	return r
}

// expectFailure returns the error that was told, which the end of the test does not tell again.
func (r *rig) expectFailure(part string) {
	r.t.Helper()
	if len(r.failed) != 1 || !strings.Contains(r.failed[0].Error(), part) {
		r.t.Errorf("failed: %v, want one error with %q", r.failed, part)
	}
	r.failed = nil
}

// TestStartAnswers asks to train in every state.
func TestStartAnswers(t *testing.T) {
	r := newRig(t, nil)
	train := (*session.Session).Train
	r.Refresh()
	if got := r.Training.Start(train); got != NotReady || r.Reason == "" {
		t.Errorf("without data: %d, %q", got, r.Reason)
	}
	r.Plan.Edit(apptest.Parse(t, apptest.Points), "test", false)
	r.until("the data are read", func() bool { return r.Reason == "" })
	if got := r.Training.Start(train); got != Started {
		t.Errorf("with data: %d", got)
	}
	r.until("it is trained", func() bool { return r.Status.Step == 40 && !r.Status.Running })
	if got := r.Training.Start(train); got != AllDone {
		t.Errorf("after all steps: %d", got)
	}
	other := r.Plan.Now().Clone()
	other.Batch = 8
	r.Plan.Edit(other, "Smaller batch", false)
	if got := r.Training.Start(train); got != NeedsNewRun || !strings.Contains(r.Training.NewRunText(other), "Batch: 8 instead of 16") {
		t.Errorf("with another plan: %d, %q", got, r.Training.NewRunText(other))
	}
	r.Training.Replace((*session.Session).StepBoth)
	r.until("the new run has made a step", func() bool { return r.Status.Step == 1 && !r.Status.Running })
	if r.Differs || !strings.Contains(r.said.Text, "is kept") {
		t.Errorf("the plan differs: %t; said %q", r.Differs, r.said.Text)
	}
}

// TestBuildingIsNoEdit: what undo takes back outlives the making of a run.
func TestBuildingIsNoEdit(t *testing.T) {
	r := trained(t)
	if undo, _ := r.Plan.Labels(); undo != "test" {
		t.Errorf("undo would take back %q, want the edit before the run", undo)
	}
}

// TestBeyondMemoryIsNotStarted holds that a plan that does not fit cannot be started, says why, and
// can be once it fits.
func TestBeyondMemoryIsNotStarted(t *testing.T) {
	r := ready(t, apptest.Points)
	bytes := int64(1 << 20)
	r.Free = func() (int64, error) { return bytes, nil }
	r.Refresh()
	if !strings.HasPrefix(r.Reason, "Training needs about ") {
		t.Fatalf("the plan is said to fit into 1 MB: %q", r.Reason)
	}
	if got := r.Training.Start((*session.Session).Train); got != NotReady || r.Run != nil || r.Work.Firm() {
		t.Errorf("a plan that does not fit is begun: %d", got)
	}
	bytes = 1 << 30
	r.Refresh()
	if r.Reason != "" {
		t.Errorf("with 1 GB free the plan still cannot be trained: %s", r.Reason)
	}
}

// TestLiveChanges: what a run takes while it goes on reaches it at once, and undo takes it back.
func TestLiveChanges(t *testing.T) {
	r := trained(t)
	if err := r.Plan.SetLive("g.lr", "0.25", "Change"); err != nil {
		t.Fatal(err)
	}
	has := func(lr float64) func() bool { return func() bool { return r.Run.Session.Recipe().G.LR == lr } }
	r.until("the run has the rate", has(0.25))
	r.Plan.Undo()
	r.until("the run has the rate of before", has(apptest.Parse(t, apptest.Points).G.LR))
	if r.Differs {
		t.Error("the plan is another run than the one that is open")
	}
	if err := r.Plan.SetLive("g.lr", "fast", "Change"); err == nil {
		t.Error("no number is taken for a rate")
	}
}

// TestSubjectsGo: what questions are about goes with the plan, the run and the project.
func TestSubjectsGo(t *testing.T) {
	r := trained(t)
	plan, run, project, data := r.ThisPlan(), r.ThisRun(), r.ThisProject(), r.ThisData()
	states := func() [4]bool { return [4]bool{plan(), run(), project(), data()} }
	if got := states(); got != [4]bool{true, true, true, true} {
		t.Fatalf("at first: %v", got)
	}
	other := r.Plan.Now().Clone()
	other.Batch = 8
	r.Plan.Edit(other, "Smaller batch", false)
	if got := states(); got != [4]bool{false, true, true, true} {
		t.Errorf("after an edit: %v", got)
	}
	r.Training.Replace((*session.Session).StepBoth)
	r.until("the new run is there", func() bool { return r.Status.Step == 1 && !r.Status.Running })
	if got := states(); got != [4]bool{false, false, true, true} {
		t.Errorf("after another run: %v", got)
	}
	r.Projects.New(nil)
	r.until("it is closed", func() bool { return r.Run == nil && r.Data.Set != nil })
	if got := states(); got != [4]bool{false, false, false, false} {
		t.Errorf("after another project: %v", got)
	}
}

// TestLateReadingStartsNothing: a run that was to begin once data are read does not begin after it
// was put aside.
func TestLateReadingStartsNothing(t *testing.T) {
	r := trained(t)
	called := false
	r.Data.Opening = true
	r.Training.WhenReady(func() { called = true })
	r.Data.Opening = false
	later := r.Training.afterReading
	r.Projects.New(nil)
	r.until("the run is put aside", func() bool { return r.Run == nil && !r.Work.Busy() })
	later()
	if called {
		t.Error("it begins with another plan")
	}
}
