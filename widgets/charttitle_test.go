package widgets

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// TestChartTitleTip: the tip is of the title, and the values are of what lies below it.
func TestChartTitleTip(t *testing.T) {
	test.NewTempApp(t)
	c := NewChart("Losses", "step", "")
	c.SetTip("what a loss is")
	c.Resize(fyne.NewSize(300, 150))
	defer c.Close()
	at := func(y float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, y)}}
	}
	p := &chartPicture{left: 20, right: 290, top: 30, bottom: 120}
	c.easel.drawn.Store(&p)
	c.MouseIn(at(10))
	if resting != &c.tip.tipTimer {
		t.Error("no tip is due above the title")
	}
	c.MouseMoved(at(60))
	if resting != nil {
		t.Error("a tip is still due over the lines")
	}
}

// TestChartMenu opens the menu with the other mouse button and with the button in the corner,
// beside which the names of the lines stay.
func TestChartMenu(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("Losses", "step", "")
		var at []fyne.Position
		c.SetMenu("menu", func(p fyne.Position) { at = append(at, p) })
		w := inWindow(t, c, 400, 240)
		c.Set(losses(300), nil)
		img := settled(w)
		test.TapSecondaryAt(c, fyne.NewPos(200, 100))
		test.Tap(c.more)
		if len(at) != 2 || at[1].X < 400-moreSide-1 || at[1].Y < moreSide {
			t.Errorf("the menu opens at %v", at)
		}
		for i := range 2 {
			line, _ := currentStyle(c).line(losses(1), i)
			for y := range moreSide {
				for x := 400 - moreSide; x < 400; x++ {
					if sameColor(img.At(x, y), line) {
						t.Fatalf("line %d is under the button", i)
					}
				}
			}
		}
		c.Close()
	})
}
