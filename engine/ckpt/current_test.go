package ckpt

import (
	"errors"
	"testing"
)

// wantCurrent fails unless run is the current one.
func wantCurrent(t *testing.T, f *File, run int64) {
	t.Helper()
	got, err := f.RunByID(0)
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != run {
		t.Errorf("the current run is %d, want %d", got.ID, run)
	}
}

// The current run is the one that was saved to or chosen last.
func TestCurrentRun(t *testing.T) {
	f := newFile(t)
	if _, err := f.RunByID(0); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("the current run of an empty project: %v", err)
	}
	first, second := newRun(t, f), newRun(t, f)
	wantCurrent(t, f, second)
	save := func(run int64) {
		t.Helper()
		if err := f.Save(Save{Run: run, Step: 1, Kind: "auto", State: small(1)}); err != nil {
			t.Fatal(err)
		}
	}
	save(first)
	wantCurrent(t, f, first) // as the other has nothing that could be gone on with
	save(second)
	wantCurrent(t, f, second)
	if err := f.SetCurrent(first); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, f, first)
	if err := f.Save(Save{Run: second, Step: 1, Kind: "auto", Events: []Event{{1, "set", "g.lr = 1"}}}); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, f, first) // a save without a state goes on with nothing
	if err := f.SetCurrent(7); err == nil {
		t.Error("a run that is not there is current")
	}
}

// Projects of earlier versions do not note a current run.
func TestCurrentOfOld(t *testing.T) {
	f := newFile(t)
	first := newRun(t, f)
	if err := f.Save(Save{Run: first, Step: 1, Kind: "auto", State: small(1)}); err != nil {
		t.Fatal(err)
	}
	newRun(t, f) // a kill came before its first checkpoint
	for _, note := range []string{"", "9", "x"} {
		if err := f.SetMeta(currentKey, note); err != nil {
			t.Fatal(err)
		}
		wantCurrent(t, f, first)
	}
}
