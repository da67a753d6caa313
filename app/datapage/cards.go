package datapage

import (
	"fyne.io/fyne/v2"

	"ganvas/app/studio"
)

// bringIntoSight scrolls to the card of the data, once they are others.
func (p *Page) bringIntoSight(data string) {
	if data == p.seen || !p.visible || p.list.Size().Height == 0 {
		return
	}
	p.seen = data
	if top, bottom, ok := p.cardOf(data); ok {
		p.scrollTo(top, bottom)
	}
}

// cardOf returns where in the list the card of data lies, if they have one there.
func (p *Page) cardOf(data string) (top, bottom float32, ok bool) {
	card := p.cards[data]
	if data == studio.Drawn {
		card = p.draw
	}
	if card == nil {
		return 0, 0, false
	}
	driver := fyne.CurrentApp().Driver()
	top = driver.AbsolutePositionForObject(card).Y - driver.AbsolutePositionForObject(p.list.Content).Y
	return top, top + card.Size().Height, true
}

func (p *Page) scrollTo(top, bottom float32) {
	offset := min(max(p.list.Offset.Y, bottom-p.list.Size().Height), top)
	p.list.ScrollToOffset(fyne.NewPos(0, max(0, offset)))
}

// A sightLayout gives the list of cards all room, and keeps the card of the data in sight, if it
// was, when there is less of it: a message above the page takes some away.
type sightLayout struct {
	page   *Page
	height float32
}

// Layout is part of fyne.Layout.
func (l *sightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p := l.page
	top, bottom, ok := p.cardOf(p.seen)
	kept := ok && size.Height != l.height && top >= p.list.Offset.Y && bottom <= p.list.Offset.Y+l.height
	l.height = size.Height
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
	if kept {
		p.scrollTo(top, bottom)
	}
}

// MinSize is part of fyne.Layout.
func (l *sightLayout) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}
