package widgets

import (
	"testing"

	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

// TestTickLabelsCanBeWritten: the theme's font has all characters of the labels; the typographic
// minus is not among them.
func TestTickLabelsCanBeWritten(t *testing.T) {
	f := parseFont(theme.DefaultTextFont())
	ticks := append(linearTicks(-0.5, 0.5, 3, 0), linearTicks(-2e7, 3e4, 4, 0)...)
	ticks = append(append(ticks, linearTicks(-2000, 1, 4, 0)...), logTicks(1e-12, 1e7, 9)...)
	var b sfnt.Buffer
	for _, tick := range ticks {
		for _, r := range tick.Label {
			if g, err := f.GlyphIndex(&b, r); g == 0 || err != nil {
				t.Errorf("%q: no picture of %q, %v", tick.Label, r, err)
			}
		}
	}
}
