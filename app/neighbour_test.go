package app

import (
	"strings"
	"testing"

	"ganvas/app/settings"
	"ganvas/engine/tensor"
)

// TestEnergySaving switches it on and off, and starts with it remembered.
func TestEnergySaving(t *testing.T) {
	before := tensor.Threads()
	t.Cleanup(func() { tensor.SetThreads(before) })
	tensor.SetThreads(3)
	r := newRig(t, Options{})
	item := r.menu.energy
	check := func(when string, threads int, on bool) {
		t.Helper()
		if tensor.Threads() != threads || item.Checked != on || r.prefs.EnergySaving() != on {
			t.Errorf("%s: %d threads, ticked %t, remembered %t; want %d, %t", when, tensor.Threads(), item.Checked, r.prefs.EnergySaving(), threads, on)
		}
	}
	check("at first", 3, false)
	item.Action()
	check("switched on", 1, true)
	item.Action()
	check("switched off", 3, false)
	if !strings.Contains(item.Label, "one processor") {
		t.Errorf("the item says %q", item.Label)
	}
}

func TestEnergySavingIsRemembered(t *testing.T) {
	before := tensor.Threads()
	t.Cleanup(func() { tensor.SetThreads(before) })
	tensor.SetThreads(3)
	r := newRig(t, Options{}, func(p settings.Preferences) { p.SetEnergySaving(true) })
	if tensor.Threads() != 1 || !r.menu.energy.Checked {
		t.Errorf("%d threads, ticked %t, want 1 and ticked", tensor.Threads(), r.menu.energy.Checked)
	}
}
