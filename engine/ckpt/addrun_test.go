package ckpt

import (
	"slices"
	"strconv"
	"testing"
)

// A run is there with its first checkpoint, or not at all.
func TestAddRun(t *testing.T) {
	f := newFile(t)
	first := newRun(t, f)
	if err := f.Save(Save{Run: first, Step: 3, Kind: "manual", State: small(3)}); err != nil {
		t.Fatal(err)
	}
	note := func(run int64) (key, value string) { return "note", string(rune('0' + run)) }
	add := func(s Save) (int64, error) {
		return f.AddRun(Run{Parent: first, FromStep: 3, Name: "second"}, []string{"loss"}, s, note)
	}
	unchanged := func(after string) {
		t.Helper()
		runs, err := f.Runs()
		if err != nil || len(runs) != 1 {
			t.Errorf("after %s: %d runs, error %v", after, len(runs), err)
		}
		if current, err := f.RunByID(0); err != nil || current.ID != first {
			t.Errorf("after %s run %d is the current one, error %v", after, current.ID, err)
		}
		if value, err := f.Meta("note"); err != nil || value != "" {
			t.Errorf("after %s there is a note %q, error %v", after, value, err)
		}
	}
	if id, err := add(Save{Step: 3, Kind: "odd", State: small(4)}); err == nil || id != 0 {
		t.Errorf("with a checkpoint of an unknown kind it is run %d, error %v", id, err)
	}
	unchanged("an unknown kind")
	pages, err := f.db.int("PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	large := &State{Entries: []Entry{{Name: "w", DType: "F32", Shape: []int{1 << 18}, F32: noisy(1 << 18)}}}
	if err := f.db.script("PRAGMA max_page_count = " + strconv.FormatInt(pages+20, 10)); err != nil {
		t.Fatal(err)
	}
	_, err = add(Save{Step: 3, Kind: "manual", State: large})
	wantError(t, "full disk", err, ErrDiskFull, "save "+f.Path(), "free some space")
	unchanged("a full disk")
	if err := f.db.script("PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	id, err := add(Save{Step: 3, Kind: "manual", State: large, Events: []Event{{Step: 3, Kind: "from", Text: "elsewhere"}}})
	if err != nil {
		t.Fatal(err)
	}
	run, err := f.RunByID(0)
	if err != nil || run.ID != id || run.Parent != first || run.FromStep != 3 || run.Step != 3 || run.Damaged {
		t.Errorf("the current run is %+v, error %v", run, err)
	}
	state, err := f.Load(id, -1)
	if err != nil || !slices.Equal(state.Entries[0].F32, large.Entries[0].F32) {
		t.Errorf("its state is another one, error %v", err)
	}
	if names, err := f.MetricNames(id); err != nil || !slices.Equal(names, []string{"loss"}) {
		t.Errorf("its metrics are %v, error %v", names, err)
	}
	if value, err := f.Meta("note"); err != nil || value != "2" {
		t.Errorf("its note is %q, error %v", value, err)
	}
}

// noisy is what no compression makes smaller.
func noisy(n int) []float32 {
	x := make([]float32, n)
	s := uint32(1)
	for i := range x {
		s = s*1664525 + 1013904223
		x[i] = float32(s)
	}
	return x
}
