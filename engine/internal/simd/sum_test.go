package simd

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSums(t *testing.T) {
	eachSet(t, func(t *testing.T, s *Set) {
		rng := rand.New(rand.NewPCG(7, 8))
		for _, n := range lengths() {
			a, b := random(rng, n), random(rng, n)
			var sum, dot, squares, size float64
			for i, v := range a {
				sum += float64(v)
				dot += float64(v) * float64(b[i])
				squares += float64(v) * float64(v)
				size += math.Abs(float64(v)) + math.Abs(float64(v)*float64(b[i]))
			}
			s1, q := s.Moments(a)
			s2, d := s.SumDot(a, b)
			for _, c := range []struct {
				name      string
				got, want float64
			}{
				{"Sum", s.Sum(a), sum},
				{"Dot", s.Dot(a, b), dot},
				{"Moments sum", s1, sum},
				{"Moments squares", q, squares},
				{"SumDot sum", s2, sum},
				{"SumDot dot", d, dot},
			} {
				if math.Abs(c.got-c.want) > 1e-12*(size+squares) {
					t.Fatalf("%s of %d: got %v, want %v", c.name, n, c.got, c.want)
				}
			}
		}
	})
}

func TestAllFinite(t *testing.T) {
	bad := []float32{float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()), math.Float32frombits(0xff800001)}
	eachSet(t, func(t *testing.T, s *Set) {
		for n := range 68 {
			a := make([]float32, n)
			for i := range a {
				a[i] = math.MaxFloat32 * float32(1-2*(i%2))
			}
			if !s.AllFinite(a) {
				t.Fatalf("%d finite values: got false", n)
			}
			for i := range a {
				old := a[i]
				a[i] = bad[i%len(bad)]
				if s.AllFinite(a) {
					t.Fatalf("%v at %d of %d: got true", a[i], i, n)
				}
				a[i] = old
			}
		}
	})
}

// widths of rows: every remainder, and what networks have.
var widths = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 35, 63, 64, 67, 100, 127, 128, 255, 256, 1023, 1024}

func TestColumnSums(t *testing.T) {
	eachSet(t, func(t *testing.T, s *Set) {
		rng := rand.New(rand.NewPCG(9, 10))
		for _, c := range widths {
			for _, rows := range []int{0, 1, 2, 3, 70} {
				a, b := random(rng, rows*c), random(rng, rows*c)
				start := make([]float64, c)
				for j := range start {
					start[j] = float64(j) * 0.25
				}
				sum, dot, squares := append([]float64(nil), start...), append([]float64(nil), start...), append([]float64(nil), start...)
				for i, v := range a {
					sum[i%c] += float64(v)
					dot[i%c] += float64(v) * float64(b[i])
					squares[i%c] += float64(v) * float64(v)
				}
				check := func(name string, want []float64, run func(acc []float64)) {
					t.Helper()
					acc := append(append([]float64(nil), start...), -12345)
					run(acc[:c])
					if acc[c] != -12345 {
						t.Fatalf("%s %d×%d: wrote past the end", name, rows, c)
					}
					for j := range want {
						if math.Abs(acc[j]-want[j]) > 1e-13*(float64(rows)+want[j]*want[j]) {
							t.Fatalf("%s %d×%d column %d: got %v, want %v", name, rows, c, j, acc[j], want[j])
						}
					}
				}
				other := make([]float64, c)
				check("ColSum", sum, func(acc []float64) { s.ColSum(acc, a) })
				check("ColDot", dot, func(acc []float64) { s.ColDot(acc, a, b) })
				check("ColMoments", sum, func(acc []float64) { s.ColMoments(acc, other, a) })
				check("ColMoments", squares, func(acc []float64) { s.ColMoments(other, acc, a) })
				check("ColSumDot", sum, func(acc []float64) { s.ColSumDot(acc, other, a, b) })
				check("ColSumDot", dot, func(acc []float64) { s.ColSumDot(other, acc, a, b) })
			}
		}
	})
}

func TestColumnMaps(t *testing.T) {
	eachSet(t, func(t *testing.T, s *Set) {
		rng := rand.New(rand.NewPCG(11, 12))
		for _, c := range widths {
			for _, rows := range []int{0, 1, 2, 9} {
				a, b := random(rng, rows*c), random(rng, rows*c)
				u, v, w := random(rng, c), random(rng, c), random(rng, c)
				check := func(name string, run func(dst []float32), want func(a, b, u, v, w float64) float64) {
					t.Helper()
					dst, guard := guarded(t, make([]float32, rows*c))
					run(dst)
					guard(name)
					for i, got := range dst {
						p, q, j := float64(a[i]), float64(b[i]), i%c
						x := want(p, q, float64(u[j]), float64(v[j]), float64(w[j]))
						size := 1 + math.Abs(p) + math.Abs(q) + math.Abs(float64(u[j])) + math.Abs(float64(v[j])) + math.Abs(float64(w[j]))
						if !within(got, x, size*size, 2) {
							t.Fatalf("%s %d×%d element %d: got %v, want %v", name, rows, c, i, got, x)
						}
					}
				}
				check("ColScale", func(dst []float32) { s.ColScale(dst, a, u) },
					func(a, _, u, _, _ float64) float64 { return a * u })
				check("ColShift", func(dst []float32) { s.ColShift(dst, a, u) },
					func(a, _, u, _, _ float64) float64 { return a + u })
				check("ColAffine", func(dst []float32) { s.ColAffine(dst, a, u, v) },
					func(a, _, u, v, _ float64) float64 { return a*u + v })
				check("ColAddScaled", func(dst []float32) { s.ColAddScaled(dst, a, b, u) },
					func(a, b, u, _, _ float64) float64 { return a + b*u })
				check("ColNormalize", func(dst []float32) { s.ColNormalize(dst, a, u, v, w) },
					func(a, _, u, v, w float64) float64 { return (a-u)*v + w })
				check("ColNormGrad", func(dst []float32) { s.ColNormGrad(dst, a, b, u, v, w) },
					func(a, b, u, v, w float64) float64 { return u * (a - v - b*w) })
			}
		}
	})
}
