package session

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/engine/ckpt"
)

// TestColumnsOfEarlierVersions: a project whose metrics have fewer columns is opened, goes on, and gets the others from there on.
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
