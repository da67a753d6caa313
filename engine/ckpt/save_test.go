package ckpt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"
)

func TestRuns(t *testing.T) {
	f := newFile(t)
	clock := time.Date(2024, 2, 29, 12, 0, 0, 123e6, time.UTC)
	f.Now = func() time.Time { return clock }
	made := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	want := []Run{
		{Name: "a", Recipe: "version = 1\nname = \"ü\"\n", Created: made, Updated: made, DataFingerprint: "f00"},
		{Parent: 1, FromStep: 50, Step: 50, Name: "b", Recipe: "x", Created: clock, Updated: clock},
	}
	for i := range want {
		id, err := f.NewRun(want[i])
		if err != nil {
			t.Fatal(err)
		}
		want[i].ID = id
	}
	if got, err := f.Runs(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v, error %v", got, want, err)
	}
	clock = clock.Add(time.Hour)
	if err := f.SetRecipe(want[0].ID, "changed"); err != nil {
		t.Fatal(err)
	}
	want[0].Recipe, want[0].Updated = "changed", clock
	if got, err := f.Runs(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v, error %v", got, want, err)
	}
	if _, err := f.NewRun(Run{Parent: 9}); err == nil {
		t.Error("branch of a run that is not there: no error")
	}
}

func TestNoRun(t *testing.T) {
	f := newFile(t)
	_, err1 := f.Checkpoints(1)
	_, err2 := f.Load(1, -1)
	_, err3 := f.Metrics(1, 0)
	_, err4 := f.Events(1)
	_, err5 := f.Sheets(1)
	_, err6 := f.SheetSteps(1)
	_, err7 := f.SheetAt(1, 1)
	_, err8 := f.MetricNames(1)
	_, err9 := f.NewestGood(1)
	for i, err := range []error{
		err1, err2, err3, err4, err5, err6, err7, err8, err9, f.SetRecipe(1, ""), f.SetMetricNames(1, nil), f.Rewind(1, 0),
		f.Save(Save{Run: 1, Kind: "auto", State: small(1)}),
	} {
		if err == nil {
			t.Errorf("call %d of a run that is not there: no error", i)
		}
	}
}

func TestCheckpoints(t *testing.T) {
	f := newFile(t)
	clock := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	f.Now = func() time.Time { return clock }
	run, other := newRun(t, f), newRun(t, f)
	if _, err := f.Load(run, -1); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("load from an empty run: %v", err)
	}
	large := &State{Entries: []Entry{{Name: "w", DType: "F32", Shape: []int{3 << 20}, F32: make([]float32, 3<<20)}}} // three parts and a bit
	for i := range large.Entries[0].F32 {
		large.Entries[0].F32[i] = float32(i)
	}
	states := map[int64]*State{100: small(100), 200: large, 300: sample(), 400: {}}
	for _, step := range []int64{100, 200, 300, 400} {
		if err := f.Save(Save{Run: run, Step: step, ImagesSeen: 64 * step, Kind: "manual", State: states[step]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(Save{Run: other, Step: 999, Kind: "final", State: small(999)}); err != nil {
		t.Fatal(err)
	}
	list, err := f.Checkpoints(run)
	if err != nil || len(list) != 4 {
		t.Fatalf("%d checkpoints, want 4, error %v", len(list), err)
	}
	for i, c := range list {
		s := states[c.Step]
		want := Checkpoint{int64(i+1) * 100, "manual", 64 * c.Step, s.SHA256(), int64(len(encode(t, s))), clock, false, false}
		if c != want {
			t.Errorf("checkpoint %+v, want %+v", c, want)
		}
		got, err := f.Load(run, c.Step)
		if err != nil || got.SHA256() != s.SHA256() || len(got.Entries) != len(s.Entries) {
			t.Errorf("step %d: another state, error %v", c.Step, err)
		}
	}
	if got, err := f.Load(run, -1); err != nil || len(got.Entries) != 0 {
		t.Errorf("the newest is not that of step 400, error %v", err)
	}
	_, err = f.Load(run, 150)
	wantError(t, "load step 150", err, ErrNoCheckpoint, "load "+f.Path(), "step 150")

	if err := f.Save(Save{Run: run, Step: 1, Kind: "Auto", State: small(1)}); err == nil {
		t.Error("unknown kind: no error")
	}
}

// Saving again at a step replaces the state; the same state again keeps it, with the more lasting
// of both kinds.
func TestSaveSameStep(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	for i, c := range []struct {
		kind  string
		state *State
		want  string
	}{
		{"auto", small(1), "auto"},
		{"manual", small(1), "manual"},
		{"auto", small(1), "manual"},
		{"final", small(2), "final"},
		{"auto", small(3), "final"},
		{"pause", small(3), "pause"},
	} {
		if err := f.Save(Save{Run: run, Step: 10, Kind: c.kind, State: c.state}); err != nil {
			t.Fatal(err)
		}
		list, err := f.Checkpoints(run)
		if err != nil || len(list) != 1 || list[0].Kind != c.want || list[0].SHA256 != c.state.SHA256() {
			t.Errorf("save %d: %+v, want kind %s, error %v", i, list, c.want, err)
		}
		if _, err := f.Load(run, 10); err != nil {
			t.Errorf("save %d: %v", i, err)
		}
	}
}

func TestThinning(t *testing.T) {
	for _, c := range []struct {
		steps []int64
		keep  int
		want  string
	}{
		{nil, 2, "[]"},
		{[]int64{0, 1, 2, 3, 4, 5, 6}, 1, "[0 1 4 6]"},
		{[]int64{10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300}, 2, "[10 20 70 200 300]"},
		{[]int64{100, 200}, 5, "[100 200]"},
		{[]int64{-5, 5}, 1, "[-5 5]"},
	} {
		got := []int64{}
		for i, spare := range spared(c.steps, c.keep) {
			if spare {
				got = append(got, c.steps[i])
			}
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("of %v with keep %d stay %v, want %s", c.steps, c.keep, got, c.want)
		}
	}

	f := newFile(t)
	run := newRun(t, f)
	kinds := map[int64]string{150: "pause", 330: "manual"}
	sizes := []int64{}
	for step := int64(30); step <= 1500; step += 30 {
		kind := kinds[step]
		if kind == "" {
			kind = "auto"
		}
		if err := f.Save(Save{Run: run, Step: step, Kind: kind, State: small(step), Keep: 2}); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(f.Path())
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, info.Size())
	}
	list, err := f.Checkpoints(run)
	got := ""
	for _, c := range list {
		got += fmt.Sprint(c.Step, " ", c.Kind, ", ")
		if _, err := f.Load(run, c.Step); err != nil {
			t.Error(err)
		}
	}
	if want := "30 auto, 90 auto, 150 pause, 270 auto, 330 manual, 1050 auto, 1470 auto, 1500 auto, "; got != want || err != nil {
		t.Errorf("checkpoints %s want %s error %v", got, want, err)
	}
	// Space of thinned checkpoints is used again: 9 states at most are there at a time, of 21 KB
	// each.
	if last := sizes[len(sizes)-1]; last > 400<<10 {
		t.Errorf("the file has grown to %d bytes", last)
	}
}

func TestRewind(t *testing.T) {
	f := newFile(t)
	run, other := newRun(t, f), newRun(t, f)
	for step := int64(10); step <= 30; step += 10 {
		for _, r := range []int64{run, other} {
			err := f.Save(Save{
				Run: r, Step: step, Kind: "auto", State: small(step), Metrics: []MetricRow{{step - 5, nil}, {step, nil}},
				Events: []Event{{step, "set", ""}}, Sheets: []Sheet{{step, nil}},
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Rewind(run, 15); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("to a step without checkpoint: error %v", err)
	}
	if err := f.Rewind(run, 20); err != nil {
		t.Fatal(err)
	}
	check := func(wants map[int64]string) {
		t.Helper()
		for r, want := range wants {
			checkpoints, err1 := f.Checkpoints(r)
			metrics, err2 := f.Metrics(r, 0)
			events, err3 := f.Events(r)
			sheets, err4 := f.Sheets(r)
			runs, err5 := f.Runs()
			got := fmt.Sprint(len(checkpoints), " ", len(metrics), " ", len(events), " ", len(sheets), " ", runs[r-1].Step)
			if err := errors.Join(err1, err2, err3, err4, err5); got != want || err != nil {
				t.Errorf("run %d: %s, want %s, error %v", r, got, want, err)
			}
		}
	}
	check(map[int64]string{run: "2 4 2 2 20", other: "3 6 3 3 30"})

	// A run that went on from step 10 has none of what came after it the first time.
	if err := f.Save(Save{Run: run, Step: 15, Kind: "auto", State: small(15), Recipe: "changed"}); err != nil {
		t.Fatal(err)
	}
	check(map[int64]string{run: "2 3 1 1 15", other: "3 6 3 3 30"})
	if s, err := f.Load(run, -1); err != nil || s.SHA256() != small(15).SHA256() {
		t.Errorf("the newest state is not the one saved last, error %v", err)
	}
	if runs, err := f.Runs(); err != nil || runs[0].Recipe != "changed" || runs[1].Recipe == "changed" {
		t.Errorf("recipes %q and %q, error %v", runs[0].Recipe, runs[1].Recipe, err)
	}
}

// A checkpoint whose bytes have changed in the file is an error that names it and the newest good
// one.
func TestLoadDamaged(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	for _, step := range []int64{100, 200, 300, 400} {
		if err := f.Save(Save{Run: run, Step: step, Kind: "manual", State: small(step)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		step   int64
		change string
		remedy string
	}{
		{300, "UPDATE checkpoint_part SET data = replace(hex(data), '0', '1')", "step 400"},
		{400, "DELETE FROM checkpoint_part", "step 200"},
		{200, "UPDATE checkpoint_part SET data = CAST(substr(data, 1, length(data) - 1) || x'77' AS BLOB)", "step 100"},
		{100, "UPDATE checkpoint_part SET data = zeroblob(length(data))", "no full checkpoint of this run is whole"},
	} {
		err := f.update("damage", func(d *db) error {
			return d.exec(c.change+" WHERE checkpoint = (SELECT id FROM checkpoint WHERE step = ?)", c.step)
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Load(run, c.step)
		wantError(t, c.change, err, ErrDamaged, "load "+f.Path(), fmt.Sprintf("step %d of run", c.step), c.remedy)
	}
	if _, err := f.NewestGood(run); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("newest good of none: error %v", err)
	}
}

func TestSaveAs(t *testing.T) {
	f := newFile(t)
	old := f.Path()
	run := newRun(t, f)
	if err := f.Save(Save{Run: run, Step: 1, Kind: "auto", State: small(1)}); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(old); err != nil {
		t.Errorf("to its own name: %v", err)
	}
	busy := newFile(t)
	wantError(t, "to a project in use", f.SaveAs(busy.Path()), ErrInUse, "save as "+busy.Path())
	dir := t.TempDir()
	to := filepath.Join(dir, "copy.ganvas")
	// The file to be replaced was killed in the middle of a save.
	content, err := os.ReadFile(busy.Path())
	if err == nil {
		err = errors.Join(os.WriteFile(to, content, 0o644), os.WriteFile(to+"-journal", content, 0o644))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(to); err != nil {
		t.Fatal(err)
	}
	if got := f.Path(); got != to {
		t.Errorf("path %s, want %s", got, to)
	}
	onlyFile(t, old)
	if err := f.Save(Save{Run: run, Step: 2, Kind: "auto", State: small(2)}); err != nil {
		t.Fatal(err)
	}
	before, err := Open(old) // no longer locked, and without what came later
	if err != nil {
		t.Fatal(err)
	}
	if list, err := before.Checkpoints(run); err != nil || len(list) != 1 {
		t.Errorf("the old file has %d checkpoints, want 1, error %v", len(list), err)
	}
	before.Close()
	_, err = Open(to)
	wantError(t, "open the copy twice", err, ErrInUse)
	wantError(t, "to no folder", f.SaveAs(filepath.Join(dir, "no", "x")), os.ErrNotExist)
	wantError(t, "to a folder", f.SaveAs(dir), os.ErrExist)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, to)
	reader, err := OpenReadOnly(to)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := reader.Load(run, -1); err != nil || s.SHA256() != small(2).SHA256() {
		t.Errorf("state differs, error %v", err)
	}
	reader.Close()
}

// Everything at once from several goroutines; the race detector watches.
func TestConcurrent(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	const saves = 20
	work := []func(i int64) error{
		func(i int64) error {
			return f.Save(Save{
				Run: run, Step: i, Kind: "auto", State: small(i), Metrics: []MetricRow{{i, []float32{1}}}, Sheets: []Sheet{{i, []byte("png")}},
			})
		},
		func(int64) error {
			s, err := f.Load(run, -1)
			if err == nil && s.SHA256() != small(s.Entries[1].I64[0]).SHA256() {
				return errors.New("mixed state")
			}
			if errors.Is(err, ErrNoCheckpoint) {
				err = nil
			}
			return err
		},
		func(int64) error { _, err := f.Metrics(run, 0); return err },
		func(int64) error { _, err := f.Checkpoints(run); return err },
		func(int64) error { _, err := f.Runs(); return err },
		func(int64) error { _, err := f.PutLatent(Latent{Z: []float32{1}}); return err },
		func(int64) error { _, err := f.Sheets(run); return err },
		func(i int64) error { return f.SetMeta("i", fmt.Sprint(i)) },
	}
	var wg sync.WaitGroup
	for _, w := range work {
		wg.Go(func() {
			for i := int64(1); i <= saves; i++ {
				if err := w(i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if rows, err := f.Metrics(run, 0); err != nil || len(rows) != saves {
		t.Errorf("%d rows, want %d, error %v", len(rows), saves, err)
	}
}
