package simd

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"
)

// TestSameBitsOnAllProcessors holds the kernels in assembly, for whatever processor, to the same
// arithmetic in the same order.
func TestSameBitsOnAllProcessors(t *testing.T) {
	const want uint64 = 0xa565c8e6c2f40b9b
	eachSet(t, func(t *testing.T, s *Set) {
		if s == &Generic { // whose loops Go's compiler translates for each processor in its own way
			return
		}
		if got := fingerprint(s); got != want {
			t.Errorf("got fingerprint %#x, want %#x", got, want)
		}
	})
}

// fingerprint is a hash of what the kernels of a set make of random numbers.
func fingerprint(s *Set) uint64 {
	h := fnv.New64a()
	add := func(x ...float32) {
		for _, v := range x {
			_ = binary.Write(h, binary.LittleEndian, math.Float32bits(v)) // a hash takes anything
		}
	}
	add64 := func(x ...float64) {
		for _, v := range x {
			_ = binary.Write(h, binary.LittleEndian, math.Float64bits(v))
		}
	}
	rng := rand.New(rand.NewPCG(17, 18))
	const n = 1003
	a, b, dst := random(rng, n), random(rng, n), make([]float32, n)
	for _, c := range mapCases {
		c.run(s, dst, a, b)
		add(dst...)
	}
	for _, c := range mathCases {
		for i, v := range a {
			b[i] = 8 * v
			if c.name == "Log" || c.name == "Sqrt" || c.name == "Rsqrt" {
				b[i] = 8 * v * v
			}
		}
		c.kernel(s)(dst, b)
		add(dst...)
	}
	m1, m2 := s.Moments(a)
	d1, d2 := s.SumDot(a, b)
	add64(s.Sum(a), s.Dot(a, b), m1, m2, d1, d2)
	for _, c := range []int{1, 17, 59} { // divisors of 1003
		acc, other := make([]float64, c), make([]float64, c)
		s.ColSum(acc, a)
		s.ColDot(acc, a, b)
		s.ColMoments(acc, other, a)
		s.ColSumDot(acc, other, a, b)
		add64(acc...)
		add64(other...)
		u, v, w := a[:c], a[c:2*c], a[2*c:3*c]
		s.ColScale(dst, a, u)
		s.ColShift(dst, dst, v)
		s.ColAffine(dst, dst, u, w)
		s.ColAddScaled(dst, dst, b, u)
		add(dst...)
		s.ColNormalize(dst, a, u, v, w)
		add(dst...)
		s.ColNormGrad(dst, a, b, u, v, w)
		add(dst...)
	}
	p, m, v := append([]float32(nil), a...), append([]float32(nil), a...), make([]float32, n)
	for range 3 {
		s.Adam(p, m, v, b, 0.9, 0.999, 0.01, 1.5, 1e-8)
		s.RMSProp(p, v, b, 0.01, 0.9, 1e-8)
		s.SGD(p, m, b, 0.01, 0.5)
	}
	add(p...)
	add(m...)
	add(v...)
	return h.Sum64()
}
