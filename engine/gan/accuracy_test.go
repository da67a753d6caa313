package gan

import "testing"

func TestAccuracy(t *testing.T) {
	for _, c := range []struct {
		real, fake []float32
		want       float64
	}{
		{[]float32{1, 2}, []float32{0, -3}, 1},
		{[]float32{1, 2}, []float32{3, 4}, 0},
		{[]float32{1, 2, 5, 0}, []float32{0, 3, 5, 1}, 0.375}, // one right, two wrong, one tie
	} {
		if got := pairAccuracy(c.real, c.fake); got != c.want {
			t.Errorf("accuracy(%v, %v) = %g, want %g", c.real, c.fake, got, c.want)
		}
	}
}
