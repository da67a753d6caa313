package judgepage

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/widgets"
)

// An averagedCheck chooses between the averaged generator and the one that played. There is no
// choice while the run looks at a step of which only one is kept.
type averagedCheck struct {
	*widgets.Check
	box  *fyne.Container   // the check with its tip
	why  fyne.CanvasObject // the tip while there is no choice
	only bool              // there is no choice
	wish bool              // what was chosen before
}

func newAveragedCheck(changed func()) *averagedCheck {
	c := &averagedCheck{Check: widgets.NewCheck("Averaged weights", func(bool) { changed() })}
	c.Checked = true
	c.why = widgets.Tip(canvas.NewRectangle(color.Transparent), "Only one generator of this step is kept, so there is no choice. Go to a later step to choose again.")
	c.why.Hide()
	c.box = container.NewStack(widgets.Tip(c.Check, "The mean of the generator over many steps, which usually draws better than the one that played"), c.why)
	return c
}

// follow takes the choice away while the run looks at a step of which only one generator is kept,
// the averaged one where there is one, and gives it back after that.
func (c *averagedCheck) follow(s *studio.Studio) {
	only := s.Run != nil && s.Status.Looking
	if only == c.only {
		return
	}
	c.only = only
	checked := c.wish
	if only {
		c.wish = c.Checked
		checked = c.Checked || s.Run.Recipe.EMA > 0
	}
	ui.SetEnabled(c.Check, !only)
	ui.SetShown(c.why, only)
	c.SetChecked(checked)
}
