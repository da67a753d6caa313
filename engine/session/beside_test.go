package session

import (
	"errors"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
)

// A run that is trained beside another has the bits that it has alone, and the other stays the
// current one.
func TestRunBesideAnother(t *testing.T) {
	other := small()
	other.Seed = 7
	want := trainUntil(t, create(t, other, Options{}), 9)
	alone := trainUntil(t, create(t, small(), Options{}), 9)

	s := create(t, small(), Options{})
	b, err := CreateIn(t.Context(), s.File(), other, nil, Options{Beside: true})
	if err != nil {
		t.Fatal(err)
	}
	s.TrainUntil(9)
	got := trainUntil(t, b, 5)
	if err := errors.Join(s.Wait(), b.Close(), b.Close()); err != nil {
		t.Fatal(err)
	}
	if got == want {
		t.Error("five steps have the bits of nine")
	}
	wantRun(t, s, 1, 9, alone)
	if b, err = OpenIn(t.Context(), s.File(), Options{Run: 2, Beside: true}); err != nil {
		t.Fatal(err)
	}
	if got := trainUntil(t, b, 9); got != want {
		t.Error("beside another a run has other bits")
	}
	if err := s.File().DeleteRun(2); !errors.Is(err, ckpt.ErrRunInUse) {
		t.Errorf("a run that is trained is deleted: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	wantRun(t, s, 1, 9, alone)
	if err := s.File().DeleteRun(1); !errors.Is(err, ckpt.ErrRunInUse) {
		t.Errorf("the run that is open is deleted: %v", err)
	}
	if err := s.File().DeleteRun(2); err != nil {
		t.Error(err)
	}
	if _, err := OpenIn(t.Context(), s.File(), Options{Run: 2}); err == nil || !strings.Contains(err.Error(), "is deleted") {
		t.Errorf("a deleted run is opened: %v", err)
	}
}

// A deleted run can be restored until the project is closed, and is gone then with what was kept
// of its data. The time of training is kept with a run.
func TestDeletedGoWithClosing(t *testing.T) {
	path, _, _ := twoRuns(t)
	s := open(t, path, Options{})
	f := s.File()
	runs, err := s.Runs()
	if err != nil || len(runs) != 2 || runs[0].Trained <= 0 || runs[1].Trained <= 0 {
		t.Fatalf("runs %+v, error %v", runs, err)
	}
	if err := errors.Join(f.DeleteRun(1), f.RestoreRun(1), f.DeleteRun(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err = ckpt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gone, err := f.DeletedRuns()
	left, errLeft := f.Runs()
	record, errMeta := f.Meta(recordKey(1))
	if err := errors.Join(err, errLeft, errMeta); err != nil || len(gone) > 0 || len(left) != 1 || left[0].ID != 2 || record != "" {
		t.Errorf("deleted are %+v, left %+v, of the data %q, error %v", gone, left, record, err)
	}
}

// A copy of a run goes on from its step as the run did, and is a branch of it. The run that is open
// stays so.
func TestDuplicateRun(t *testing.T) {
	s := create(t, small(), Options{})
	trainUntil(t, s, 4)
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	want := trainUntil(t, s, 9)
	id, err := DuplicateRun(s.File(), 1, 4, "a copy")
	if err != nil {
		t.Fatal(err)
	}
	runs, err := s.Runs()
	if err != nil || len(runs) != 2 || !runs[0].Current {
		t.Fatalf("runs %+v, error %v", runs, err)
	}
	if r := runs[1]; r.ID != id || r.Parent != 1 || r.FromStep != 4 || r.Step != 4 || r.Name != "a copy" {
		t.Errorf("the copy is %+v", r)
	}
	b, err := OpenIn(t.Context(), s.File(), Options{Run: id, Beside: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := trainUntil(t, b, 9); got != want {
		t.Error("the copy went on with other bits")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id, step int64
		name     string
		part     string
	}{{7, -1, "a", "no run 7"}, {1, 5, "a", "no checkpoint"}, {1, -1, " ", "is empty"}} {
		if _, err := DuplicateRun(s.File(), c.id, c.step, c.name); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%+v: error %v", c, err)
		}
	}
}
