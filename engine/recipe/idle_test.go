package recipe

import (
	"slices"
	"testing"
)

// TestIdle: what is off is idle, but for what goes with the objective; what is on never is.
func TestIdle(t *testing.T) {
	r := Default()
	for key, value := range off {
		if err := r.Set(key, value); err != nil {
			t.Errorf("%s cannot be off: %v", key, err)
		}
	}
	for _, o := range objectives {
		r.Objective = o
		if usual[o] == nil {
			t.Errorf("nothing is usual with %s", o)
		}
		for key := range off {
			if got, want := r.Idle(key), !slices.Contains(usual[o], key); got != want {
				t.Errorf("%s, %s off: idle %v, want %v", o, key, got, want)
			}
		}
	}
	r.Pack = 2
	if r.Idle("pack") || r.Idle("objective") || r.Idle("lr") {
		t.Error("what is on, or everybody chooses, is idle")
	}
}
