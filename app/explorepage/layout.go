package explorepage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// layout puts the page together: finds at the left, sliders at the right, and between them the
// picture with what leads to others.
func (p *Page) layout() *fyne.Container {
	p.below = container.NewVBox(p.caption.box, p.pins.box)
	p.middle = container.NewBorder(container.NewVBox(p.bar(), p.choice.box), p.below, nil, nil, p.stage.box)
	return container.NewBorder(nil, nil,
		container.New(ui.FixedWidth(196), p.saved.box), container.New(ui.FixedWidth(320), p.knobs.box),
		container.NewPadded(p.middle))
}

// bar makes what stands above the picture.
func (p *Page) bar() fyne.CanvasObject {
	p.seed = widgets.NewTypedEntry(checkSeed, func(text string) { p.goToSeed(text, "Seed "+text) })
	p.seed.SetPlaceHolder("seed")
	p.seed.SetTip("Type a number and press Enter: the same seed always gives the same picture")
	p.ema = widgets.NewCheck("Averaged weights", func(on bool) {
		p.wantEMA.Store(on)
		p.fetch()
	})
	p.ema.Checked = true
	random := widgets.TipButton(ui.IconDice, "Random", "Go to a random latent (R)", p.random)
	reset := widgets.TipButton(theme.ViewRestoreIcon(), "Reset", "Go back to where the last random latent or seed was", p.reset)
	return container.NewBorder(nil, nil, container.NewHBox(random, reset, container.New(ui.FixedWidth(84), p.seed)),
		widgets.Tip(p.ema, "The average of the generator's weights over the last steps (EMA): calmer and usually better than the raw weights"))
}
