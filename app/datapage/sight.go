package datapage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/ui"
)

// A sight is a list of cards that scrolls to the card of the data.
type sight struct {
	box    *fyne.Container // the list, in which the card stays in sight
	list   *container.Scroll
	cardOf func(data string) fyne.CanvasObject // nil: they have none
	seen   string                              // of which data the card was last brought into sight
	height float32                             // of the list as it was laid out last
}

func newSight(list fyne.CanvasObject, cardOf func(data string) fyne.CanvasObject) *sight {
	s := &sight{list: container.NewVScroll(ui.ClearOfBar(list)), cardOf: cardOf}
	s.box = container.New((*sightLayout)(s), s.list)
	return s
}

// bring scrolls to the card of the data, once they are others.
func (s *sight) bring(data string) {
	if data == s.seen || s.list.Size().Height == 0 {
		return
	}
	s.seen = data
	if top, bottom, ok := s.place(data); ok {
		s.scrollTo(top, bottom)
	}
}

// place returns where in the list the card of data lies, if they have one there.
func (s *sight) place(data string) (top, bottom float32, ok bool) {
	card := s.cardOf(data)
	if card == nil {
		return 0, 0, false
	}
	driver := fyne.CurrentApp().Driver()
	top = driver.AbsolutePositionForObject(card).Y - driver.AbsolutePositionForObject(s.list.Content).Y
	return top, top + card.Size().Height, true
}

func (s *sight) scrollTo(top, bottom float32) {
	offset := min(max(s.list.Offset.Y, bottom-s.list.Size().Height), top)
	if bottom <= s.list.Size().Height { // the head of the list shows as well
		offset = 0
	}
	s.list.ScrollToOffset(fyne.NewPos(0, max(0, offset)))
}

// A sightLayout gives the list of cards all room, and keeps the card of the data in sight, if it
// was, when there is less of it: a message above the page takes some away.
type sightLayout sight

// Layout is part of fyne.Layout.
func (l *sightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s := (*sight)(l)
	top, bottom, ok := s.place(s.seen)
	kept := ok && size.Height != s.height && top >= s.list.Offset.Y && bottom <= s.list.Offset.Y+s.height
	s.height = size.Height
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
	if kept {
		s.scrollTo(top, bottom)
	}
}

// leastSight is the least height of a list of cards: of two of them.
const leastSight = 152

// MinSize is part of fyne.Layout.
func (l *sightLayout) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	size.Height = leastSight
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}
