package trainpage

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/engine/export/charts"
)

// TestCopySheet: the sheet goes to the clipboard, enlarged; before there is one that is said.
func TestCopySheet(t *testing.T) {
	r := ready(t, apptest.Digits)
	if r.page.CopyPicture(); !r.Said.Warning || r.Copied != nil {
		t.Errorf("without a sheet: says %q, copied %v", r.Said.Text, r.Copied)
	}
	r.Train()
	r.Until("the sheet is shown", func() bool { return r.sheet().shown != nil })
	r.page.CopyPicture()
	r.Until("it is copied", func() bool { return strings.HasPrefix(r.Said.Text, "Copied the picture") })
	shown := r.sheet().shown.Image
	by := r.Copied.Bounds().Dx() / shown.Rect.Dx()
	if r.Copied.Bounds().Dx() < 512 || r.Copied.At(by*30+by-1, 0) != shown.At(30, 0) {
		t.Errorf("copied %v of %v", r.Copied.Bounds(), shown.Rect)
	}
}

// TestChartsHaveMenus: the other mouse button and the button in the corner open the menu of the
// chart below them, which the page has as the engine draws it.
func TestChartsHaveMenus(t *testing.T) {
	r := ready(t, apptest.Points)
	var of func() (charts.Chart, bool)
	r.page.OnChartMenu = func(f func() (charts.Chart, bool), _ []*fyne.MenuItem, _ fyne.Position) { of = f }
	test.TapSecondary(r.page.charts.gradients)
	if _, ok := of(); ok {
		t.Error("there is a chart of a run that is not there")
	}
	r.Train()
	for name, chart := range map[string]fyne.SecondaryTappable{"losses": r.page.charts.losses, "scores": r.page.charts.scores, "gradients": r.page.charts.gradients} {
		test.TapSecondary(chart)
		if c, ok := of(); !ok || c.Name != name || len(c.Curves) != 2 {
			t.Errorf("the menu of %s is of %q: %v", name, c.Name, ok)
		}
	}
}
