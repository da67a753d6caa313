package session

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/engine/ckpt"
)

// TestColumnsOfEarlierVersions: a project whose metrics have fewer columns is opened, goes on, and
// gets the others from there on.
func TestColumnsOfEarlierVersions(t *testing.T) {
	const columns = 7
	now := create(t, small(), Options{})
	trainUntil(t, now, 3)
	path := filepath.Join(t.TempDir(), "old.ganvas")
	f, err := ckpt.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(now.Recipe().Bytes())
	run, err := f.NewRun(ckpt.Run{Name: "old", Recipe: text, DataFingerprint: now.Data().Info().Fingerprint})
	if err != nil {
		t.Fatal(err)
	}
	var rows []ckpt.MetricRow
	for i := range 3 {
		rows = append(rows, ckpt.MetricRow{Step: int64(i), Values: make([]float32, columns)})
	}
	save := ckpt.Save{Run: run, Step: 3, Kind: "manual", State: now.State(), Recipe: text, Metrics: rows}
	if err := errors.Join(f.SetMetricNames(run, MetricNames[:columns]), f.Save(save), f.Close()); err != nil {
		t.Fatal(err)
	}
	for steps := int64(5); steps <= 7; steps += 2 { // opened again with all columns
		s, err := Open(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		trainUntil(t, s, steps)
		h := s.History()
		c := slices.Index(h.Columns, "accuracy")
		if got := h.Min[c][4]; !(got >= 0 && got <= 1) {
			t.Errorf("accuracy at step 4 = %g, want a share", got)
		}
		if got := h.Min[c][1]; !math.IsNaN(got) {
			t.Errorf("accuracy at step 1, which was not measured, = %g", got)
		}
		if got := h.Min[0][1]; math.IsNaN(got) {
			t.Error("the loss of step 1 is lost")
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSingleStepsMeasureOnePlayer: what a step of one player does not measure is nothing, not 0: in
// the history, in the project and in the checkups, also once it was opened again.
func TestSingleStepsMeasureOnePlayer(t *testing.T) {
	s := create(t, small(), Options{})
	trainUntil(t, s, 2)
	for _, step := range []func(){s.StepD, s.StepG, s.StepBoth} {
		step()
		if err := s.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "single.ganvas")
	if err := errors.Join(s.SaveAs(path), s.Close()); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for when, h := range map[string]History{"then": s.History(), "opened again": again.History()} {
		for column, want := range map[string][3]bool{ // measured by a step of D, of G, of both
			"loss_d": {true, false, true}, "d_real": {true, false, true}, "d_fake": {true, false, true}, "grad_d": {true, false, true}, "accuracy": {true, false, true},
			"loss_g": {false, true, true}, "grad_g": {false, true, true},
		} {
			c := slices.Index(h.Columns, column)
			for i, measured := range want {
				if got := !math.IsNaN(h.Min[c][2+i]); got != measured {
					t.Errorf("%s: %s of step %d measured: %v, want %v", when, column, 2+i, got, measured)
				}
			}
		}
	}
}
