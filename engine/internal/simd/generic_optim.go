package simd

import "math"

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func adam(p, m, v, g []float32, beta1, beta2, rate, rsqrtCorrection, eps float32) {
	m, v, g = m[:len(p)], v[:len(p)], g[:len(p)]
	for i, gi := range g {
		mi := m[i] + (1-beta1)*(gi-m[i])
		vi := beta2*v[i] + (1-beta2)*gi*gi
		m[i], v[i] = mi, vi
		p[i] -= rate * mi / (sqrt32(vi)*rsqrtCorrection + eps)
	}
}

func rmsProp(p, v, g []float32, rate, alpha, eps float32) {
	v, g = v[:len(p)], g[:len(p)]
	for i, gi := range g {
		vi := alpha*v[i] + (1-alpha)*gi*gi
		v[i] = vi
		p[i] -= rate * gi / (sqrt32(vi) + eps)
	}
}

func sgd(p, m, g []float32, rate, momentum float32) {
	m, g = m[:len(p)], g[:len(p)]
	for i, gi := range g {
		mi := momentum*m[i] + gi
		m[i] = mi
		p[i] -= rate * mi
	}
}
