package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/app/internal/apptest"
)

// TestDialogsByKeyboard closes the window's own dialogs by Escape, and answers them by Enter,
// wherever the keyboard is at first.
func TestDialogsByKeyboard(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.App.options.Licences = "### Ganvas (BSD-3-Clause)\n\nfree to use\n"
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	for _, c := range []struct {
		name  string
		open  func()
		enter func() bool // whether Enter has done what it should
	}{
		{"about", func() { about(r.App) }, func() bool { return true }},
		{"licences", func() { showLicences(r.App) }, func() bool { return true }},
		{"keys", func() { showKeys(r.App) }, func() bool { return true }},
		{"more steps", r.ask.askMore, func() bool { return r.s.Plan.Now().Steps > 40 }},
	} {
		c.open()
		for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn} {
			if key == fyne.KeyReturn {
				c.open()
			}
			if r.desk.Win.Canvas().Overlays().Top() == nil {
				t.Fatalf("%s: no dialog", c.name)
			}
			r.typed(key)
			if r.desk.Win.Canvas().Overlays().Top() != nil {
				t.Fatalf("%s: %s does not close it", c.name, key)
			}
		}
		if !c.enter() {
			t.Errorf("%s: Enter does not answer it", c.name)
		}
	}
	r.until("it trains on", func() bool { return r.s.Status.Step > 40 })
	r.s.Training.Pause()
	r.until("it pauses", func() bool { return !r.s.Status.Running })
}
