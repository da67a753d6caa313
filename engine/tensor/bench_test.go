package tensor

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// benchSize is the number of elements of a layer's activations in a batch of 64 of the 28×28
// networks, larger than the second-level cache.
const benchSize = 1 << 14 * 100

// BenchmarkKernels reports bytes read and written a second; Copy is what memory gives.
func BenchmarkKernels(b *testing.B) {
	rng := rand.New(rand.NewPCG(51, 52))
	x, y, z, w := random(rng, benchSize), random(rng, benchSize), random(rng, benchSize), random(rng, benchSize)
	for _, k := range []struct {
		name   string
		arrays int // read or written
		run    func()
	}{
		{"Copy", 2, func() { Parallel(len(x), grain, func(lo, hi int) { copy(x[lo:hi], y[lo:hi]) }) }},
		{"Fill", 1, func() { Fill(x, 1) }},
		{"Add", 3, func() { Add(x, y, z) }},
		{"AddInPlace", 3, func() { Add(x, x, z) }},
		{"Mul", 3, func() { Mul(x, y, z) }},
		{"Scale", 2, func() { Scale(x, y, 0.5) }},
		{"AddScaled", 3, func() { AddScaled(x, y, z, 0.5) }},
		{"AddScalar", 2, func() { AddScalar(x, y, 0.5) }},
		{"Lerp", 3, func() { Lerp(x, y, z, 0.5) }},
		{"Relu", 2, func() { Relu(x, y) }},
		{"Leaky", 2, func() { Leaky(x, y, 0.2) }},
		{"LeakyGrad", 3, func() { LeakyGrad(x, y, z, 0.2) }},
		{"TanhGrad", 3, func() { TanhGrad(x, y, z) }},
		{"SigmoidGrad", 3, func() { SigmoidGrad(x, y, z) }},
		{"Exp", 2, func() { Exp(x, y) }},
		{"Log", 2, func() { Log(x, y) }},
		{"Tanh", 2, func() { Tanh(x, y) }},
		{"Sigmoid", 2, func() { Sigmoid(x, y) }},
		{"Softplus", 2, func() { Softplus(x, y) }},
		{"Sqrt", 2, func() { Sqrt(x, y) }},
		{"Rsqrt", 2, func() { Rsqrt(x, y) }},
		{"NormCDF", 2, func() { NormCDF(x, y) }},
		{"NormPDF", 2, func() { NormPDF(x, y) }},
		{"AllFinite", 1, func() { AllFinite(y) }},
		{"SumSquares", 1, func() { SumSquares(y) }},
		{"SGD", 5, func() { SGD(x, y, z, 0, 0.9) }},
		{"RMSProp", 5, func() { RMSProp(x, w, z, 0, 0.99, 1) }},
		{"Adam", 7, func() { Adam(x, y, w, z, 0, 0.9, 0.999, 1, 1, 1) }},
		{"SumPool 2x2 of 64", 1, func() { SumPool(x[:benchSize/4], y, 25, 32, 32, 64, 2) }},
		{"UpNearest 2x2 of 64", 1, func() { UpNearest(x, y[:benchSize/4], 25, 16, 16, 64, 2) }},
		{"UpBilinear 2x2 of 64", 1, func() { UpBilinear(x, y[:benchSize/4], 25, 16, 16, 64, 2) }},
		{"UpBilinearAdjoint 2x2 of 64", 1, func() { UpBilinearAdjoint(x[:benchSize/4], y, 25, 16, 16, 64, 2) }},
	} {
		b.Run(k.name, func(b *testing.B) {
			b.SetBytes(int64(k.arrays) * 4 * benchSize)
			b.ReportAllocs()
			for b.Loop() {
				k.run()
			}
		})
	}
}

// BenchmarkGroups does the same for groups; a pass over the data that the work needs counts as an
// array.
func BenchmarkGroups(b *testing.B) {
	rng := rand.New(rand.NewPCG(53, 54))
	x, y, z := random(rng, benchSize), random(rng, benchSize), random(rng, benchSize)
	for _, d := range []Dims{
		{1, benchSize, 1, 1},
		{1, benchSize / 4, 4, 1},
		{1, benchSize/3 - 1, 3, 1},
		{1, benchSize / 64, 64, 1},
		{1, benchSize / 1024, 1024, 1},
		{25, 1024, 64, 1},
		{25, 1024, 8, 8},
		{1600, 1, 1, 1024},
	} {
		n := d.size()
		v, m, r := random(rng, d.groups()), random(rng, d.groups()), random(rng, d.groups())
		for _, k := range []struct {
			name   string
			arrays int
			run    func()
		}{
			{"GroupSum", 1, func() { GroupSum(v, x[:n], d) }},
			{"GroupDot", 2, func() { GroupDot(v, x[:n], y[:n], d) }},
			{"GroupAffine", 2, func() { GroupAffine(z[:n], x[:n], m, r, d) }},
			{"GroupAddScaled", 3, func() { GroupAddScaled(z[:n], x[:n], y[:n], m, d) }},
			{"Normalize", 3, func() { Normalize(z[:n], m, r, x[:n], 1e-5, d) }},
			{"NormalizeGrad", 5, func() { NormalizeGrad(z[:n], x[:n], y[:n], r, d) }},
		} {
			b.Run(fmt.Sprintf("%s/%d_%d_%d_%d", k.name, d.N, d.S, d.G, d.K), func(b *testing.B) {
				b.SetBytes(int64(k.arrays) * 4 * int64(n))
				b.ReportAllocs()
				for b.Loop() {
					k.run()
				}
			})
		}
	}
}

// BenchmarkSmall is what a call costs beside its work.
func BenchmarkSmall(b *testing.B) {
	x, y := make([]float32, 64), make([]float32, 64)
	for b.Loop() {
		Add(x, x, y)
	}
}
