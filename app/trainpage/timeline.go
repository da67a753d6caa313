package trainpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/widgets"
)

// A timeLine is the bar below the page on which one looks back, and the button that goes on from
// there.
type timeLine struct {
	s      *studio.Studio
	bar    *ui.TimeBar
	branch *widgets.TippedButton
	box    fyne.CanvasObject
}

func newTimeLine(s *studio.Studio, branch func()) *timeLine {
	t := &timeLine{s: s}
	t.branch = widgets.TipButton(ui.IconBranch, "Continue from here…", "Train on from the step that is looked at, in a run of its own (Ctrl+B). Says first what that takes.", branch)
	t.bar = ui.NewTimeBar(s, false, t.branch)
	t.box = ui.NewPanel(t.bar)
	follow := func(studio.None) { ui.SetEnabled(t.branch, s.TimeLine.Past()) }
	s.Looked.On(follow)
	s.RunChanged.On(follow)
	follow(studio.None{})
	return t
}

// A timeLayout has a time line below a page, with its pictures where there is room for them.
type timeLayout struct{ pictures float32 }

// Layout is part of fyne.Layout.
func (l timeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	page, line := objects[0], objects[1]
	gap, height := theme.Padding(), line.MinSize().Height
	if room := size.Height - page.MinSize().Height - gap - height; room >= l.pictures {
		height += l.pictures
	}
	page.Move(fyne.Position{})
	page.Resize(fyne.NewSize(size.Width, size.Height-height-gap))
	line.Move(fyne.NewPos(0, size.Height-height))
	line.Resize(fyne.NewSize(size.Width, height))
}

// MinSize is part of fyne.Layout.
func (timeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	page, line := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(page.Width, line.Width), page.Height+theme.Padding()+line.Height)
}
