package core

import (
	"math"
	"testing"
)

// TestHalf goes through all halves: each is itself again, and what lies between two goes to the
// nearer, or to the even one.
func TestHalf(t *testing.T) {
	const infinity = 31 << 10
	for h := uint16(0); h < infinity; h++ {
		x := full(h)
		if got := half(x); got != h {
			t.Fatalf("half(%g) = %#x, want %#x", x, got, h)
		}
		if got := half(-x); got != h|1<<15 {
			t.Fatalf("half(%g) = %#x, want %#x", -x, got, h|1<<15)
		}
		if h+1 == infinity {
			break
		}
		middle := (x + full(h+1)) / 2
		even := h + h&1
		for _, test := range []struct {
			x    float64
			want uint16
		}{{middle, even}, {math.Nextafter(middle, 0), h}, {math.Nextafter(middle, 1e6), h + 1}} {
			if got := half(test.x); got != test.want {
				t.Fatalf("half(%g) = %#x, want %#x", test.x, got, test.want)
			}
		}
	}
	for h, want := range map[uint16]float64{0x3c00: 1, 0xc000: -2, 0x3555: 0.333251953125, 0x7bff: 65504, 1: 1.0 / (1 << 24)} {
		if got := full(h); got != want {
			t.Errorf("full(%#x) = %g, want %g", h, got, want)
		}
	}
}

// TestExponent holds that no size of numbers overflows or loses its digits.
func TestExponent(t *testing.T) {
	for _, most := range []float32{0x1.ffdp127, 1e30, 65520, 1, 1e-6, 1e-30, math.SmallestNonzeroFloat32} {
		values := []float32{most, -most, most / 3, most / 1e6, 0}
		e := exponentOf(values)
		for _, v := range values {
			got := float32(full(half(float64(v)*math.Ldexp(1, -e))) * math.Ldexp(1, e))
			if math.IsInf(float64(got), 0) || math.Abs(float64(got)-float64(v)) > math.Abs(float64(v))/(1<<11) {
				t.Errorf("%g of at most %g becomes %g", v, most, got)
			}
		}
	}
	if e := exponentOf([]float32{0, 0}); e != 0 {
		t.Errorf("exponent %d of zeros", e)
	}
}
