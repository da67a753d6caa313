package ckpt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// family is a project with a run, a branch of it, a branch of that, and a run of its own, each with
// everything that a run can have.
func family(t *testing.T) *File {
	t.Helper()
	f := newFile(t)
	for i, parent := range []int64{0, 1, 2, 0} {
		run, err := f.NewRun(Run{Name: fmt.Sprint("run ", i+1), Parent: parent, FromStep: 10 * parent, Recipe: "version = 1\n"})
		err = errors.Join(err, f.SetMetricNames(run, []string{"a"}),
			f.Save(Save{
				Run: run, Step: 40, Kind: "manual", State: small(run), Metrics: []MetricRow{{39, []float32{1}}},
				Events: []Event{{40, "set", "g.lr = 1"}}, Sheets: []Sheet{{40, []byte("a picture")}},
			}),
			f.PutJudgement(run, Judgement{Step: 40, Key: "k", Text: "text"}), f.SetMeta(dataKey(run), "record"), f.SetRunNote(run, "note"))
		if err == nil {
			_, err = f.PutLatent(Latent{Name: "find", Run: run, Z: []float32{1}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func dataKey(run int64) string { return fmt.Sprint("data of ", run) }

func keysOf(run int64) []string { return []string{dataKey(run)} }

// ids lists the numbers of the runs of a project.
func ids(t *testing.T, f *File) (list []int64) {
	t.Helper()
	runs, err := f.Runs()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		list = append(list, r.ID)
	}
	return list
}

// Until it is removed a deleted run can be restored as it was, also after a kill.
func TestDeleteRun(t *testing.T) {
	f := family(t)
	before := runOf(t, f, 2)
	if err := f.DeleteRun(2); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, f); !slices.Equal(got, []int64{1, 3, 4}) {
		t.Errorf("runs %v", got)
	}
	if _, err := f.RunByID(2); err == nil || !strings.Contains(err.Error(), "run 2 of this project is deleted: choose one of 1, 3, 4") {
		t.Errorf("error %v", err)
	}
	if err := f.DeleteRun(2); err == nil || !strings.Contains(err.Error(), "is deleted") {
		t.Errorf("deleted twice: %v", err)
	}
	if finds, err := f.Latents(); err != nil || len(finds) != 3 {
		t.Errorf("%d finds, error %v", len(finds), err)
	}
	path := f.Path()
	f.Close() // without removing it: as a kill leaves it
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if gone, err := f.DeletedRuns(); err != nil || len(gone) != 1 || gone[0].ID != 2 {
		t.Errorf("deleted are %+v, error %v", gone, err)
	}
	if err := f.RestoreRun(2); err != nil {
		t.Fatal(err)
	}
	if got := runOf(t, f, 2); got != before {
		t.Errorf("restored %+v, want %+v", got, before)
	}
	if s, err := f.Load(2, -1); err != nil || s.SHA256() != small(2).SHA256() {
		t.Errorf("another state, error %v", err)
	}
	if err := f.RestoreRun(9); err == nil {
		t.Error("a run that never was is restored")
	}
}

// The run that was saved to last makes way for another, and the last one stays.
func TestDeleteCurrentAndLast(t *testing.T) {
	f := family(t)
	wantCurrent(t, f, 4)
	for _, c := range []struct{ delete, current int64 }{{4, 3}, {2, 3}, {3, 1}} {
		if err := f.DeleteRun(c.delete); err != nil {
			t.Fatal(err)
		}
		wantCurrent(t, f, c.current)
	}
	if err := f.DeleteRun(1); err == nil || !strings.Contains(err.Error(), "the only one") {
		t.Errorf("the last run: %v", err)
	}
}

// What a deleted run had is gone, and its branches go on as they were.
func TestRemoveDeleted(t *testing.T) {
	f := family(t)
	if err := errors.Join(f.DeleteRun(2), f.RemoveDeleted(keysOf), f.RemoveDeleted(keysOf)); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"checkpoint", "metric_block", "event", "sheet", "latent", "judgement", "run_note", "keepsake"} {
		left := int64(0)
		err := f.read("read", func(d *db) (err error) {
			left, err = d.int("SELECT count(*) FROM " + table + " WHERE run = 2")
			return err
		})
		if err != nil || left > 0 {
			t.Errorf("%d rows in %s, error %v", left, table, err)
		}
	}
	for run, want := range map[int64]string{1: "record", 2: "", 3: "record"} {
		if got, err := f.Meta(dataKey(run)); err != nil || got != want {
			t.Errorf("the data of run %d are %q, error %v", run, got, err)
		}
	}
	if r := runOf(t, f, 3); r.Parent != 1 || r.FromStep != 10 || r.Damaged || r.Note != "note" {
		t.Errorf("the branch is %+v, want one of run 1 from step 10", r)
	}
	if got := counts(t, f, 3); got != "1 1 1 3 1" {
		t.Errorf("the branch has %s rows", got)
	}
	if s, err := f.LoadFull(3, -1); err != nil || s.SHA256() != small(3).SHA256() {
		t.Errorf("the branch has another state, error %v", err)
	}
	if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
		t.Errorf("damage %v, error %v", damage, err)
	}
}

// A run that says it is a branch of itself, as no Ganvas writes it, is removed like any other.
func TestRemoveRunOfItself(t *testing.T) {
	f := family(t)
	err := f.update("change", func(d *db) error { return d.changeRun(1, "parent = 1") })
	if err := errors.Join(err, f.DeleteRun(1), f.RemoveDeleted(nil)); err != nil {
		t.Fatal(err)
	}
	if r := runOf(t, f, 2); r.Parent != 0 {
		t.Errorf("the branch is %+v", r)
	}
}

// Compacting gives the disk what removed runs had, and changes nothing else.
func TestCompact(t *testing.T) {
	f := family(t)
	big := &State{Entries: []Entry{{Name: "w", DType: "F32", Shape: []int{500_000}, F32: noisy(500_000)}}}
	if err := f.Save(Save{Run: 4, Step: 50, Kind: "manual", State: big}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.DeleteRun(4), f.RemoveDeleted(nil)); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	before := info.Size()

	cancelled, cancel := contextOf(t)
	cancel()
	if _, err := f.Compact(cancelled, nil); err == nil {
		t.Error("cancelled: no error")
	}
	onlyThese(t, f.Path())
	if got := ids(t, f); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("after cancelling: runs %v", got)
	}

	told := int64(-1)
	freed, err := f.Compact(t.Context(), func(_, total int64) { told = total })
	if err != nil {
		t.Fatal(err)
	}
	if info, err = os.Stat(f.Path()); err != nil {
		t.Fatal(err)
	}
	if freed < 2_000_000 || info.Size() != before-freed || told < 0 || told >= before {
		t.Errorf("%d bytes of %d freed, %d are left; told a total of %d", freed, before, info.Size(), told)
	}
	if err := f.Save(Save{Run: 1, Step: 50, Kind: "manual", State: small(50)}); err != nil {
		t.Error(err)
	}
	if s, err := f.LoadFull(3, -1); err != nil || s.SHA256() != small(3).SHA256() {
		t.Errorf("another state, error %v", err)
	}
	if _, err := Open(f.Path()); !errors.Is(err, ErrInUse) {
		t.Errorf("another Ganvas opens it: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, f.Path())
	if _, err := f.Compact(t.Context(), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("of a closed project: %v", err)
	}
}

// contextOf returns a context of the test's with its end.
func contextOf(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithCancel(t.Context())
}

// onlyThese fails unless nothing but a project and its lock is in a folder.
func onlyThese(t *testing.T, path string) {
	t.Helper()
	for name := range folder(t, filepath.Dir(path)) {
		if base := filepath.Base(path); name != base && name != filepath.Base(lockPath(path)) {
			t.Errorf("%s is left beside %s", name, base)
		}
	}
}

// A run that somebody works on cannot be deleted.
func TestHold(t *testing.T) {
	f := family(t)
	first, second := f.Hold(2), f.Hold(2)
	first()
	first()
	if err := f.DeleteRun(2); !errors.Is(err, ErrRunInUse) {
		t.Errorf("a run that is held: %v", err)
	}
	second()
	if err := f.DeleteRun(2); err != nil {
		t.Error(err)
	}
}
