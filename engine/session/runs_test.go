package session

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
)

// twoRuns returns a project in which a second run took the place of one that had come to step 6;
// the second came to step 3.
func twoRuns(t *testing.T) (path, first, second string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "two.ganvas")
	s, err := Create(t.Context(), small(), nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	first = trainUntil(t, s, 6)
	r := small()
	r.Name, r.Data, r.G.LR = "again", "moons", 0.01
	if err := s.Replace(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	second = trainUntil(t, s, 3)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, first, second
}

func open(t *testing.T, path string, o Options) *Session {
	t.Helper()
	s, err := Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// wantRun fails unless a session is at a step of a run with a sum, and lists the run as the current
// one.
func wantRun(t *testing.T, s *Session, id, step int64, sum string) {
	t.Helper()
	if s.RunID() != id || s.Status().Step != step || s.State().SHA256() != sum {
		t.Errorf("run %d at step %d, want run %d at step %d with its bits", s.RunID(), s.Status().Step, id, step)
	}
	runs, err := s.Runs()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		if r.Current != (r.ID == id) {
			t.Errorf("run %d is current: %v, want run %d to be", r.ID, r.Current, id)
		}
	}
}

// A run that another took the place of is opened by its number, is the current one from then on,
// and goes on as if it had never been left. The other keeps its bits.
func TestOpenRun(t *testing.T) {
	want := trainUntil(t, create(t, small(), Options{}), 10)
	path, first, second := twoRuns(t)
	s := open(t, path, Options{})
	wantRun(t, s, 2, 3, second)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path, Options{Run: 1})
	wantRun(t, s, 1, 6, first)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path, Options{})
	wantRun(t, s, 1, 6, first)
	if got := trainUntil(t, s, 10); got != want {
		t.Errorf("run 1 has other bits after it was left and opened again")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path, Options{Run: 2})
	wantRun(t, s, 2, 3, second)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{Run: 3}); err == nil || !strings.Contains(err.Error(), "no run 3 in this project: choose one of 1, 2") {
		t.Errorf("opening a run that is not there: %v", err)
	}
}

// An open project is switched between its runs, each as if it had never been left.
func TestSwitchRun(t *testing.T) {
	want := trainUntil(t, create(t, small(), Options{}), 10)
	path, first, second := twoRuns(t)
	s := open(t, path, Options{})
	trained := trainUntil(t, s, 5)
	if err := s.SwitchRun(t.Context(), Options{Run: 1}); err != nil {
		t.Fatal(err)
	}
	wantRun(t, s, 1, 6, first)
	if got := s.Recipe(); got.Data != "ring" || s.Data().Info().Name == "" {
		t.Errorf("switched to a recipe of %s", got.Data)
	}
	if got := trainUntil(t, s, 10); got != want {
		t.Errorf("run 1 has other bits after it was switched to")
	}
	if err := s.SwitchRun(t.Context(), Options{Run: 2}); err != nil {
		t.Fatal(err)
	}
	wantRun(t, s, 2, 5, trained)
	if trained == second {
		t.Error("run 2 did not learn")
	}
	if err := s.SwitchRun(t.Context(), Options{Run: 9}); err == nil {
		t.Error("switched to a run that is not there")
	}
	wantRun(t, s, 2, 5, trained)
}

// A run whose data are gone is not switched to, and nothing changes.
func TestSwitchWithoutData(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	path, _, second := twoRuns(t)
	f, err := ckpt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	gone := small()
	gone.Data = filepath.Join(t.TempDir(), "gone")
	if err := errors.Join(f.SetRecipe(1, string(gone.Bytes())), f.Close()); err != nil {
		t.Fatal(err)
	}
	s := open(t, path, Options{})
	var wrong *DataError
	if err := s.SwitchRun(context.Background(), Options{Run: 1, ReadData: true}); !errors.As(err, &wrong) || wrong.Data != gone.Data {
		t.Fatalf("switched to a run without its data: %v", err)
	}
	wantRun(t, s, 2, 3, second)
	if err := s.SwitchRun(t.Context(), Options{Run: 1, Data: "ring"}); err != nil {
		t.Fatal(err)
	}
	if s.RunID() != 1 {
		t.Errorf("run %d, want 1 with the data that were named", s.RunID())
	}
}

// A new run makes the project heavier, and what is said of it follows.
func TestWeight(t *testing.T) {
	s := create(t, small(), Options{})
	before, err := s.Weight()
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 5)
	after, err := s.Weight()
	run := s.RunID()
	if err != nil || after.Bytes < before.Bytes || after.Runs[run].Checkpoints <= before.Runs[run].Checkpoints || after.Runs[run].Metrics == 0 {
		t.Errorf("%+v and then %+v, error %v", before, after, err)
	}
}
