package trainpage

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/internal/apptest"
	"ganvas/app/titles"
)

// TestNamesFit: no name of a setting is cut.
func TestNamesFit(t *testing.T) {
	r := ready(t, apptest.Points)
	for key, knob := range r.page.knobs.sliders {
		need := fyne.MeasureText(titles.Key(key), theme.TextSize(), fyne.TextStyle{}).Width + 2*theme.SizeForWidget(theme.SizeNameInnerPadding, knob)
		if need > knob.LabelWidth {
			t.Errorf("%q needs %g of %g", titles.Key(key), need, knob.LabelWidth)
		}
	}
}
