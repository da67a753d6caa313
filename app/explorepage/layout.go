package explorepage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// leastMiddle is what the column with the picture needs: little enough for sliders beside it in a
// window of 720 units, which is 1440 pixels at scale 2.
const leastMiddle = 300

// The columns of the page that take turns where there is little room.
const savedColumn, slidersColumn = 0, 2

// layout puts the page together: finds at the left, sliders at the right, and between them the
// picture with what leads to others.
func (p *Page) layout() *fyne.Container {
	p.below = container.NewVBox(p.caption.box, p.pins.box)
	p.middle = widgets.Border(container.NewVBox(p.bar(), p.choice.box), p.below, nil, nil, container.NewStack(p.stage.box, p.tools.over))
	p.fold = ui.NewFold(1,
		ui.Column{Title: "Saved", Width: 196, Content: p.saved.box},
		ui.Column{Title: "Picture", Width: 1, Least: leastMiddle, Content: container.New(layout.NewCustomPaddedLayout(theme.Padding(), theme.Padding(), 0, 0), p.middle)},
		ui.Column{Title: "Sliders", Width: 320, Content: p.tools.box})
	p.fold.Show(slidersColumn) // beside the picture, where one of the others has to go
	p.time = ui.NewTimeBar(p.s, true)
	return widgets.Border(nil, ui.NewPanel(p.time), nil, nil, p.fold.Box)
}

// bar makes what stands above the picture.
func (p *Page) bar() fyne.CanvasObject {
	p.seed = widgets.NewTypedEntry(checkSeed, func(text string) { p.goToSeed(text, "Seed "+text) })
	p.seed.SetPlaceHolder("seed")
	p.seed.SetTip("Type a number and press Enter: the same seed always gives the same picture")
	button := func(icon fyne.Resource, label, tip string, tapped func()) fyne.CanvasObject {
		long, short := widgets.TipButton(icon, label, tip, tapped), widgets.TipButton(icon, "", tip, tapped)
		p.moves = append(p.moves, long, short)
		return container.New(shortened{}, long, short)
	}
	random := button(ui.IconDice, "Random", "Go to a random latent: the numbers that the generator draws from (R)", p.random)
	reset := button(theme.ViewRestoreIcon(), "Reset", "Go back to the last random latent or seed (Home)", p.reset)
	return container.New(row{lastAtEnd: true}, random, reset, container.New(ui.FixedWidth(84), p.seed), p.weights.check)
}
