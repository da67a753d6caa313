package tensor

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestOptimisersFollowTheirFormulas takes three steps with the formulas of PyTorch's documentation
// in float64.
func TestOptimisersFollowTheirFormulas(t *testing.T) {
	const n, lr, beta1, beta2, alpha, momentum, eps = 40, 0.02, 0.5, 0.999, 0.99, 0.9, 1e-8
	rng := rand.New(rand.NewPCG(31, 32))
	start := random(rng, n)
	g := random(rng, n)
	type state struct{ p, m, v [n]float64 }
	cases := []struct {
		name string
		run  func(step int, p, m, v []float32)
		want func(step int, s *state, i int, g float64)
	}{
		{
			"Adam",
			func(step int, p, m, v []float32) {
				c1, c2 := 1-math.Pow(beta1, float64(step)), 1-math.Pow(beta2, float64(step))
				Adam(p, m, v, g, lr, beta1, beta2, eps, float32(c1), float32(c2))
			},
			func(step int, s *state, i int, g float64) {
				c1, c2 := 1-math.Pow(beta1, float64(step)), 1-math.Pow(beta2, float64(step))
				s.m[i] = beta1*s.m[i] + (1-beta1)*g
				s.v[i] = beta2*s.v[i] + (1-beta2)*g*g
				s.p[i] -= lr / c1 * s.m[i] / (math.Sqrt(s.v[i])/math.Sqrt(c2) + eps)
			},
		},
		{
			"RMSProp",
			func(_ int, p, _, v []float32) { RMSProp(p, v, g, lr, alpha, eps) },
			func(_ int, s *state, i int, g float64) {
				s.v[i] = alpha*s.v[i] + (1-alpha)*g*g
				s.p[i] -= lr * g / (math.Sqrt(s.v[i]) + eps)
			},
		},
		{
			"SGD with momentum",
			func(_ int, p, m, _ []float32) { SGD(p, m, g, lr, momentum) },
			func(_ int, s *state, i int, g float64) {
				s.m[i] = momentum*s.m[i] + g
				s.p[i] -= lr * s.m[i]
			},
		},
		{
			"SGD",
			func(_ int, p, _, _ []float32) { SGD(p, nil, g, lr, 0) },
			func(_ int, s *state, i int, g float64) { s.p[i] -= lr * g },
		},
	}
	for _, c := range cases {
		p, m, v := append([]float32(nil), start...), make([]float32, n), make([]float32, n)
		var s state
		for i, x := range start {
			s.p[i] = float64(x)
		}
		for step := 1; step <= 3; step++ {
			c.run(step, p, m, v)
			for i := range p {
				c.want(step, &s, i, float64(g[i]))
				// 1−β in float32 is off by some 1e-5 of itself for β near 1.
				if !near(p[i], s.p[i], 2e-6) {
					t.Fatalf("%s step %d element %d: got %v, want %v", c.name, step, i, p[i], s.p[i])
				}
			}
		}
	}
}
