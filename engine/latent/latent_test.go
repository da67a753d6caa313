package latent

import (
	"math"
	"testing"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// TestDirections takes first layers whose strongest direction is known by construction.
func TestDirections(t *testing.T) {
	for _, layers := range [][]string{
		{"linear 2"},
		{"unflatten 1 1 3", "convt 2 1 1 0"},
		{"unflatten 1 1 3", "conv 2 1 1 0"},
	} {
		n, err := nn.New(layers, nn.Shape{3})
		if err != nil {
			t.Fatal(err)
		}
		// The layer maps (a, b, c) to (5b, 2c).
		set := func(out, in int, v float32) {
			w := n.Params[0].Value
			if w.Shape[0] == 2 {
				w.Data[out*3+in] = v
			} else {
				w.Data[in*2+out] = v
			}
		}
		set(0, 1, -5)
		set(1, 2, 2)
		got := Directions(gan.NewGenerator(n, "gaussian"), 9)
		if len(got) != 3 {
			t.Fatalf("%v: %d directions, want 3", layers, len(got))
		}
		for i, want := range []struct {
			axis     int
			strength float64
		}{{1, 1}, {2, 0.4}, {0, 0}} {
			if math.Abs(float64(got[i].V[want.axis])-1) > 1e-6 || math.Abs(got[i].Strength-want.strength) > 1e-6 {
				t.Errorf("%v: direction %d = %+v, want axis %d with strength %g", layers, i, got[i], want.axis, want.strength)
			}
		}
	}
}

func TestSlerp(t *testing.T) {
	a, b := []float32{2, 0}, []float32{0, 4}
	for _, test := range []struct {
		t    float64
		want [2]float64
	}{{0, [2]float64{2, 0}}, {1, [2]float64{0, 4}}, {0.5, [2]float64{3 * math.Sqrt2 / 2, 3 * math.Sqrt2 / 2}}} {
		got := Slerp(a, b, test.t)
		for i, want := range test.want {
			if math.Abs(float64(got[i])-want) > 1e-6 {
				t.Errorf("Slerp(%g) = %v, want %v", test.t, got, test.want)
			}
		}
	}
	if got := Slerp(a, a, 0.3); got[0] != 2 || got[1] != 0 {
		t.Errorf("between equal points: %v, want %v", got, a)
	}
	if got := Slerp([]float32{0, 0}, []float32{1, 0}, 0.5); got[0] != 0.5 {
		t.Errorf("from the origin: %v, want 0.5", got)
	}
}
