package trainpage

import (
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/ui"
	"ganvas/engine/export/charts"
	"ganvas/widgets"
)

// giveMenus gives each chart the menu with which it is saved or copied.
func giveMenus(p *Page) {
	for name, chart := range map[string]*widgets.Chart{"losses": p.charts.losses, "scores": p.charts.scores, "gradients": p.charts.gradients, "samples": p.charts.samples} {
		chart.SetMenu("How this chart is looked at; copy or save it", func(at fyne.Position) {
			p.OnChartMenu(func() (charts.Chart, bool) { return chartOf(p, name) }, chart.ViewItems(), at)
		})
	}
}

// chartOf returns a chart of the run as it is now.
func chartOf(p *Page, name string) (charts.Chart, bool) {
	if p.s.Run == nil {
		return charts.Chart{}, false
	}
	return charts.Find(charts.Of(p.s.Run.Recipe, p.s.Run.Session.History()), name)
}

// CopyPicture puts what the generator makes on the clipboard, enlarged if it is small.
func (p *Page) CopyPicture() {
	img := inSight(p).view.picture()
	if img == nil {
		p.s.Warn("There is no picture to copy yet.")
		return
	}
	p.s.CopyPicture("the picture", func() (image.Image, error) { return ui.Enlarged(img, ui.CopiedSide), nil })
}

// copyMenu returns what opens the menu of what the generator makes.
func copyMenu(p *Page) func(at fyne.Position) {
	return func(at fyne.Position) { ui.ShowCopyMenu(p.host, p.CopyPicture, at) }
}
