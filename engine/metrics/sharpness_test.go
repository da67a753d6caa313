package metrics

import (
	"math"
	"testing"
)

// disc returns a picture (side, side, c) of a disc of a value on a ground of another, with edges
// that are soft by some pixels.
func disc(side, c int, ground, value, soft float64) []float32 {
	x := make([]float32, side*side*c)
	for i := range x {
		p := i / c
		r := math.Hypot(float64(p%side)-float64(side)/2, float64(p/side)-float64(side)/2)
		inside := (1 - math.Erf((r-float64(side)/3)/(soft*math.Sqrt2))) / 2 // as a Gaussian of that standard deviation makes them
		x[i] = float32(ground + (value-ground)*inside)
	}
	return x
}

func TestSharpness(t *testing.T) {
	of := func(x []float32, side, c int) float64 { return Sharpness(x, 1, side, side, c)[0] }
	sharp := of(disc(32, 1, -1, 1, 0.2), 32, 1)
	if sharp < 1 || sharp > 2 {
		t.Errorf("a disc with sharp edges: %.2f, want 1 to 2", sharp)
	}
	for _, test := range []struct {
		name      string
		x         []float32
		side, c   int
		want, off float64
	}{
		{"half the contrast", disc(32, 1, -0.5, 0.5, 0.2), 32, 1, sharp, 0.1},
		{"inverted", disc(32, 1, 1, -1, 0.2), 32, 1, sharp, 0.01},
		{"three channels", disc(32, 3, -1, 1, 0.2), 32, 3, sharp, 0.01},
		{"larger", disc(64, 1, -1, 1, 0.2), 64, 1, sharp, 0.2},
		{"softer by a pixel", disc(32, 1, -1, 1, 1.02), 32, 1, sharp - 2.5, 0.6},
		{"larger and softer by a pixel", disc(64, 1, -1, 1, 1.02), 64, 1, sharp - 2.5, 0.6},
		{"blank", make([]float32, 32*32), 32, 1, math.Log(3), 1e-9},
		{"too small to say", make([]float32, 9), 3, 1, math.Log(3), 1e-9},
	} {
		if got := of(test.x, test.side, test.c); math.Abs(got-test.want) > test.off {
			t.Errorf("%s: %.2f, want %.2f", test.name, got, test.want)
		}
	}
	two := append(disc(16, 1, -1, 1, 0.2), disc(16, 1, -1, 1, 1)...)
	both := Sharpness(two, 2, 16, 16, 1)
	if a, b := of(two[:256], 16, 1), of(two[256:], 16, 1); both[0] != a || both[1] != b {
		t.Errorf("%v of two pictures at once, want %g and %g", both, a, b)
	}
	f := WithSharpness(Features{N: 2, D: 2, X: []float64{1, 2, 3, 4}}, []float64{5, 6}, 10)
	if f.D != 3 || f.N != 2 || f.Row(0)[2] != 50 || f.Row(1)[0] != 3 || f.Row(1)[2] != 60 {
		t.Errorf("features with sharpness: %+v", f)
	}
}
