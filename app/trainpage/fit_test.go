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

// TestColumnsFit: at scales 1.5 and 2 of a window of 1440×900 every column comes to sight and is not
// cut; the light leads to the doctor's words.
func TestColumnsFit(t *testing.T) {
	r := ready(t, apptest.Points)
	p := r.page
	columns := []fyne.CanvasObject{p.charts.box, p.picture.box, p.side}
	for _, size := range []fyne.Size{fyne.NewSize(872, 520), fyne.NewSize(632, 370)} {
		if least := p.Content().MinSize(); least.Width > size.Width || least.Height > size.Height {
			t.Errorf("the page needs %v of %v", least, size)
		}
		r.Host.Window().Resize(size)
		for i, c := range columns {
			p.fold.Show(i)
			if least := c.MinSize().Width; !p.fold.Shown(i) || c.Size().Width < least {
				t.Errorf("at %v column %d has %v of %v, shown %t", size, i, c.Size().Width, least, p.fold.Shown(i))
			}
		}
		p.fold.Show(chartColumn)
		p.ShowDoctor()
		if !p.fold.Shown(sideColumn) || p.side.Size().Height < 60 {
			t.Errorf("at %v the light leads to words of %v", size, p.side.Size())
		}
	}
}
