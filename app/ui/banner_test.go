package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/widgets"
)

// TestBannerGoes: an ordinary message leaves the page where it is and goes by itself, unless the
// mouse rests on it; a warning has room of its own and stays.
func TestBannerGoes(t *testing.T) {
	test.NewTempApp(t)
	b := NewBanner()
	var later func() // what the clock will call
	var wait time.Duration
	b.After = func(d time.Duration, f func()) func() {
		wait, later = d, f
		return func() { later = nil }
	}
	page := widget.NewLabel("page")
	b.Around = container.New(Under{b}, page, b)
	w := test.NewTempWindow(t, b.Around)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 400))
	whole := page.Size()
	undone := false
	b.Say(studio.Message{Text: "Left out: 3 items.", Choices: []studio.Choice{{Title: "Undo", Do: func() { undone = true }}}})
	if page.Size() != whole || page.Position() != (fyne.Position{}) || b.Position().Y+b.Size().Height != 400 || !b.Visible() {
		t.Errorf("the page has %v at %v, the message is at %v", page.Size(), page.Position(), b.Position())
	}
	if wait < messageTime {
		t.Errorf("it stays for %v", wait)
	}
	b.MouseIn(nil)
	if later != nil {
		t.Error("it goes while it is looked at")
	}
	b.MouseOut()
	later()
	if b.Visible() {
		t.Error("it stays")
	}
	b.Say(studio.Message{Text: "The disk is full.", Warning: true})
	if later != nil || b.Position() != (fyne.Position{}) || page.Size().Height != whole.Height-b.Size().Height {
		t.Errorf("a warning goes by itself, or covers the page of %v", page.Size())
	}
	b.Say(studio.Message{})
	if b.Visible() || page.Size() != whole {
		t.Errorf("an empty message leaves the last, or the page at %v", page.Size())
	}
	long := strings.Repeat("many words ", 30)
	b.Say(studio.Message{Text: long, Choices: []studio.Choice{{Title: "Undo", Do: func() { undone = true }}}})
	if b.Size().Height < 2*b.Text.MinSize().Height/3 || b.Position().Y+b.Size().Height != 400 {
		t.Errorf("a long message has %v at %v", b.Size(), b.Position())
	}
	test.Tap(b.buttons.Objects[0].(*widgets.TippedButton))
	if !undone || b.Visible() || later != nil {
		t.Errorf("undone %t, visible %t", undone, b.Visible())
	}
}
