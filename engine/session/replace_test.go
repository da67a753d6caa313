package session

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
)

// stepAt is the newest saved step of the project at path.
func stepAt(t *testing.T, path string) int64 {
	t.Helper()
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	runs, err := f.Runs()
	if err != nil || len(runs) == 0 {
		t.Fatalf("%d runs, error %v", len(runs), err)
	}
	return runs[len(runs)-1].Step
}

// A run takes the place of another project with its first save of something learnt, and before that
// not at all.
func TestReplaceWhenLearnt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ganvas")
	old, err := Create(t.Context(), small(), nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, old, 5)
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	replacing := func() *Session {
		s, err := Create(t.Context(), small(), nil, path, Options{Replace: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}

	s := replacing()
	if got := stepAt(t, path); got != 5 || !s.Pending() {
		t.Errorf("step %d is at the name before anything is learnt, pending %v", got, s.Pending())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if got := stepAt(t, path); got != 5 {
		t.Errorf("a run that learnt nothing has replaced a project: step %d", got)
	}

	s = replacing()
	for _, p := range s.trainer.D.Params {
		p.Value.Data[0] = 1e38
	}
	s.TrainUntil(3)
	if err := s.Wait(); !errors.As(err, new(*gan.NonFinite)) {
		t.Errorf("error %v, want one of a loss that is not finite", err)
	}
	if err := s.Close(); err != nil || !s.Pending() {
		t.Errorf("pending %v, error %v", s.Pending(), err)
	}
	if got := stepAt(t, path); got != 5 {
		t.Errorf("a run that failed has replaced a project: step %d", got)
	}

	s = replacing()
	trainUntil(t, s, 2)
	if got := stepAt(t, path); got != 2 || s.Pending() {
		t.Errorf("step %d is at the name after a save, pending %v", got, s.Pending())
	}
	trainUntil(t, s, 3)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if got := stepAt(t, path); got != 3 {
		t.Errorf("step %d, want 3", got)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v are left, error %v", entries, err)
	}
}

// Where the name cannot be had any more, what was learnt gets another.
func TestRescue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ganvas")
	s, err := Create(t.Context(), small(), nil, path, Options{Replace: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o755); err != nil { // a file is not renamed over a folder
		t.Fatal(err)
	}
	s.TrainUntil(2)
	if err := s.Wait(); err == nil {
		t.Error("no error of the save")
	}
	err = s.Close()
	beside := filepath.Join(filepath.Dir(path), "a 2.ganvas")
	if err == nil || !strings.Contains(err.Error(), beside) {
		t.Errorf("error %v, want one that says where the run is", err)
	}
	if got := stepAt(t, beside); got != 2 {
		t.Errorf("step %d, want 2", got)
	}
}

// A run whose metrics are damaged goes on with its weights, bit for bit, and says so.
func TestDamagedMetrics(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.ganvas")
	s, err := Create(t.Context(), small(), nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 5)
	want := trainUntil(t, s, 8)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The values of a loss at a step are nowhere else in the file.
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	at := blockAt(t, f, content)
	f.Close()
	content[at] ^= 1
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := OpenAt(t.Context(), path, 5, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if w := strings.Join(again.Warnings(), "; "); !strings.Contains(w, "metrics") {
		t.Errorf("warnings %q", w)
	}
	if got := trainUntil(t, again, 8); got != want {
		t.Error("the run goes on with other bits")
	}
}

// blockAt returns where in the file the values of the first step's metrics are.
func blockAt(t *testing.T, f *ckpt.File, content []byte) int {
	t.Helper()
	rows, err := f.Metrics(1, 0)
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d rows, error %v", len(rows), err)
	}
	var b []byte
	for _, v := range rows[0].Values[:2] {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	at := bytes.Index(content, b)
	if at < 0 {
		t.Fatal("the metrics are not in the file")
	}
	return at
}

// A write-protected project can be looked at; training fails at its start, and a copy trains.
func TestWriteProtected(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.ganvas")
	s, err := Create(t.Context(), small(), nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 2)
	// Protected while it is open, and before.
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, train := range []func(){s.Train, s.StepBoth, s.StepD} {
			train()
			if err := s.Wait(); err == nil || !strings.Contains(err.Error(), "write-protected") {
				t.Errorf("error %v", err)
			}
		}
		if got := s.Status().Step; got != 2 {
			t.Errorf("step %d, want 2", got)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if s, err = Open(t.Context(), path, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	defer s.Close()
	if err := s.SaveAs(filepath.Join(dir, "b.ganvas")); err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 3)
}
