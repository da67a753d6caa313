package widgets

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// square returns data over [−1,1]² with a heat-map that is real at the right and generated at the
// left.
func square() DensityData {
	d := DensityData{XMin: -1, XMax: 1, YMin: -1, YMax: 1, HeatW: 2, HeatH: 2, Heat: []float32{0, 1, 0, 1}}
	d.Real = [][2]float32{{0.5, 0.5}}
	d.Fake = [][2]float32{{-0.5, -0.5}, {float32(math.NaN()), 0}, {1e30, 0}}
	d.Manifold = [][][2]float32{{{-0.9, 0.9}, {0.9, 0.9}, {float32(math.Inf(1)), 0}}}
	return d
}

func TestDensityViewLayers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := NewDensityView()
		w := inWindow(t, v, 300, 330)
		v.Set(square())
		layer := func(set func(on bool)) (without, with image.Image) {
			set(false)
			v.Refresh()
			without = settled(w)
			set(true)
			v.Refresh()
			return without, settled(w)
		}
		v.ShowManifold = true
		v.Refresh()
		img := settled(w)
		colors := currentStyle(v).density()
		if area := planeIn(t, v).area; area.Dx() != area.Dy() || area.Dx() < 280 { // of 300, below two lines of key
			t.Errorf("plane of %v is not square or small", area)
		}
		for name, c := range map[string]struct {
			set  func(bool)
			at   [2]float32
			far  [2]float32
			span int
		}{
			"real":     {func(on bool) { v.ShowReal = on }, [2]float32{0.5, 0.5}, [2]float32{-0.5, 0.5}, 6},
			"fake":     {func(on bool) { v.ShowFake = on }, [2]float32{-0.5, -0.5}, [2]float32{0.5, -0.5}, 6},
			"manifold": {func(on bool) { v.ShowManifold = on }, [2]float32{0, 0.9}, [2]float32{0, 0}, 3},
			"heat":     {func(on bool) { v.ShowHeat = on }, [2]float32{0.9, 0}, [2]float32{10, 10}, 1},
		} {
			without, with := layer(c.set)
			if !differ(without, with, planeIn(t, v), c.at, c.span) {
				t.Errorf("%s: not shown at %v", name, c.at)
			}
			if differ(without, with, planeIn(t, v), c.far, 1) {
				t.Errorf("%s: changes the picture at %v", name, c.far)
			}
		}
		pl := planeIn(t, v)
		x, y := pl.at([2]float32{0.95, -0.95})
		if got := img.At(int(x), int(y)); !sameColor(got, heatColor(1, colors)) {
			t.Errorf("right: %v, want the colour of real %v", got, heatColor(1, colors))
		}
		x, y = pl.at([2]float32{-0.95, 0.5})
		if got := img.At(int(x), int(y)); !sameColor(got, heatColor(0, colors)) {
			t.Errorf("left: %v, want the colour of generated %v", got, heatColor(0, colors))
		}
		v.Close()
	})
}

// planeIn returns where the view's plane lies.
func planeIn(t *testing.T, v *DensityView) plane {
	t.Helper()
	pen, err := newPen(currentStyle(v).regular, float64(currentStyle(v).captionSize))
	if err != nil {
		t.Fatal(err)
	}
	shown := view{w: int(v.Size().Width), h: int(v.Size().Height), scale: 1, style: currentStyle(v)}
	p, ok := planeAbove(v.easel.current(), pen, shown)
	if !ok {
		t.Fatal("no plane")
	}
	return p
}

// differ says whether two pictures differ within span pixels of a point of the plane.
func differ(a, b image.Image, p plane, at [2]float32, span int) bool {
	x, y := p.at(at)
	for dy := -span; dy <= span; dy++ {
		for dx := -span; dx <= span; dx++ {
			if q := image.Pt(int(x)+dx, int(y)+dy); a.At(q.X, q.Y) != b.At(q.X, q.Y) {
				return true
			}
		}
	}
	return false
}

func TestDensityShapesDiffer(t *testing.T) {
	ring, cross := newSprite(false, 2, linesOnDark[0], linesOnLight[0]), newSprite(true, 2, linesOnDark[0], linesOnLight[0])
	middle := ring.Rect.Dx() / 2
	if _, _, _, a := ring.At(middle, middle).RGBA(); a > 0x8000 {
		t.Error("a ring is not open in the middle")
	}
	if _, _, _, a := cross.At(middle, middle).RGBA(); a != 0xffff {
		t.Error("a cross is open in the middle")
	}
}

func TestDensityViewEmptyAndTiny(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := NewDensityView()
		w := inWindow(t, v, 200, 200)
		settled(w)
		v.Set(DensityData{XMin: 1, XMax: 1})
		settled(w)
		style := currentStyle(v)
		for _, size := range []image.Point{{1, 1}, {30, 5}, {5, 300}} {
			got := drawDensity(densityContent{data: square(), DensityLayers: DensityLayers{ShowReal: true, ShowFake: true, ShowHeat: true, ShowManifold: true}}, view{w: size.X, h: size.Y, scale: 1, style: style})
			if got.Rect.Size() != size {
				t.Errorf("picture of %v, want %v", got.Rect.Size(), size)
			}
		}
		w.Resize(fyne.NewSize(300, 300))
		w.Canvas().Capture()
		synctest.Wait()
		begin := time.Now()
		v.Close()
		if waited := time.Since(begin); waited != 0 {
			t.Errorf("close took %v", waited)
		}
	})
}

func TestDensityViewPanicsOnWrongHeat(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	NewDensityView().Set(DensityData{Heat: make([]float32, 3), HeatW: 2, HeatH: 2})
}

func BenchmarkDensity(b *testing.B) {
	test.NewTempApp(b)
	r := rand.New(rand.NewPCG(5, 6))
	d := DensityData{XMin: -2, XMax: 2, YMin: -2, YMax: 2, HeatW: 64, HeatH: 64, Heat: make([]float32, 64*64)}
	for range 2000 {
		d.Real = append(d.Real, [2]float32{float32(r.NormFloat64()), float32(r.NormFloat64())})
		d.Fake = append(d.Fake, [2]float32{float32(r.NormFloat64()), float32(r.NormFloat64())})
	}
	c := densityContent{data: d, DensityLayers: DensityLayers{ShowReal: true, ShowFake: true, ShowHeat: true}}
	v := view{w: 600, h: 600, scale: 1, style: currentStyle(NewDensityView())}
	for b.Loop() {
		drawDensity(c, v)
	}
}

func TestDensityPointsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := NewDensityView()
		w := inWindow(t, v, 240, 260)
		d := square()
		d.Here = &[2]float32{-9, 9}
		v.Set(d)
		before := settled(w)
		for _, c := range []struct {
			here   [2]float32
			marked bool
		}{{[2]float32{0.5, 0.5}, true}, {[2]float32{9, 0}, false}, {[2]float32{float32(math.NaN()), 0}, false}} {
			d.Here = &c.here
			v.Set(d)
			got := settled(w)
			area := planeIn(t, v).area
			changed := false
			for y := area.Min.Y; y < area.Max.Y; y++ {
				for x := area.Min.X; x < area.Max.X; x++ {
					changed = changed || got.At(x, y) != before.At(x, y)
				}
			}
			if changed != c.marked {
				t.Errorf("%v: marked in the plane %v, want %v", c.here, changed, c.marked)
			}
			if c.marked && !differ(before, got, planeIn(t, v), c.here, 2) {
				t.Errorf("%v: the mark lies elsewhere", c.here)
			}
		}
		v.Close()
	})
}

// TestDensityKeyFits draws a key for a narrow view: what the heat-map means is said on a line of
// its own there, not left out.
func TestDensityKeyFits(t *testing.T) {
	test.NewTempApp(t)
	style := currentStyle(NewDensityView())
	d := square()
	c := densityContent{data: d, DensityLayers: DensityLayers{ShowReal: true, ShowFake: true, ShowHeat: true}}
	for _, width := range []int{600, 240} {
		got := drawDensity(c, view{w: width, h: width, scale: 1, style: style})
		found := false
		for y := range width {
			run := 0
			for x := range width { // the scale ends in the colour of real
				if got.RGBAAt(x, y) == heatColor(1, style.density()) && got.RGBAAt(max(0, x-59), y) == heatColor(0, style.density()) {
					run++
				}
			}
			found = found || run == 1 // in the plane there would be more
		}
		if !found {
			t.Errorf("no scale in the key of a view of %d pixels", width)
		}
	}
}
