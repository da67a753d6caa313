package simd

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkSets times kernels on slices that fit the first-level cache, so without memory in the
// way.
func BenchmarkSets(b *testing.B) {
	const n = 2048
	rng := rand.New(rand.NewPCG(15, 16))
	x, y, dst := random(rng, n), random(rng, n), make([]float32, n)
	acc, acc2 := make([]float64, 64), make([]float64, 64)
	for _, s := range Sets() {
		run := func(name string, f func()) {
			b.Run(s.Name+"/"+name, func(b *testing.B) {
				for b.Loop() {
					f()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/element")
			})
		}
		for _, c := range mapCases {
			run(c.name, func() { c.run(s, dst, x, y) })
		}
		for _, c := range mathCases {
			k := c.kernel(s)
			run(c.name, func() { k(dst, x) })
		}
		run("Sum", func() { s.Sum(x) })
		run("Dot", func() { s.Dot(x, y) })
		run("SumDot", func() { s.SumDot(x, y) })
		run("ColSum", func() { s.ColSum(acc, x) })
		run("ColMoments", func() { s.ColMoments(acc, acc2, x) })
		run("ColSumDot", func() { s.ColSumDot(acc, acc2, x, y) })
		run("ColNormalize", func() { s.ColNormalize(dst, x, y[:64], y[64:128], y[128:192]) })
		run("ColNormGrad", func() { s.ColNormGrad(dst, x, y, y[:64], y[64:128], y[128:192]) })
		run("Adam", func() { s.Adam(dst, dst, dst, x, 0.9, 0.999, 0, 1, 1) })
	}
}
