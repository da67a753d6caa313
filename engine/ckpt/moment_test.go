package ckpt

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
)

// withoutViews makes a project one of the version before views.
const withoutViews = withoutKeepsakes + "DROP TABLE moment; ALTER TABLE run DROP COLUMN start;"

func viewAt(t *testing.T, step int64, size int) View {
	t.Helper()
	encode := func(name string, n int) []byte {
		e := Entry{Name: name, DType: "F32", Shape: []int{n, 1}, F32: make([]float32, n)}
		e.F32[0] = float32(step) / 3
		b, err := EncodeView([]Entry{e, {Name: name + ".bias", DType: "F32", Shape: []int{1}, F32: []float32{float32(step) / 3}}})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	return View{Step: step, G: encode("g.0.weight", size), D: encode("d.0.weight", size)}
}

// A run of any length has views so that each step has one at most a twentieth of it before, and at
// most 40 of them; the best stays besides.
func TestViewsAreSpread(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	last, best := int64(-1), View{}
	for step := int64(0); step <= 3000; {
		v := viewAt(t, step, 4)
		if step >= 131 && best.Step == 0 {
			v.Best = "fid 3"
			best = v
		}
		if err := f.Save(Save{Run: run, Step: step, Views: []View{v}}); err != nil {
			t.Fatal(err)
		}
		list, err := f.Views(run)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) > MostViews+1 || list[0].Step != 0 || list[len(list)-1].Step != step {
			t.Fatalf("%d views up to step %d, from %d to %d", len(list), step, list[0].Step, list[len(list)-1].Step)
		}
		for i := range list[1:] {
			if gap := list[i+1].Step - list[i].Step; 20*gap > max(20, step) {
				t.Fatalf("at step %d no view between %d and %d", step, list[i].Step, list[i+1].Step)
			}
		}
		last = step
		step += max(1, step/24)
	}
	list, err := f.Views(run)
	if err != nil || !slices.ContainsFunc(list, func(v KeptView) bool { return v.Step == best.Step && v.Best == "fid 3" && v.D }) {
		t.Errorf("the best view is not there, error %v", err)
	}
	s, err := f.LoadView(run, last, "g")
	if err != nil || math.Abs(float64(s.Entries[0].F32[0]-float32(last)/3)) > float64(last)/3/2048 || s.Entries[1].F32[0] != float32(last)/3 {
		t.Errorf("view of step %d: %+v, error %v", last, s, err)
	}
	if _, err := f.LoadView(run, last+1, "g"); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("a view that is not there: error %v", err)
	}
}

// Where space is short the discriminator goes first, then the views.
func TestViewsFor(t *testing.T) {
	const mb = 1_000_000
	for _, c := range []struct {
		g, d         int64
		views, withD int
	}{
		{mb, mb, 40, 40}, {mb, 2 * mb, 40, 30}, {2 * mb, 2 * mb, 40, 10}, {5 * mb, mb, 20, 0}, {30 * mb, mb, 3, 10}, {40 * mb, mb, 0, 0}, {0, 0, 0, 0}, {mb, 0, 40, 0},
	} {
		views, withD := ViewsFor(c.g, c.d)
		if views != c.views || withD != min(c.withD, c.views) {
			t.Errorf("views of %d and %d MB: %d, %d with D, want %d, %d", c.g/mb, c.d/mb, views, withD, c.views, c.withD)
		}
	}
}

// A new best view takes the mark from the one before, whose checksum stays right. What comes after a
// step that a run goes back to goes, views and checkpoints alike.
func TestBestViewAndGoingBack(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	for step := int64(10); step <= 40; step += 10 {
		v := viewAt(t, step, 4)
		if step < 30 {
			v.Best = fmt.Sprintf("fid %d", step)
		}
		if err := f.Save(Save{Run: run, Step: step, Kind: "manual", State: small(step), Views: []View{v}, Events: []Event{{step, "set", "x"}}}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := f.Views(run)
	if err != nil || len(list) != 4 || list[0].Best != "" || list[1].Best != "fid 20" {
		t.Errorf("views %+v, error %v", list, err)
	}
	if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
		t.Errorf("damage %v, error %v", damage, err)
	}
	// It goes back to step 10 and on to 35 before it is saved again.
	if err := f.Save(Save{Run: run, Step: 35, Kind: "auto", State: small(35), Back: true, From: 10, Views: []View{viewAt(t, 35, 4)}}); err != nil {
		t.Fatal(err)
	}
	list, err = f.Views(run)
	if err != nil || len(list) != 2 || list[0].Step != 10 || list[1].Step != 35 {
		t.Errorf("views after going back %+v, error %v", list, err)
	}
	points, err := f.Checkpoints(run)
	events, err1 := f.Events(run)
	if errors.Join(err, err1) != nil || len(points) != 2 || points[0].Step != 10 || points[1].Step != 35 || len(events) != 1 {
		t.Errorf("checkpoints %+v, events %+v, error %v", points, events, errors.Join(err, err1))
	}
}

// A damaged view is said to be, and others can be looked at.
func TestDamagedView(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	if err := f.Save(Save{Run: run, Step: 2, Views: []View{viewAt(t, 1, 4), viewAt(t, 2, 4)}}); err != nil {
		t.Fatal(err)
	}
	if err := f.update("damage", func(d *db) error {
		return d.exec("UPDATE moment SET data = zeroblob(length(data)) WHERE step = 1 AND part = 'd'")
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.LoadView(run, 1, "d"); !errors.Is(err, ErrDamaged) {
		t.Errorf("a damaged view: error %v", err)
	}
	if _, err := f.LoadView(run, 2, "d"); err != nil {
		t.Error(err)
	}
	if damage, err := f.Verify(nil); err != nil || len(damage) != 1 || damage[0].What != "1 of the views" {
		t.Errorf("damage %v, error %v", damage, err)
	}
}

// However a run grows, its full checkpoints are so near to each other that no step is more than a
// tenth of the run after one, with no more than that takes.
func TestFullCheckpointsAreSpread(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	for step := int64(0); step <= 4000; {
		next := step + max(1, step/12)
		s := Save{Run: run, Step: step, Kind: "auto", State: player(step), Core: 1, Full: -1, Spaced: 20, Keep: 2}
		if next <= 4000 && step%3 == 1 { // two at a time
			s.Earlier = []Earlier{{Step: step, State: player(step), Core: 1}}
			s.Step, s.State = next, player(next)
			next += max(1, next/12)
		}
		if err := f.Save(s); err != nil {
			t.Fatal(err)
		}
		list, err := f.Checkpoints(run)
		if err != nil {
			t.Fatal(err)
		}
		full := slices.DeleteFunc(list, func(c Checkpoint) bool { return c.Thinned })
		if len(full) > 21 {
			t.Fatalf("%d full checkpoints at step %d", len(full), s.Step)
		}
		for i := range full[1:] {
			if gap := full[i+1].Step - full[i].Step; 10*gap > max(10, s.Step) {
				t.Fatalf("at step %d nothing full between %d and %d", s.Step, full[i].Step, full[i+1].Step)
			}
		}
		step = next
	}
}

// A project of the version before views opens for reading as it is, and for training with a table
// for them.
func TestBeforeViews(t *testing.T) {
	for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
		path, run := rich(t)
		d, err := connect(path, openReadWrite)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(d.script(withoutViews+"PRAGMA user_version = 5"), d.Close()); err != nil {
			t.Fatal(err)
		}
		f, err := opener(path)
		if err != nil {
			t.Fatal(err)
		}
		damage, err1 := f.Verify(nil)
		views, err2 := f.Views(run)
		r, err3 := f.RunByID(run)
		if err := errors.Join(err1, err2, err3); err != nil || len(damage) > 0 || len(views) > 0 || r.Start != "" {
			t.Errorf("damage %v, views %v, start %q, error %v", damage, views, r.Start, err)
		}
		if !f.ReadOnly() {
			if err := f.Save(Save{Run: run, Step: 1000, Views: []View{viewAt(t, 1000, 4)}}); err != nil {
				t.Error(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
