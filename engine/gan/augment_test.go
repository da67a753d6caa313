package gan

import (
	"math"
	"slices"
	"testing"

	"ganvas/engine/grad"
)

// TestMaps: geometry turns, stretches, slants and moves within its ranges, both ways alike.
func TestMaps(t *testing.T) {
	const n, h, w = 2000, 32, 16
	var mean [6]float64
	m := make([]float32, 6)
	random := NewStream(1, "augment")
	for range n {
		drawMap(random, m, h, w)
		for i, v := range m {
			mean[i] += float64(v) / n
		}
		area := float64(m[0]*m[4] - m[1]*m[3])
		if most := math.Exp(2 * stretch); area > most || area < 1/most {
			t.Fatalf("%v changes areas by %g, want at most %g", m, area, most)
		}
		if y, x := math.Abs(float64(m[2])), math.Abs(float64(m[5])); y > 2 || x > 1 {
			t.Fatalf("moved by %g rows and %g columns of %d and %d, want at most a sixteenth", y, x, h, w)
		}
		if turned := math.Abs(math.Atan2(float64(-m[1]), float64(m[4]))); turned > turn+1e-6 {
			t.Fatalf("turned by %g, want at most %g", turned, turn)
		}
	}
	for i, want := range []float64{1, 0, 0, 0, 1, 0} {
		if math.Abs(mean[i]-want) > 0.1 {
			t.Errorf("number %d is %g on average, want about %g", i, mean[i], want)
		}
	}
}

// TestGeometryApplies: each picture is resampled by the numbers of its own row of the sight.
func TestGeometryApplies(t *testing.T) {
	var a augmentation
	a.begin("geometry", 3, 2, 2)
	copy(a.maps, []float32{1, 0, 0, 0, 1, 0, -1, 0, 0, 0, 1, 0, 1, 0, 0, 0, -1, 0})
	tape := grad.NewTape()
	got := a.apply(tape.View([]float32{1, 2, 3, 4, 1, 2, 3, 4}, 2, 2, 2, 1), 1).Data
	for i, want := range []float32{3, 4, 1, 2, 2, 1, 4, 3} {
		if got[i] != want {
			t.Fatalf("upside down and left to right: got %v", got)
		}
	}
}

// TestDrawChanges: what is drawn for others is what a trainer draws.
func TestDrawChanges(t *testing.T) {
	var a augmentation
	a.begin("color,translation,cutout", 5, 8, 6)
	s := NewStream(1, "augment")
	for i := range 5 {
		a.drawRow(s, i, 8, 6)
	}
	c := DrawChanges(NewStream(1, "augment"), "color,translation,cutout", 1, 5, 8, 6)
	if !slices.Equal(c.Contrast, a.contrast) || !slices.Equal(c.Down, a.down) || !slices.Equal(c.Left, a.left) || c.Maps != nil {
		t.Errorf("got %+v, want %+v", c, a)
	}
	if c := DrawChanges(NewStream(1, "augment"), "geometry", 1, 2, 8, 6); len(c.Maps) != 12 || c.Brightness != nil || c.Top != nil {
		t.Errorf("geometry has %+v", c)
	}
}
