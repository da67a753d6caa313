package ckpt

import (
	"path/filepath"
	"testing"
)

// TestJudgements: one of a key at each step, and none of steps that the run went back behind.
func TestJudgements(t *testing.T) {
	f, err := Create(filepath.Join(t.TempDir(), "a.ganvas"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	run, err := f.NewRun(Run{Name: "a", Recipe: "version = 1"})
	if err != nil {
		t.Fatal(err)
	}
	put := func(step int64, key, text string) {
		t.Helper()
		if err := f.PutJudgement(run, Judgement{Step: step, Key: key, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	state := &State{Entries: []Entry{{Name: "w", DType: "F32", Shape: []int{1}, F32: []float32{1}}}}
	for _, step := range []int64{10, 20} {
		if err := f.Save(Save{Run: run, Step: step, Kind: "manual", State: state}); err != nil {
			t.Fatal(err)
		}
	}
	put(20, "b", "old")
	put(10, "b", "first")
	put(20, "b", "new")
	put(20, "a", "other")
	got, err := f.Judgements(run)
	if err != nil || len(got) != 3 || got[0].Text != "first" || got[1].Text != "other" || got[2].Text != "new" || got[2].Created.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
	if err := f.Rewind(run, 10); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Judgements(run); err != nil || len(got) != 1 || got[0].Step != 10 {
		t.Errorf("after going back %+v, %v", got, err)
	}
	if err := f.PutJudgement(99, Judgement{Key: "a"}); err == nil {
		t.Error("a judgement of a run that is not there")
	}
}
