package simd

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestOptimisers(t *testing.T) {
	const rate, beta1, beta2, alpha, momentum, eps, correction = 0.01, 0.5, 0.75, 0.875, 0.25, 1e-8, 1.5
	eachSet(t, func(t *testing.T, s *Set) {
		rng := rand.New(rand.NewPCG(13, 14))
		for _, n := range lengths() {
			p, m, v, g := random(rng, n), random(rng, n), random(rng, n), random(rng, n)
			for i := range v {
				v[i] *= v[i]
			}
			clone := func(x []float32) ([]float32, func(string)) { return guarded(t, x) }
			same := func(name string, i int, got float32, want float64) {
				t.Helper()
				if math.Abs(float64(got)-want) > 4e-7*(1+math.Abs(want)) {
					t.Fatalf("%s: element %d of %d: got %v, want %v", name, i, n, got, want)
				}
			}

			p1, checkP := clone(p)
			m1, checkM := clone(m)
			v1, checkV := clone(v)
			s.Adam(p1, m1, v1, g, beta1, beta2, rate, correction, eps)
			for i := range p {
				grad := float64(g[i])
				mi := float64(m[i]) + (1-beta1)*(grad-float64(m[i]))
				vi := beta2*float64(v[i]) + (1-beta2)*grad*grad
				same("Adam m", i, m1[i], mi)
				same("Adam v", i, v1[i], vi)
				same("Adam p", i, p1[i], float64(p[i])-float64(float32(rate))*mi/(math.Sqrt(vi)*correction+eps))
			}
			checkP("Adam p")
			checkM("Adam m")
			checkV("Adam v")

			p1, checkP = clone(p)
			v1, checkV = clone(v)
			s.RMSProp(p1, v1, g, rate, alpha, eps)
			for i := range p {
				grad := float64(g[i])
				vi := alpha*float64(v[i]) + (1-alpha)*grad*grad
				same("RMSProp v", i, v1[i], vi)
				same("RMSProp p", i, p1[i], float64(p[i])-float64(float32(rate))*grad/(math.Sqrt(vi)+eps))
			}
			checkP("RMSProp p")
			checkV("RMSProp v")

			p1, checkP = clone(p)
			m1, checkM = clone(m)
			s.SGD(p1, m1, g, rate, momentum)
			for i := range p {
				mi := momentum*float64(m[i]) + float64(g[i])
				same("SGD m", i, m1[i], mi)
				same("SGD p", i, p1[i], float64(p[i])-float64(float32(rate))*mi)
			}
			checkP("SGD p")
			checkM("SGD m")
		}
	})
}
