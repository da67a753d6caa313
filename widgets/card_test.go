package widgets

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestDataCard(t *testing.T) {
	taps := 0
	c := NewDataCard("Digits", "60,000 handwritten digits", plain(28, 28, red), func() { taps++ })
	w := inWindow(t, c, 260, 80)
	plainCard := w.Canvas().Capture()
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 40))
	w.Canvas().FocusNext()
	if w.Canvas().Focused() == nil {
		t.Fatal("the keyboard cannot reach the card")
	}
	for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyX} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	if taps != 4 {
		t.Errorf("pressed %d times, want 4", taps)
	}
	w.Canvas().Unfocus()
	c.SetSelected(true)
	if !c.Selected() || equalPictures(plainCard, w.Canvas().Capture()) {
		t.Error("selection does not show")
	}
	if got := count(w.Canvas().Capture(), red); got != 56*56 {
		t.Errorf("%d pixels of the thumbnail, want 56×56", got)
	}
	selected := w.Canvas().Capture()
	c.SetPale(true)
	if !c.Pale() || equalPictures(selected, w.Canvas().Capture()) {
		t.Error("a card that is greyed out looks as before")
	}
	c.SetPale(false)
	c.SetThumbnail(nil)
	if got := count(w.Canvas().Capture(), red); got != 0 {
		t.Errorf("%d pixels of a thumbnail that was taken away", got)
	}
}

func TestDropZone(t *testing.T) {
	chosen := 0
	z := NewDropZone("Drop pictures here", func() { chosen++ })
	w := inWindow(t, z, 300, 120)
	before := w.Canvas().Capture()
	test.TapCanvas(w.Canvas(), fyne.NewPos(150, 60))
	z.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if chosen != 2 {
		t.Errorf("chosen %d times, want 2", chosen)
	}
	z.SetHighlighted(true)
	if equalPictures(before, w.Canvas().Capture()) {
		t.Error("highlight does not show")
	}
	z.SetHighlighted(false)
	if !equalPictures(before, w.Canvas().Capture()) {
		t.Error("highlight stays")
	}
}

func TestStrip(t *testing.T) {
	s := NewStrip("Pin two pictures")
	tapped := -1
	s.OnTapped = func(i int) { tapped = i }
	w := inWindow(t, s, 329, 120)
	s.Set([]image.Image{plain(10, 10, red), plain(10, 10, green), plain(10, 10, blue)}) // 32×10, shown 10 times as large
	for i, x := range []float32{20, 160, 300} {
		test.TapCanvas(w.Canvas(), fyne.NewPos(x, 60))
		if tapped != i {
			t.Errorf("tapped %d at %g, want %d", tapped, x, i)
		}
	}
	s.Set(nil)
	tapped = -1
	test.TapCanvas(w.Canvas(), fyne.NewPos(160, 60))
	if tapped != -1 || s.Count() != 0 {
		t.Errorf("tapped %d of %d pictures on an empty strip", tapped, s.Count())
	}
}

func TestPinSlot(t *testing.T) {
	taps, cleared := 0, 0
	s := NewPinSlot("Pin A", func() { taps++ })
	s.OnCleared = func() { cleared++ }
	w := inWindow(t, s, 88, 88)
	test.TapCanvas(w.Canvas(), fyne.NewPos(44, 60))
	if taps != 1 || s.Pinned() {
		t.Errorf("%d taps, pinned %v", taps, s.Pinned())
	}
	s.Set(plain(8, 8, red))
	if got := count(w.Canvas().Capture(), red); got < 70*70 {
		t.Errorf("%d pixels of the pinned picture", got)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(80, 8)) // its small cross
	if s.Pinned() || cleared != 1 {
		t.Errorf("pinned %v after the cross, %d calls", s.Pinned(), cleared)
	}
	s.Set(plain(8, 8, red))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if s.Pinned() || cleared != 2 || taps != 1 {
		t.Errorf("pinned %v after Delete, %d calls, %d taps", s.Pinned(), cleared, taps)
	}
}

// TestCutTextsAreTold rests the mouse on texts that are cut and on the same with room: a tip tells
// the whole text only where it is cut, before what the tip says anyway.
func TestCutTextsAreTold(t *testing.T) {
	const long = "A folder with a very long name"
	stack := NewLayerStack("Generator", nil)
	stack.Set("", []Card{{Title: "Dense"}}, long+" and what leaves it at the end of everything that is in it")
	card, tipped := NewDataCard(long, "400 pictures", nil, nil), NewDataCard(long, "400 pictures", nil, nil)
	Tip(tipped, "From the disk")
	for _, c := range []struct {
		name       string
		root       fyne.CanvasObject
		over       interface{ MouseIn(*desktop.MouseEvent) }
		tip        *tipTimer
		cut, whole string
	}{
		{"card", card, card, &card.tip, long, ""},
		{"card with a tip", tipped, tipped, &tipped.tip, long + ": From the disk", "From the disk"},
		{"footer of a stack", stack, stack.footer, &stack.footer.tip, stack.footer.text, ""},
	} {
		for _, w := range []struct {
			width float32
			want  string
		}{{230, c.cut}, {900, c.whole}} {
			inWindow(t, c.root, w.width, 200)
			c.over.MouseIn(&desktop.MouseEvent{})
			if c.tip.text != w.want {
				t.Errorf("%s, %v wide: %q, want %q", c.name, w.width, c.tip.text, w.want)
			}
			HideTips()
		}
	}
}
