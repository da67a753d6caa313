package widgets

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestChartLooks: a press on the legend hides a line and shows it again, the wheel looks closer at the
// place below the mouse, dragging moves within the run, and the menu leads back.
func TestChartLooks(t *testing.T) {
	test.NewTempApp(t)
	c := NewChart("Losses", "step", "")
	defer c.Close()
	c.Resize(fyne.NewSize(400, 200))
	c.Set(losses(1000), nil)
	draw := func() *chartPicture {
		p := drawChart(c.easel.current(), view{w: 400, h: 200, scale: 1, style: currentStyle(c)})
		c.easel.drawn.Store(&p)
		return p
	}
	whole := draw()
	if len(whole.legend) != 2 {
		t.Fatalf("the legend has %d names, want 2", len(whole.legend))
	}
	press := func(i int) {
		at := whole.legend[i].area
		c.Tapped(&fyne.PointEvent{Position: at.AddXY(at.Width/2, at.Height/2)})
	}
	press(0)
	if p := draw(); p.points >= whole.points || p.axes.yMin < 1.3 || len(p.legend) != 2 {
		t.Errorf("without the line around 1 there are %d of %d points from %g on, and %d names", p.points, whole.points, p.axes.yMin, len(p.legend))
	}
	press(1)
	if p := draw(); len(p.legend) != 2 || p.right != 0 {
		t.Error("with all lines hidden nothing leads back")
	}
	press(0)
	press(1)
	if p := draw(); p.points != whole.points {
		t.Errorf("shown again there are %d of %d points", p.points, whole.points)
	}

	middle := fyne.NewPos((whole.left+whole.right)/2, (whole.top+whole.bottom)/2)
	wheel := func(dy float32) {
		c.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: middle}, Scrolled: fyne.NewDelta(0, dy)})
	}
	wheel(10)
	near := draw()
	if length := near.axes.xMax - near.axes.xMin; math.Abs(length-0.8*999) > 1 || math.Abs(near.axes.xMin+length/2-499.5) > 5 {
		t.Errorf("one notch leads from 0 … 999 to %g … %g", near.axes.xMin, near.axes.xMax)
	}
	c.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-(near.right - near.left), 0)})
	if p := draw(); p.axes.xMax != 999 || math.Abs(p.axes.xMax-p.axes.xMin-0.8*999) > 1 {
		t.Errorf("dragged beyond the end it shows %g … %g", p.axes.xMin, p.axes.xMax)
	}
	for range 100 {
		wheel(50)
		draw()
	}
	if p := draw(); p.axes.xMax-p.axes.xMin < zoomLeast {
		t.Errorf("the nearest look is at %g steps", p.axes.xMax-p.axes.xMin)
	}
	c.ViewItems()[1].Action()
	if p := draw(); p.axes.xMin != whole.axes.xMin || p.axes.xMax != whole.axes.xMax {
		t.Error("the menu does not lead back to the whole run")
	}
	wheel(-10)
	if c.easel.current().look.zoomed() {
		t.Error("one can look at more than there is")
	}
	c.ViewItems()[0].Action()
	if !c.easel.current().logY || !c.ViewItems()[0].Checked {
		t.Error("the menu does not choose a logarithmic axis")
	}
}
