package explorepage

import (
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/ui"
)

func (v *pictureView) shown() image.Image { return v.pad.Picture() }

func (v *pictureView) onMenu(open func(at fyne.Position)) { v.pad.OnMenu = open }

func (v *pointsView) shown() image.Image { return v.pad.Plane.Picture() }

func (v *pointsView) onMenu(open func(at fyne.Position)) { v.pad.OnMenu = open }

// giveMenus gives the pictures of all kinds the menu with which they are copied.
func (p *Page) giveMenus() {
	for _, v := range p.views {
		v.onMenu(func(at fyne.Position) { ui.ShowCopyMenu(p.host, p.CopyPicture, at) })
	}
}

// CopyPicture puts what is shown on the clipboard, enlarged if it is small.
func (p *Page) CopyPicture() {
	img := p.view.shown()
	if !p.ready || img == nil {
		p.s.Warn("There is no picture to copy yet.")
		return
	}
	p.s.CopyPicture("the picture", func() (image.Image, error) { return ui.Enlarged(img, ui.CopiedSide), nil })
}
