package datapage

import (
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
)

// The page fits into a window of 1024×700, and the card of the data is in sight.
func TestSmallWindow(t *testing.T) {
	r := newRig(t)
	room := fyne.NewSize(936, 645) // of the page in such a window
	r.Host.Window().Resize(room)
	if got := r.right.MinSize(); got.Width+262 > room.Width || got.Height > room.Height || r.fold.Folded() {
		t.Errorf("what is beside the cards needs %v of %v, and the page is folded: %v", got, room, r.fold.Folded())
	}
	r.points.drawing.choose()
	view, card := r.choices.sight.list, r.choices.cards[studio.Drawn]
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(card).Y - driver.AbsolutePositionForObject(view).Y
	if view.Offset.Y == 0 || top < 0 || top+card.Size().Height > view.Size().Height {
		t.Errorf("the card of drawn points lies at %v of %v, scrolled by %v; want it in sight", top, view.Size().Height, view.Offset.Y)
	}
	r.S.Plan.Undo()
	if view.Offset.Y != 0 {
		t.Errorf("digits again: scrolled by %v, want to the top", view.Offset.Y)
	}
}

// The card of the data is marked, and no other.
func TestCardOfDataIsMarked(t *testing.T) {
	r := newRig(t)
	for _, name := range []string{"ring", "shapes"} {
		r.S.Data.Choose(name)
		r.Until(name+" is read", func() bool { return r.S.Plan.Now().Data == name && r.S.Data.Set != nil && !r.S.Data.Opening })
		for other, card := range r.choices.cards {
			if got := card.Selected(); got != (other == name) {
				t.Errorf("%s: the card of %s is marked: %v", name, other, got)
			}
		}
		if n := len(r.choices.recent.cards); n != 0 {
			t.Errorf("%s: %d cards of one's own data, want none", name, n)
		}
	}
}
