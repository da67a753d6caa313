package pixels

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Kernels in assembly give the bits of those in Go, whatever the lengths.
func TestKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func(n int) []uint8 {
		b := make([]uint8, n)
		for i := range b {
			b[i] = uint8(r.Uint32())
		}
		return b
	}
	weights := func(n int) []int16 {
		w := make([]int16, n)
		for i := range w {
			w[i] = int16(r.IntN(1<<14) - 1<<12)
		}
		return w
	}
	same := func(name string, n int, got, want []uint8) {
		t.Helper()
		if !bytes.Equal(got, want) {
			t.Errorf("%s of %d: %v, want %v", name, n, got, want)
		}
	}
	beyond := func(name string, rest []uint8) {
		t.Helper()
		if len(bytes.Trim(rest, "c")) > 0 { // 99
			t.Errorf("%s wrote behind its result: %v", name, rest)
		}
	}
	for n := range 70 {
		guarded := bytes.Repeat([]uint8{99}, 4*n+32) // nothing may be written behind what is asked for
		got, want := guarded[:4*n], make([]uint8, 4*n)
		for quads := 1; quads < 4; quads++ {
			from := make([]int32, n)
			for i := range from {
				from[i] = int32(i * 3 / 2)
			}
			src, w := random(8*n+64), weights(4*quads*n)
			narrow(got, src, from, w, quads)
			narrowGeneric(want, src, from, w, quads)
			same("narrow", n, got, want)
			beyond("narrow", guarded[4*n:])
		}
		for rows := range 6 {
			src, w := random(6*(n+3)), weights(rows)
			blend(got[:n], src, n+3, w)
			blendGeneric(want[:n], src, n+3, w)
			same("blend", n, got[:n], want[:n])
		}
		beyond("blend", guarded[4*n:])
		y, cb, cr := random(n), random(n), random(n)
		colour(got, y, cb, cr)
		colourGeneric(want, y, cb, cr)
		same("colour", n, got, want)
		beyond("colour", guarded[4*n:])
		a, b := make([]uint16, n+2), make([]uint16, n+2)
		a[n+1], b[n+1] = 7, 7
		thirds(a[1:n+1], y, cb)
		thirdsGeneric(b[1:n+1], y, cb)
		if !slices.Equal(a, b) {
			t.Errorf("thirds of %d: %v, want %v", n, a, b)
		}
		spreadGeneric(want[:2*n], a)
		got = guarded[2*n : 4*n]
		spread(got, a)
		same("spread", n, got, want[:2*n])
		beyond("spread", guarded[4*n:])
	}
	for n := range 100 {
		var block [64]int16
		for i := range block {
			block[i] = int16(r.Uint32()) >> (n % 16)
		}
		other := block
		got, want := bytes.Repeat([]uint8{99}, 7*9+8+32), bytes.Repeat([]uint8{99}, 7*9+8+32)
		inverse(got[:7*9+8], 9, &block)
		inverseGeneric(want, 9, &other)
		same("inverse", n, got, want)
	}
}

// The conversion of colours is that of JFIF, rounded, but for 1 of 255.
func TestColour(t *testing.T) {
	out := make([]uint8, 4)
	for y := 0; y < 256; y += 5 {
		for cb := 0; cb < 256; cb += 5 {
			for cr := 0; cr < 256; cr += 5 {
				colourGeneric(out, []uint8{uint8(y)}, []uint8{uint8(cb)}, []uint8{uint8(cr)})
				l, b, r := float64(y), float64(cb)-128, float64(cr)-128
				for i, v := range []float64{l + 1.402*r, l - 0.344136*b - 0.714136*r, l + 1.772*b, 255} {
					if want := max(0, min(255, v)); math.Abs(float64(out[i])-want) > 0.7 {
						t.Fatalf("%d, %d, %d: channel %d is %d, want %.2f", y, cb, cr, i, out[i], want)
					}
				}
			}
		}
	}
}

// The inverse transform is that of T.81, section A.3.3, but for rounding.
func TestInverse(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	worst := 0.0
	for range 200 {
		var block [64]int16
		for i := range block {
			block[i] = int16(r.NormFloat64() * 300 / float64(1+i/8+i%8))
		}
		want := slowInverse(&block)
		out := make([]uint8, 64)
		inverse(out, 8, &block)
		for i, v := range want {
			worst = max(worst, math.Abs(float64(out[i])-max(0, min(255, v))))
		}
	}
	if worst > 0.7 { // half for rounding
		t.Errorf("it is off by %.2f of 255, want at most 0.7", worst)
	}
}

func slowInverse(block *[64]int16) (out [64]float64) {
	c := func(k int) float64 {
		if k == 0 {
			return math.Sqrt2 / 2
		}
		return 1
	}
	for y := range 8 {
		for x := range 8 {
			sum := 0.0
			for u := range 8 {
				for v := range 8 {
					sum += c(u) * c(v) * float64(block[8*u+v]) * math.Cos(float64((2*x+1)*u)*math.Pi/16) * math.Cos(float64((2*y+1)*v)*math.Pi/16)
				}
			}
			out[8*y+x] = sum/4 + 128
		}
	}
	return out
}
