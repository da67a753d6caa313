package buildpage

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/memory"
)

// TestTextsFit: no name of a setting is cut, nor what is said of a plan's cost.
func TestTextsFit(t *testing.T) {
	r := start(t)
	r.page.form.list.Place("all", func(string) ui.Place { return ui.OnScreen })
	r.S.Beyond, r.S.Status.Running = &memory.NotEnough{Needs: 999.9e9, Free: 999.9e6}, false
	r.page.refreshTotals()
	labels := uitest.FindAll[*widget.Label](r.page.form.list.Box)
	labels = append(labels, r.page.totals[2])
	r.S.Status.Running = true
	r.page.refreshTotals()
	labels = append(labels, r.page.totals[1])
	for _, l := range labels {
		if l.Truncation == fyne.TextTruncateOff {
			continue
		}
		need := fyne.MeasureText(l.Text, theme.TextSize(), l.TextStyle).Width + 2*theme.SizeForWidget(theme.SizeNameInnerPadding, l)
		if need > l.Size().Width {
			t.Errorf("%q needs %g of %g", l.Text, need, l.Size().Width)
		}
	}
}

// TestColumnsFit: at scales 1.5 and 2 of a window of 1440×900 every column comes to sight and is
// not cut.
func TestColumnsFit(t *testing.T) {
	r := start(t) // with the recipe that everything begins with
	for _, size := range []fyne.Size{fyne.NewSize(872, 520), fyne.NewSize(632, 370)} {
		if least := r.page.Content().MinSize(); least.Width > size.Width || least.Height > size.Height {
			t.Errorf("the page needs %v of %v", least, size)
		}
		r.Host.Window().Resize(size)
		for i := range 3 {
			r.page.fold.Show(i)
			if !r.page.fold.Shown(i) {
				t.Errorf("at %v column %d does not come to sight", size, i)
			}
			for _, c := range uitest.Cut(r.page.Content()) {
				t.Errorf("at %v %T has less than its width of %g", size, c, c.MinSize().Width)
			}
		}
	}
}
