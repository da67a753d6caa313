package widgets

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestSpotPlaneDraws: the ground is shaded where it is dense, the way ends in a target, and what was
// asked is a dot.
func TestSpotPlaneDraws(t *testing.T) {
	test.NewTempApp(t)
	style := currentStyle(NewSpotPlane())
	v := view{w: 300, h: 300, scale: 1, style: style}
	colors := style.density()
	data := SpotData{
		Reach: 3, Shade: []float32{0, 0, 1, 0}, Cells: 2, // dense at the left below
		Way: [][2]float32{{0, 2}, {2, 2}}, Asked: &[2]float32{2, -2}, Back: &[2]float32{1, -2},
	}
	img := drawSpots(data, v)
	far := func(got uint8, want uint32) int { return max(int(got)-int(want>>8), int(want>>8)-int(got)) }
	for _, c := range []struct {
		what string
		x, y int
		want color.Color
	}{
		{"the dense corner", 20, 280, shadeColor(1, false, colors)},
		{"the empty corner", 20, 20, shadeColor(0, false, colors)},
		{"the way", 200, 50, style.foreground},
		{"the point that was asked", 250, 250, style.foreground},
	} {
		got := img.RGBAAt(c.x, c.y)
		const most = 60 // edges of lines are smooth
		r, g, b, _ := c.want.RGBA()
		if far(got.R, r) > most || far(got.G, g) > most || far(got.B, b) > most {
			t.Errorf("%s is %v, not %v", c.what, got, c.want)
		}
	}
	if img := drawSpots(SpotData{}, view{w: 4, h: 4, scale: 1, style: style}); img.Rect.Dx() != 4 {
		t.Error("an empty plane has another size")
	}
}

// TestSpotPlaneTaps: a tap asks about the place of the plane below it, and none beside the square.
func TestSpotPlaneTaps(t *testing.T) {
	test.NewTempApp(t)
	p := NewSpotPlane()
	defer p.Close()
	var got [][2]float32
	p.OnTapped = func(x, y float32) { got = append(got, [2]float32{x, y}) }
	p.Resize(fyne.NewSize(400, 200))
	tap := func(x, y float32) { p.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)}) }
	tap(200, 100)
	if got != nil {
		t.Errorf("a plane without data answers %v", got)
	}
	p.Set(SpotData{Reach: 2})
	tap(200, 100)
	tap(250, 50)
	tap(10, 100)
	if len(got) != 2 || got[0] != [2]float32{0, 0} || got[1] != [2]float32{1, 1} {
		t.Errorf("taps ask about %v", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a shade of the wrong length is taken")
		}
	}()
	p.Set(SpotData{Shade: make([]float32, 3), Cells: 2})
}
