package widgets

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
)

// layered returns data over [−1,1]² in four by four cells: D, the best D, and points at the right.
func layered() DensityData {
	d := DensityData{XMin: -1, XMax: 1, YMin: -1, YMax: 1, HeatW: 4, HeatH: 4, CellsW: 4, CellsH: 4}
	for range 4 {
		d.Heat = append(d.Heat, 0, 0, 1, 1)
		d.Optimal = append(d.Optimal, 1, 1, 1, 1)
		d.Density = append(d.Density, 0, 0, 0, 0.25)
		d.Cells = append(d.Cells, 0, 0, 0, 0.25)
	}
	d.Arrows = [][2][2]float32{{{-0.5, 0}, {0.5, 0}}, {{float32(math.NaN()), 0}, {1, 0}}, {{0.5, 0.5}, {0, float32(math.Inf(1))}}}
	return d
}

// drawn draws layers of data at 300×340 pixels, and returns the plane in it.
func drawn(t testing.TB, d DensityData, on DensityLayers) (*image.RGBA, plane) {
	t.Helper()
	v := view{w: 300, h: 340, scale: 1, style: currentStyle(NewDensityView())}
	c := densityContent{data: d, DensityLayers: on}
	pen, err := newPen(v.style.regular, float64(v.style.captionSize*v.scale))
	if err != nil {
		t.Fatal(err)
	}
	p, ok := planeAbove(c, pen, v)
	if !ok {
		t.Fatal("no room for the plane")
	}
	return drawDensity(c, v), p
}

// TestLayersAlone shows each layer where it has something, and nowhere else.
func TestLayersAlone(t *testing.T) {
	test.NewTempApp(t)
	for name, c := range map[string]struct {
		on      DensityLayers
		at, far [2]float32
	}{
		"density":  {DensityLayers{ShowDensity: true}, [2]float32{0.9, 0}, [2]float32{-0.5, 0}},
		"manifold": {DensityLayers{ShowManifold: true}, [2]float32{0.9, 0}, [2]float32{-0.5, 0}},
		"best D":   {DensityLayers{ShowOptimal: true}, [2]float32{-0.9, 0}, [2]float32{10, 10}},
		"arrows":   {DensityLayers{ShowArrows: true}, [2]float32{-0.45, 0}, [2]float32{0.5, 0.5}},
	} {
		with, p := drawn(t, layered(), c.on)
		without, _ := drawn(t, layered(), DensityLayers{})
		within := func(v [2]float32) bool {
			x, y := p.at(v)
			at := image.Pt(int(x), int(y))
			return at.In(p.area) && with.RGBAAt(at.X, at.Y) != without.RGBAAt(at.X, at.Y)
		}
		if !within(c.at) {
			t.Errorf("%s: not shown at %v", name, c.at)
		}
		if within(c.far) {
			t.Errorf("%s: shown at %v too", name, c.far)
		}
	}
}

// TestStripes shows the best D in stripes over D: they cannot be seen where both say the same, or
// where nothing is known of the best.
func TestStripes(t *testing.T) {
	test.NewTempApp(t)
	d := layered()
	for i := range d.Optimal[:4] {
		d.Optimal[i] = float32(math.NaN()) // in the row at the top
	}
	alone, _ := drawn(t, d, DensityLayers{ShowHeat: true})
	both, p := drawn(t, d, DensityLayers{ShowHeat: true, ShowOptimal: true})
	row := func(y float32) (same, other int) {
		_, py := p.at([2]float32{0, y})
		for x := p.area.Min.X; x < p.area.Max.X; x++ {
			if alone.RGBAAt(x, int(py)) == both.RGBAAt(x, int(py)) {
				same++
			} else {
				other++
			}
		}
		return same, other
	}
	if same, other := row(-0.5); same < other || other < p.area.Dx()/6 {
		t.Errorf("below, %d pixels are those of D alone and %d are not: want stripes where they differ", same, other)
	}
	if _, other := row(0.95); other > 0 {
		t.Errorf("where nothing is known of the best D %d pixels differ", other)
	}
}

// TestArrowsVanish: an arrow's length follows the gradient on one scale of logarithms, down to
// nothing.
func TestArrowsVanish(t *testing.T) {
	gradients := []float64{1e-6, 1e-4, 1e-3, 1e-2, 1, 1e3}
	var reach []float64
	for _, g := range gradients {
		reach = append(reach, arrowReach(g))
	}
	if !slices.IsSorted(reach) || reach[0] != 0 || reach[1] != 0 || reach[4] != arrowLength || reach[5] != arrowLength*arrowMost {
		t.Errorf("gradients of %v have arrows of %v", gradients, reach)
	}
}

// TestCutSides cuts squares where a level lies between their corners.
func TestCutSides(t *testing.T) {
	for _, c := range []struct {
		corners [4]float32
		want    [][2]float32
	}{
		{[4]float32{0, 0, 0, 0}, nil},
		{[4]float32{0, 4, 4, 0}, [][2]float32{{0.25, 0}, {0.25, 1}}},
		{[4]float32{2, 0, 0, 0}, [][2]float32{{0.5, 0}, {0, 0.5}}},
		{[4]float32{2, 0, 2, 0}, [][2]float32{{0.5, 0}, {1, 0.5}, {0.5, 1}, {0, 0.5}}},
	} {
		if got := cutSides(c.corners, 1); !slices.Equal(got, c.want) {
			t.Errorf("corners %v are cut at %v, want %v", c.corners, got, c.want)
		}
	}
}

// TestLayersOfWrongLength panics for each of them.
func TestLayersOfWrongLength(t *testing.T) {
	test.NewTempApp(t)
	for name, change := range map[string]func(d *DensityData){
		"best D":   func(d *DensityData) { d.Optimal = d.Optimal[:3] },
		"density":  func(d *DensityData) { d.Density = d.Density[:3] },
		"manifold": func(d *DensityData) { d.CellsW = 3 },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			d := layered()
			change(&d)
			NewDensityView().Set(d)
		}()
	}
}

func BenchmarkDensityLayers(b *testing.B) {
	test.NewTempApp(b)
	r := rand.New(rand.NewPCG(5, 6))
	d := DensityData{XMin: -2, XMax: 2, YMin: -2, YMax: 2, HeatW: 64, HeatH: 64, CellsW: 128, CellsH: 128}
	hill := func(i, side int) float32 {
		x, y := float64(i%side)/float64(side)-0.5, float64(i/side)/float64(side)-0.5
		return float32(math.Exp(-20 * (x*x + y*y)))
	}
	for i := range 128 * 128 {
		d.Cells = append(d.Cells, hill(i, 128)/2000)
	}
	for i := range 64 * 64 {
		d.Heat, d.Optimal, d.Density = append(d.Heat, hill(i, 64)), append(d.Optimal, 1-hill(i, 64)), append(d.Density, hill(i, 64)/500)
	}
	for range 1000 {
		d.Real = append(d.Real, [2]float32{float32(r.NormFloat64()), float32(r.NormFloat64())})
		d.Fake = append(d.Fake, [2]float32{float32(r.NormFloat64()), float32(r.NormFloat64())})
	}
	for _, p := range d.Fake[:240] {
		d.Arrows = append(d.Arrows, [2][2]float32{p, {r.Float32(), r.Float32()}})
	}
	c := densityContent{data: d, DensityLayers: DensityLayers{true, true, true, true, true, true, true}}
	v := view{w: 600, h: 600, scale: 1, style: currentStyle(NewDensityView())}
	for b.Loop() {
		drawDensity(c, v)
	}
}
