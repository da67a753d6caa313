package session

import (
	"testing"

	"ganvas/engine/recipe"
)

// TestVanishing: in the preset of that name G's gradient falls by orders of magnitude, and returns
// when the objective is switched while the run goes on.
func TestVanishing(t *testing.T) {
	r, err := recipe.Named("vanishing")
	if err != nil {
		t.Fatal(err)
	}
	s := create(t, r, Options{})
	norms := func(from, to int64) (low, high float64) {
		trainUntil(t, s, to)
		h := s.History()
		low, high = h.Min[5][from], h.Max[5][from]
		for _, x := range h.Min[5][from:to] {
			low = min(low, x)
		}
		for _, x := range h.Max[5][from:to] {
			high = max(high, x)
		}
		return low, high
	}
	_, first := norms(0, 10)
	low, high := norms(10, 190)
	t.Logf("norm of G's gradient: at first %.2g, then from %.2g to %.2g", first, low, high)
	if low > first/1000 {
		t.Errorf("G's gradient fell from %.2g to %.2g, want by three orders of magnitude", first, low)
	}
	_, vanished := norms(180, 200)
	if err := s.Set("objective", "nonsaturating"); err != nil {
		t.Fatal(err)
	}
	back, _ := norms(200, 203)
	t.Logf("before the switch %.2g, after it %.2g", vanished, back)
	if back < 100*vanished {
		t.Errorf("after the switch G's gradient is %.2g, before it %.2g: want a hundred times as much", back, vanished)
	}
}
