package judgepage

import (
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
)

// TestTabsFit: at scales 1.5 and 2 of a window of 1440×900 every tab and every column has the room
// that it needs.
func TestTabsFit(t *testing.T) {
	r := ready(t, apptest.Points)
	p := r.page
	for _, size := range []fyne.Size{fyne.NewSize(872, 520), fyne.NewSize(632, 370)} {
		if least := p.Content().MinSize(); least.Width > size.Width || least.Height > size.Height {
			t.Errorf("the page needs %v of %v", least, size)
		}
		r.Host.Window().Resize(size)
		for i, content := range []fyne.CanvasObject{p.fold.Box, p.course.box, p.game.box, p.tables.box} {
			p.tabs.Select(i)
			if least, has := content.MinSize(), content.Size(); has.Width < least.Width || has.Height < least.Height {
				t.Errorf("at %v tab %d has %v of %v", size, i, has, least)
			}
		}
		p.tabs.Select(samplesTab)
		for i := range 2 {
			p.fold.Show(i)
			if !p.fold.Shown(i) {
				t.Errorf("at %v column %d does not come to sight", size, i)
			}
			for _, c := range uitest.Cut(r.page.Content()) {
				t.Errorf("at %v %T has less than its width of %g", size, c, c.MinSize().Width)
			}
		}
	}
}
