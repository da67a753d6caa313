package session

import (
	"strings"
	"testing"

	"ganvas/datasets"
)

// What a recipe holds out is never dealt to the networks, and it is the part that judging takes.
func TestHeldOut(t *testing.T) {
	r := small()
	r.HeldOut = 0.2
	data, err := datasets.Open(t.Context(), r.Data, DataOptions(r), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, held, err := datasets.SplitShare(t.Context(), data, r.HeldOut, nil)
	if err != nil {
		t.Fatal(err)
	}
	hidden := make(map[[2]float32]bool)
	var xy [2]float32
	for i := range held.Len() {
		held.Read(i, xy[:])
		hidden[xy] = true
	}
	_, l, err := newTrainer(r, data)
	if err != nil {
		t.Fatal(err)
	}
	if n := data.Len(); l.all.Len() != n-held.Len() || held.Len() < n/5-1 || held.Len() > n/5 {
		t.Errorf("%d of %d items are dealt, %d held out; want a fifth held out and the rest dealt", l.all.Len(), n, held.Len())
	}
	for range l.all.Len() {
		if l.all.Next(1, xy[:], nil); hidden[xy] {
			t.Fatalf("%v is held out, and dealt", xy)
		}
	}
	r.Data, r.Drawn = "drawn", datasets.DrawnText([]datasets.DrawnPoint{{}, {X: 1}})
	if _, err := Create(t.Context(), r, nil, t.TempDir()+"/a.ganvas", Options{}); err == nil || !strings.Contains(err.Error(), "set held_out to 0") {
		t.Errorf("two points: %v", err)
	}
}

func TestHeldOutSameBits(t *testing.T) {
	r := small()
	r.HeldOut = 0.1
	sameBits(t, r, 8)
}
