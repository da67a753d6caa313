package motion

import "testing"

// TestValues reads what desktops answer; what is of another type says nothing.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		v            any
		reduced, off bool
	}{{uint32(1), true, false}, {uint32(0), false, false}, {false, false, true}, {true, false, false}, {"false", false, false}, {nil, false, false}} {
		if isReduced(c.v) != c.reduced || isOff(c.v) != c.off {
			t.Errorf("%v: reduced %t, off %t, want %t, %t", c.v, isReduced(c.v), isOff(c.v), c.reduced, c.off)
		}
	}
}
