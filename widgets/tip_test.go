package widgets

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// A tipClock lets virtual time pass and then runs what was meant for the UI goroutine on the test's
// own.
type tipClock chan func()

// newTipClock belongs into a synctest bubble.
func newTipClock(t *testing.T) tipClock {
	before := onUI
	t.Cleanup(func() { onUI = before })
	c := make(tipClock, 100)
	onUI = func(f func()) { c <- f }
	return c
}

func (c tipClock) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
	for len(c) > 0 {
		(<-c)()
	}
}

// wait passes as long as a tip takes to show.
func (c tipClock) wait() { c.pass(tipDelay + time.Millisecond) }

// TestTipsThatChange: the tip of a TipFunc and that of a Check say what they were last told, and
// nothing where that is empty.
func TestTipsThatChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		text := ""
		check := NewCheck("Averaged", nil)
		layer := WithTips(container.NewVBox(TipFunc(widget.NewLabel("Name"), func() string { return text }), Tip(check, ""))).(*tipLayer)
		c := inWindow(t, layer, 300, 200).Canvas()
		for _, text = range []string{"first", "", "second"} {
			check.SetTip(text)
			for name, at := range map[string]fyne.Position{"label": fyne.NewPos(20, 10), "check": fyne.NewPos(20, 50)} {
				test.MoveMouse(c, at)
				clock.wait()
				if layer.bubble.Visible() != (text != "") || text != "" && layer.text.Text != text {
					t.Errorf("%s: says %q, shown %v; want %q", name, layer.text.Text, layer.bubble.Visible(), text)
				}
				test.MoveMouse(c, fyne.NewPos(250, 190))
			}
		}
		check.Disable()
		test.MoveMouse(c, fyne.NewPos(20, 50))
		if clock.wait(); !layer.bubble.Visible() {
			t.Error("a check that is off does not say why")
		}
	})
}

func TestTipShowsAndHides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		entry := widget.NewEntry()
		taps := 0
		button := TipButton(nil, "OK", "Does it", func() { taps++ })
		layer := WithTips(container.NewVBox(Tip(widget.NewLabel("Name"), "What it is called"), button, entry)).(*tipLayer)
		w := inWindow(t, layer, 300, 200)
		w.Canvas().Focus(entry)
		c := w.Canvas()

		test.MoveMouse(c, fyne.NewPos(20, 10))
		clock.pass(tipDelay / 2)
		if layer.bubble.Visible() {
			t.Error("shown too early")
		}
		clock.wait()
		if !layer.bubble.Visible() || layer.text.Text != "What it is called" {
			t.Errorf("tip %q, shown %v", layer.text.Text, layer.bubble.Visible())
		}
		if c.Focused() != fyne.Focusable(entry) || c.Overlays().Top() != nil {
			t.Error("the tip took the keyboard")
		}
		pos := fyne.NewPos(20, button.Position().Y+10)
		test.MoveMouse(c, pos)
		if layer.bubble.Visible() {
			t.Error("stays though the mouse left")
		}
		clock.wait()
		if !layer.bubble.Visible() || layer.text.Text != "Does it" {
			t.Errorf("tip %q, shown %v", layer.text.Text, layer.bubble.Visible())
		}
		test.TapCanvas(c, pos)
		if layer.bubble.Visible() || taps != 1 {
			t.Errorf("after the tap: shown %v, %d taps", layer.bubble.Visible(), taps)
		}
		test.MoveMouse(c, fyne.NewPos(20, 190))
		clock.wait()
		if layer.bubble.Visible() {
			t.Error("shown over nothing")
		}
	})
}

func TestTipWaitsForRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		layer := WithTips(Tip(widget.NewLabel("A long name to move over"), "tip")).(*tipLayer)
		w := inWindow(t, layer, 300, 100)
		for i := range 20 {
			test.MoveMouse(w.Canvas(), fyne.NewPos(float32(10+5*i), 10))
			clock.pass(tipDelay / 2)
			if layer.bubble.Visible() {
				t.Fatal("shown while the mouse moves")
			}
		}
		clock.wait()
		if !layer.bubble.Visible() {
			t.Error("not shown when it rests")
		}
	})
}

func TestTipStaysInWindowAndBreaksLines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		long := strings.Repeat("many words ", 20)
		layer := WithTips(container.NewBorder(nil, container.NewHBox(Tip(widget.NewLabel("x"), long)), nil, nil)).(*tipLayer)
		w := inWindow(t, layer, 280, 220)
		test.MoveMouse(w.Canvas(), fyne.NewPos(10, 210))
		clock.wait()
		pos, size := layer.bubble.Position(), layer.bubble.Size()
		if !layer.bubble.Visible() || pos.X < 0 || pos.Y < 0 || pos.X+size.Width > 280 || pos.Y+size.Height > 220 {
			t.Errorf("at %v of size %v in a window of 280×220", pos, size)
		}
		if pos.Y+size.Height > 210 {
			t.Errorf("covers the mouse: ends at %g", pos.Y+size.Height)
		}
	})
}

func TestTipPassesHoverOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		card := NewDataCard("a", "b", nil, nil)
		layer := WithTips(Tip(container.NewStack(card), "tip"))
		w := inWindow(t, layer, 300, 100)
		test.MoveMouse(w.Canvas(), fyne.NewPos(50, 50))
		if !card.hovered {
			t.Error("what lies below does not know of the mouse")
		}
		test.MoveMouse(w.Canvas(), fyne.NewPos(55, 50))
		test.MoveMouse(w.Canvas(), fyne.NewPos(500, 50))
		if card.hovered {
			t.Error("what lies below still thinks the mouse is there")
		}
		clock.wait()
	})
}

func TestTipWithoutLayerOrBelowDialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		b := TipButton(nil, "OK", "tip", nil)
		w := inWindow(t, b, 200, 100)
		test.MoveMouse(w.Canvas(), fyne.NewPos(50, 50))
		clock.wait() // nothing to show it in, and nothing happens
		test.MoveMouse(w.Canvas(), fyne.NewPos(500, 50))

		layer := WithTips(TipButton(nil, "OK", "tip", nil)).(*tipLayer)
		w = inWindow(t, layer, 200, 100)
		test.MoveMouse(w.Canvas(), fyne.NewPos(50, 50))
		dialog.ShowInformation("title", "text", w) // opens before the tip would show
		clock.wait()
		if layer.bubble.Visible() {
			t.Error("shown below a dialog")
		}
	})
}

func TestHideTips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		layer := WithTips(Tip(widget.NewLabel("Name"), "tip")).(*tipLayer)
		w := inWindow(t, layer, 300, 100)
		HideTips() // there is none
		for _, shown := range []bool{true, false} {
			test.MoveMouse(w.Canvas(), fyne.NewPos(20, 10))
			if shown {
				clock.wait()
			}
			HideTips()
			clock.wait()
			test.MoveMouse(w.Canvas(), fyne.NewPos(22, 10))
			clock.wait()
			if layer.bubble.Visible() {
				t.Errorf("hidden when it showed %v: shows though the mouse did not come anew", shown)
			}
			test.MoveMouse(w.Canvas(), fyne.NewPos(500, 10))
		}
		test.MoveMouse(w.Canvas(), fyne.NewPos(20, 10))
		clock.wait()
		if !layer.bubble.Visible() {
			t.Error("never shows again")
		}
	})
}

func TestTipInDialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		below := WithTips(widget.NewLabel("below")).(*tipLayer)
		w := inWindow(t, below, 400, 300)
		b := TipButton(nil, "OK", "tip", nil)
		layer := WithTips(container.NewGridWrap(fyne.NewSize(200, 100), b)).(*tipLayer)
		dialog.ShowCustom("title", "Close", layer, w)
		test.MoveMouse(w.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(20, 20))
		clock.wait()
		if !layer.bubble.Visible() || below.bubble.Visible() {
			t.Errorf("shown in the dialog %v, below it %v", layer.bubble.Visible(), below.bubble.Visible())
		}
	})
}
