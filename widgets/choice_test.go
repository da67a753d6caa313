package widgets

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

// TestCheckLeavesTheKeyboard: a press with the mouse ticks a box without giving it the keyboard, and
// does not take it away from one that has it.
func TestCheckLeavesTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	ticked := false
	check := NewCheck("on", func(on bool) { ticked = on })
	w := test.NewTempWindow(t, check)
	test.Tap(check)
	if !ticked || w.Canvas().Focused() != nil {
		t.Errorf("after a press ticked %t, the keyboard is with %v", ticked, w.Canvas().Focused())
	}
	w.Canvas().Focus(check)
	test.Tap(check)
	if ticked || w.Canvas().Focused() == nil {
		t.Errorf("with the keyboard, after a press ticked %t, the keyboard is with %v", ticked, w.Canvas().Focused())
	}
}
