package ckpt

import (
	"bufio"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// childEnv holds the project that a child process of TestKill saves into.
const childEnv = "GANVAS_CKPT_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		fmt.Println("error", saveForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// crashState is what the child saves at a step: some 1.6 MB that follow from it.
func crashState(step int64) *State {
	r := rand.New(rand.NewPCG(uint64(step), 1))
	values := make([]uint64, 200_000)
	for i := range values {
		values[i] = r.Uint64()
	}
	core, rest := values[:50_000], values[50_000:]
	return &State{Entries: []Entry{
		{Name: "w", DType: "U64", Shape: []int{len(core)}, U64: core}, {Name: "m", DType: "U64", Shape: []int{len(rest)}, U64: rest},
	}}
}

// saveForever goes on with the only run of a project and tells before and after each save, until it
// is killed.
func saveForever(path string) error {
	f, err := Open(path)
	if err != nil {
		return err
	}
	runs, err := f.Runs()
	if err != nil {
		return err
	}
	// A small cache makes SQLite write to the file all through a save and not only at its end.
	if err := f.db.script("PRAGMA cache_size = 20"); err != nil {
		return err
	}
	for step := runs[0].Step + 1; ; step++ {
		s := Save{
			Run: runs[0].ID, Step: step, Kind: "auto", State: crashState(step), Keep: 2, Core: 1, Full: -1,
			Metrics: []MetricRow{{step, []float32{float32(step)}}}, Sheets: []Sheet{{step, []byte("png")}},
		}
		fmt.Println("saving", step)
		if err := f.Save(s); err != nil {
			return err
		}
		if _, err := fmt.Println("saved", step); err != nil {
			return err // nobody listens any more
		}
	}
}

// killed runs a child on the project and kills it at a random instant. It returns the last steps
// that the child said it was saving and had saved.
func killed(t *testing.T, path string, r *rand.Rand) (saving, saved int64) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	left := 1 + 2*r.IntN(4) // odd: just after a save began
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var verb string
		var step int64
		if _, err := fmt.Sscan(lines.Text(), &verb, &step); err != nil {
			t.Fatalf("child: %s", lines.Text())
		}
		switch verb {
		case "saving":
			saving = step
		case "saved":
			saved = step
		}
		if left--; left == 0 {
			for range r.IntN(400) { // somewhere in the save, without a clock
				runtime.Gosched()
				_ = crashInstant(r)
			}
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("child ended by itself")
	}
	return saving, saved
}

// crashInstant does a little work, so that the loop around it takes up to a few times as long as a
// save.
func crashInstant(r *rand.Rand) (sum uint64) {
	for range 10_000 {
		sum ^= r.Uint64()
	}
	return sum
}

// kill -9 at any instant leaves a project that opens, has every save that was reported and is
// whole.
func TestKill(t *testing.T) {
	f := newFile(t)
	path := f.Path()
	run := newRun(t, f)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 9))
	inside, journals := 0, 0
	for round := range 12 {
		saving, saved := killed(t, path, r)
		if saving > saved {
			inside++
		}
		if _, err := os.Stat(path + "-journal"); err == nil {
			journals++
		}
		openers := []func(string) (*File, error){OpenReadOnly, Open}
		for i := range openers {
			f, err := openers[(round+i)%2](path) // either can be the first after the kill
			if err != nil {
				t.Fatalf("round %d: killed in save %d: %v", round, saving, err)
			}
			checkCrashed(t, f, run, saving, saved)
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}
		onlyFile(t, path)
	}
	t.Logf("12 kills, %d inside a save, %d with a journal left", inside, journals)
}

// checkCrashed checks a project that was opened after a kill.
func checkCrashed(t *testing.T, f *File, run, saving, saved int64) {
	t.Helper()
	if err := f.read("check", (*db).quickCheck); err != nil {
		t.Fatalf("killed in save %d: %v", saving, err)
	}
	list, err := f.Checkpoints(run)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		if saved > 0 {
			t.Errorf("step %d was reported as saved, nothing is there", saved)
		}
		return
	}
	newest := list[len(list)-1]
	if newest.Step < saved || newest.Step > saving {
		t.Errorf("newest checkpoint is of step %d; %d was reported as saved, %d begun", newest.Step, saved, saving)
	}
	for i, c := range list {
		want := crashState(c.Step)
		if i < len(list)-1 {
			want.Entries = want.Entries[:1]
		}
		if s, err := f.Load(run, c.Step); err != nil || s.SHA256() != want.SHA256() {
			t.Errorf("step %d of steps to %d: another state, error %v", c.Step, newest.Step, err)
		}
	}
	rows, err := f.Metrics(run, 0)
	if err != nil || int64(len(rows)) != newest.Step {
		t.Errorf("%d metric rows up to step %d, error %v", len(rows), newest.Step, err)
	}
	if steps, err := f.SheetSteps(run); err != nil || int64(len(steps)) != newest.Step {
		t.Errorf("%d sheets up to step %d, error %v", len(steps), newest.Step, err)
	}
}

// An interrupted save is undone on a copy when a project is looked at, and in place when it is
// opened for training. Both say so.
func TestInterrupted(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	if err := f.Save(Save{Run: run, Step: 1, Kind: "auto", State: small(1)}); err != nil {
		t.Fatal(err)
	}
	// What a kill leaves: pages written and the journal there. A cache of one page makes SQLite
	// write early.
	dir := t.TempDir()
	copied := filepath.Join(dir, "copy.ganvas")
	err := f.update("save", func(d *db) error {
		if err := d.script("PRAGMA cache_size = 1"); err != nil {
			return err
		}
		if err := d.saveCheckpoint(&Save{Run: run, Step: 1, Kind: "auto", State: crashState(1)}, stateSums{}, 0); err != nil {
			return err
		}
		for _, suffix := range []string{"", "-journal"} {
			b, err := os.ReadFile(f.path + suffix)
			if err != nil {
				return err
			}
			if err := os.WriteFile(copied+suffix, b, 0o644); err != nil {
				return err
			}
		}
		return os.ErrInvalid // do not keep it
	})
	if err == nil {
		t.Fatal("no error from the update")
	}
	before := folder(t, dir)
	for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
		f, err := opener(copied)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := f.Load(run, -1); err != nil || s.SHA256() != small(1).SHA256() {
			t.Errorf("the interrupted save is not undone, error %v", err)
		}
		if w := fmt.Sprint(f.Warnings()); !strings.Contains(w, "interrupted") {
			t.Errorf("warnings %s", w)
		}
		if f.ReadOnly() && !maps.Equal(folder(t, dir), before) {
			t.Error("looking at the project has changed its folder")
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	onlyFile(t, copied)
}

// folder returns the content of all files of a folder.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	content := make(map[string]string)
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		content[e.Name()] = string(b)
	}
	return content
}
