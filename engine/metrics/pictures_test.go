package metrics

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// blobs returns n grey pictures of side×side with a bright disc at a random place, and noise of a
// strength.
func blobs(seed uint64, n, side int, noise float64) []float32 {
	r := rand.New(rand.NewPCG(seed, 2))
	x := make([]float32, n*side*side)
	for i := range n {
		cx, cy, radius := r.Float64()*float64(side), r.Float64()*float64(side), 2+3*r.Float64()
		for p := range side * side {
			dx, dy := float64(p%side)-cx, float64(p/side)-cy
			v := -1.0
			if dx*dx+dy*dy < radius*radius {
				v = 1
			}
			x[i*side*side+p] = float32(v + noise*r.NormFloat64())
		}
	}
	return x
}

// TestPictureFeaturesOrder: the more noise, the further away from clean pictures; clean ones are
// nearest.
func TestPictureFeaturesOrder(t *testing.T) {
	const n, side = 1200, 16
	features := func(seed uint64, noise float64) Features {
		return PictureFeatures(blobs(seed, n, side, noise), n, side, side, 1)
	}
	real := features(1, 0)
	last := -1.0
	for i, noise := range []float64{0, 0.1, 0.3, 0.6} {
		d := distance(t, real, features(uint64(2+i), noise))
		if d <= last {
			t.Errorf("noise of %g: distance %g, not beyond %g of less noise", noise, d, last)
		}
		last = d
	}
}

func TestPictureFeaturesOfAnySize(t *testing.T) {
	for _, s := range []struct{ n, h, w, c int }{{3, 4, 4, 1}, {2, 5, 7, 3}, {130, 8, 8, 4}, {1, 64, 64, 3}, {9, 512, 512, 1}} {
		r := rand.New(rand.NewPCG(1, 1))
		x := make([]float32, s.n*s.h*s.w*s.c)
		for i := range x {
			x[i] = 2*r.Float32() - 1
		}
		f := PictureFeatures(x, s.n, s.h, s.w, s.c)
		size := s.h * s.w * s.c
		one := PictureFeatures(x[(s.n-1)*size:], 1, s.h, s.w, s.c)
		for k, v := range f.Row(s.n - 1) {
			near(t, "feature of a picture on its own", one.X[k], v, 1e-4)
		}
		if slices.Max(f.X) == slices.Min(f.X) {
			t.Errorf("%+v: all features are the same", s)
		}
	}
}
