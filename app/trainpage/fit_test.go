package trainpage

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/internal/apptest"
	"ganvas/app/titles"
	"ganvas/app/ui/uitest"
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

// TestColumnsFit: at scales 1.5 and 2 of a window of 1440×900 every column comes to sight and is
// not cut; the light leads to the doctor's words.
func TestColumnsFit(t *testing.T) {
	r := ready(t, apptest.Points)
	p := r.page
	for _, size := range []fyne.Size{fyne.NewSize(872, 520), fyne.NewSize(632, 370)} {
		if least := p.Content().MinSize(); least.Width > size.Width || least.Height > size.Height {
			t.Errorf("the page needs %v of %v", least, size)
		}
		r.Host.Window().Resize(size)
		for i := range 3 {
			p.fold.Show(i)
			if !p.fold.Shown(i) {
				t.Errorf("at %v column %d does not come to sight", size, i)
			}
			for _, c := range uitest.Cut(r.page.Content()) {
				t.Errorf("at %v %T has less than its width of %g", size, c, c.MinSize().Width)
			}
		}
		p.fold.Show(chartColumn)
		p.ShowDoctor()
		if !p.fold.Shown(sideColumn) || p.side.Size().Height < sideHeight {
			t.Errorf("at %v the light leads to words of %v", size, p.side.Size())
		}
	}
}
