package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// TestNoteGrows: of a note that gets longer while it is shown every line is drawn.
func TestNoteGrows(t *testing.T) {
	test.NewTempApp(t)
	n := NewNote("short")
	w := test.NewTempWindow(t, n)
	w.Resize(fyne.NewSize(120, 200))
	lines := func() (count int) {
		for _, o := range test.WidgetRenderer(n).Objects() {
			if text, ok := o.(*canvas.Text); ok && text.Visible() && text.Text != "" {
				count++
			}
		}
		return count
	}
	if got := lines(); got != 1 {
		t.Fatalf("%d lines of a short note", got)
	}
	n.Set("a note that is so long that it takes several lines")
	if got := lines(); got < 3 {
		t.Errorf("%d lines of a long note, want at least 3", got)
	}
}
