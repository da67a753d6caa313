package widgets

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// tipColumns returns a scrolled column of knobs at the right of a wide page, with a row of buttons
// above.
func tipColumns() (layer *tipLayer, scroll *container.Scroll, knobs []*KnobSlider, button *TippedButton) {
	rows := container.NewVBox()
	for range 20 {
		k := NewKnobSlider("Rate", 0, 1, 0.5)
		k.SetTip("How far the weights move with every step of the optimiser, which is one batch of items")
		knobs = append(knobs, k)
		rows.Add(Dense(k))
	}
	scroll = container.NewVScroll(container.NewPadded(rows))
	button = TipButton(nil, "Step", "One step", nil)
	page := container.NewBorder(container.NewHBox(button, TipButton(nil, "Next", "", nil)), nil, nil,
		container.NewGridWrap(fyne.NewSize(280, 300), scroll), widget.NewLabel("centre"))
	return WithTips(page).(*tipLayer), scroll, knobs, button
}

// TestTipBesideColumn keeps the rows of a column free: the tip of one lies beside all of them.
func TestTipBesideColumn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		layer, scroll, knobs, button := tipColumns()
		w := inWindow(t, layer, 800, 400)
		at := areaOf(knobs[2].label)
		test.MoveMouse(w.Canvas(), at.Position.AddXY(5, 5))
		clock.wait()
		bubble := areaOf(layer.bubble)
		if !layer.bubble.Visible() || bubble.X+bubble.Width > areaOf(scroll).X {
			t.Errorf("the tip reaches to %v, into the column that begins at %v", bubble.X+bubble.Width, areaOf(scroll).X)
		}
		if bubble.Y != at.Y {
			t.Errorf("the tip is at %v, its row at %v", bubble.Y, at.Y)
		}
		w.Resize(fyne.NewSize(300, 400)) // no room beside the column
		test.MoveMouse(w.Canvas(), fyne.NewPos(299, 399))
		at = areaOf(knobs[2].label)
		test.MoveMouse(w.Canvas(), at.Position.AddXY(5, 5))
		clock.wait()
		if bubble := areaOf(layer.bubble); !layer.bubble.Visible() || bubble.Y < at.Y+5 {
			t.Errorf("without room beside it: shown %v at %v, its row at %v", layer.bubble.Visible(), bubble.Y, at.Y)
		}
		at = areaOf(button)
		test.MoveMouse(w.Canvas(), at.Position.AddXY(5, 5))
		clock.wait()
		if bubble := areaOf(layer.bubble); !layer.bubble.Visible() || bubble.Y < at.Y+5 {
			t.Errorf("in a row of buttons: shown %v at %v", layer.bubble.Visible(), bubble.Y)
		}
	})
}

// TestTipGoesWithScrolling takes the tip away, or does not show it, once its row was scrolled away
// below the resting mouse, with the wheel or otherwise.
func TestTipGoesWithScrolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		for _, shown := range []bool{true, false} {
			layer, scroll, knobs, _ := tipColumns()
			w := inWindow(t, layer, 800, 400)
			mouse := areaOf(knobs[2].label).Position.AddXY(5, 5)
			test.MoveMouse(w.Canvas(), mouse)
			if shown {
				clock.wait()
				if !layer.bubble.Visible() {
					t.Fatal("never shown")
				}
			}
			scroll.ScrollToOffset(fyne.NewPos(0, 100))
			w.Canvas().Capture() // the next frame
			clock.wait()
			if layer.bubble.Visible() {
				t.Errorf("shown before scrolling %v: shown afterwards", shown)
			}
		}
	})
}

// TestTipGoesWithItsObject takes the tip away when what it is about is hidden.
func TestTipGoesWithItsObject(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := newTipClock(t)
		page := container.NewVBox(widget.NewLabel("above"), Tip(widget.NewLabel("Name"), "tip"))
		layer := WithTips(page).(*tipLayer)
		w := inWindow(t, layer, 300, 200)
		test.MoveMouse(w.Canvas(), areaOf(page.Objects[1]).Position.AddXY(5, 5))
		clock.wait()
		if !layer.bubble.Visible() {
			t.Fatal("never shown")
		}
		page.Objects[1].Hide()
		w.Canvas().Capture()
		clock.wait()
		if layer.bubble.Visible() {
			t.Error("stays though its object is hidden")
		}
	})
}
