package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestCutNoteTellsItsText: a note of one line tells its whole text where it is cut, and nothing
// where it is not.
func TestCutNoteTellsItsText(t *testing.T) {
	test.NewTempApp(t)
	n := NewNoteLine("")
	test.NewTempWindow(t, WithWholeText(n)).Resize(fyne.NewSize(200, 60))
	long := strings.Repeat("long ", 20)
	for text, want := range map[string]string{"": "", "short": "", long: long} {
		if n.Set(text); n.hidden() != want {
			t.Errorf("%q: tells %q, want %q", text, n.hidden(), want)
		}
	}
}
