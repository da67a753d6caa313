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

func TestOff(t *testing.T) {
	for _, c := range []struct {
		key, value string
		want       bool
	}{{"r1", "0.0", true}, {"r1", "0.1", false}, {"d_steps", "1", true}, {"batch", "0", false}, {"from", "", true}, {"semi_supervised", "false", true}, {"nothing", "0", false}} {
		if got := Off(c.key, c.value); got != c.want {
			t.Errorf("Off(%q, %q) = %t", c.key, c.value, got)
		}
	}
}
