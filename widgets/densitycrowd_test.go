package widgets

import (
	"math/rand/v2"
	"testing"

	"fyne.io/fyne/v2/test"
)

// TestDensityCrowds draws many real and many generated points on one spot: both are seen there, as
// dots that leave free what lies around them, and points that stand alone keep their shapes.
func TestDensityCrowds(t *testing.T) {
	test.NewTempApp(t)
	r := rand.New(rand.NewPCG(1, 2))
	var data DensityData
	data.XMin, data.XMax, data.YMin, data.YMax = -1, 1, -1, 1
	for range 500 {
		at := [2]float32{float32(0.04 * (2*r.Float64() - 1)), float32(0.04 * (2*r.Float64() - 1))}
		data.Real, data.Fake = append(data.Real, at), append(data.Fake, [2]float32{-at[0], at[1]})
	}
	alone := [2]float32{0.5, 0.5}
	data.Fake = append(data.Fake, alone)
	style := currentStyle(NewDensityView())
	v := view{w: 400, h: 440, scale: 1, style: style}
	content := densityContent{data: data, DensityLayers: DensityLayers{ShowReal: true, ShowFake: true}}
	img := drawDensity(content, v)
	colors := style.density()
	p, ok := planeAbove(content, newTestPen(t, style), v)
	if !ok {
		t.Fatal("no plane")
	}
	x, y := p.at([2]float32{})
	seen := map[string]int{}
	for dy := -20; dy <= 20; dy++ {
		for dx := -20; dx <= 20; dx++ {
			switch got := img.RGBAAt(int(x)+dx, int(y)+dy); {
			case sameColor(got, colors.real):
				seen["real"]++
			case sameColor(got, colors.fake):
				seen["generated"]++
			case max(dx, -dx) > 11 || max(dy, -dy) > 11: // the points reach 8 pixels far, dots 2 and a halo more
				if !sameColor(got, colors.even) {
					t.Fatalf("%d, %d from the spot: %v, want nothing there", dx, dy, got)
				}
			}
		}
	}
	if seen["real"] < 6 || seen["generated"] < 6 { // most pixels are mixtures
		t.Errorf("pixels of both kinds: %v", seen)
	}
	x, y = p.at(alone)
	arm := 0
	for d := -3; d <= 3; d++ {
		if sameColor(img.RGBAAt(int(x)+d, int(y)+d), colors.fake) {
			arm++
		}
	}
	if arm < 5 {
		t.Errorf("a point alone: %d pixels of a cross", arm)
	}
}

func newTestPen(t *testing.T, s style) *pen {
	t.Helper()
	p, err := newPen(s.regular, float64(s.captionSize))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
