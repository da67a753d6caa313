package explorepage

import (
	"math"
	"slices"
	"testing"

	"ganvas/engine/latent"
)

func TestPlace(t *testing.T) {
	p := place{directions: []latent.Direction{{V: []float32{0.6, 0.8}}, {V: []float32{-0.8, 0.6}}}}
	p.set([]float32{1, 2})
	before := p.z
	for _, c := range []struct {
		k    int
		v    float64
		want []float32
	}{
		{0, 0, []float32{1 - 2.2*0.6, 2 - 2.2*0.8}}, // it lay 2.2 along the first
		{1, 1, []float32{-0.8, 0.6}},
		{0, 5, []float32{3 - 0.8, 4 + 0.6}},
	} {
		p.setAlong(c.k, c.v)
		for i := range c.want {
			if math.Abs(float64(p.z[i]-c.want[i])) > 1e-5 {
				t.Errorf("setAlong(%d, %g) leads to %v, want %v", c.k, c.v, p.z, c.want)
				break
			}
		}
	}
	if !slices.Equal(before, []float32{1, 2}) {
		t.Errorf("a latent that was handed over became %v", before)
	}
	p.uniform = true
	p.setCoordinate(0, 7)
	if p.z[0] != 1 || p.z[1] != 1 {
		t.Errorf("got %v, want a latent within [-1,1]", p.z)
	}
}
