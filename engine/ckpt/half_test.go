package ckpt

import (
	"math"
	"testing"
)

// Every half comes back as it was, and what lies between two goes to the nearer one.
func TestHalf(t *testing.T) {
	for h := range uint16(0x7c00) { // all that are finite and not negative
		v := ofHalf(h)
		if got := half(v); got != h {
			t.Fatalf("half(%v) = %#x, want %#x", v, got, h)
		}
		if got := half(-v); got != h|0x8000 {
			t.Fatalf("half(%v) = %#x, want %#x", -v, got, h|0x8000)
		}
		next := ofHalf(h + 1)
		if h+1 == 0x7c00 {
			next = 65536 // infinity begins half way to it
		}
		middle := v + (next-v)/2
		even := h + h&1
		for x, want := range map[float32]uint16{
			math.Nextafter32(middle, 0): h, middle: even, math.Nextafter32(middle, 1e6): h + 1,
		} {
			if got := half(x); got != want {
				t.Fatalf("half(%v) = %#x, want %#x", x, got, want)
			}
		}
	}
	inf := float32(math.Inf(1))
	for v, want := range map[float32]uint16{1: 0x3c00, -2: 0xc000, LargestHalf: 0x7bff, 1e30: 0x7c00, -inf: 0xfc00, 1e-30: 0, 6e-8: 1} {
		if got := half(v); got != want {
			t.Errorf("half(%v) = %#x, want %#x", v, got, want)
		}
	}
	if v := ofHalf(half(float32(math.NaN()))); v == v {
		t.Errorf("not a number becomes %v", v)
	}
	if ofHalf(0x7c00) != inf || ofHalf(0xfc00) != -inf {
		t.Error("infinity does not come back")
	}
}
