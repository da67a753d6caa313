package trainpage

import (
	"fyne.io/fyne/v2"

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
