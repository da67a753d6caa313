package explorepage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// A caption says below the picture where the page stands. Beside it is the button that changes
// between a find as it was saved and as it is now.
type caption struct {
	note    *ui.Note
	asItWas *widgets.TippedButton
	button  fyne.CanvasObject // asItWas, as it is shown
	box     *fyne.Container
}

func newCaption(turn func()) *caption {
	c := &caption{note: ui.NewNoteLine("")}
	c.note.Segment.Style.Alignment = fyne.TextAlignCenter
	c.asItWas = widgets.TipButton(nil, "", "Change between the find as it was saved and what the generator makes of it now", turn)
	c.button = widgets.Dense(c.asItWas)
	c.button.Hide()
	c.box = container.New(ui.Beside{}, ui.WithWholeText(c.note), c.button)
	return c
}

// set shows a text, and the button with a label; "" for none.
func (c *caption) set(text, label string) {
	c.note.Set(text)
	if label != "" && c.asItWas.Text != label {
		c.asItWas.SetText(label)
	}
	if ui.SetShown(c.button, label != "") {
		ui.Relayout(c.box)
	}
}
