package tensor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestBatchNorm compares with the operations that it is made of, one after the other.
func TestBatchNorm(t *testing.T) {
	const eps = 1e-5
	before := Threads()
	defer SetThreads(before)
	for _, d := range []Dims{
		{1, 2, 2, 1}, {1, 7, 3, 1}, {1, 1000, 5, 1}, {1, 301, 20, 1}, {1, 4000, 64, 1}, {1, 130, 100, 1}, {1, 513, 130, 1}, {1, 9, 5000, 1},
	} {
		for _, slope := range []float32{1, 0.2, 0} {
			t.Run(fmt.Sprintf("%d×%d slope %g", d.S, d.G, slope), func(t *testing.T) {
				rng := rand.New(rand.NewPCG(uint64(d.S), uint64(d.G)))
				x, dy, scale, shift := random(rng, d.size()), random(rng, d.size()), random(rng, d.G), random(rng, d.G)
				for i := range x {
					x[i] = x[i]*3 + 20 // a mean far from zero
				}
				normal, mean, rstd := make([]float32, d.size()), make([]float32, d.G), make([]float32, d.G)
				Normalize(normal, mean, rstd, x, eps, d)
				want := make([]float32, d.size())
				GroupAffine(want, normal, scale, shift, d)
				Leaky(want, want, slope)

				var first [3][]float32
				for threads := 1; threads <= 3; threads++ {
					SetThreads(threads)
					y, stats := nans(d.size()), nans(3*d.G)
					BatchNorm(y, stats, x, scale, shift, slope, eps, d)
					for i := range y {
						if !near(y[i], float64(want[i]), 2e-6) {
							t.Fatalf("y[%d]: got %v, want %v", i, y[i], want[i])
						}
					}
					if !slices.Equal(stats[:d.G], mean) || !slices.Equal(stats[d.G:2*d.G], rstd) {
						t.Fatal("mean or standard deviation are not those of Normalize")
					}
					totals, dx := make([]float64, 2*d.G), slices.Clone(dy)
					BatchNormSums(totals, dy, y, x, stats, slope, d)
					BatchNormGrad(dx, totals, dx, y, x, stats, scale, slope, d)
					checkBatchNormGrad(t, totals, dx, dy, y, normal, rstd, scale, slope, d)
					both := make([]float32, 2*d.G)
					narrow(both, totals)
					for i, got := range [3][]float32{y, dx, both} {
						if first[i] == nil {
							first[i] = got
						}
						if !slices.Equal(got, first[i]) {
							t.Fatalf("result %d has other bits with %d threads than with one", i, threads)
						}
					}
				}
			})
		}
	}
}

// checkBatchNormGrad compares with the gradients of the parts.
func checkBatchNormGrad(t *testing.T, totals []float64, dx, dy, y, normal, rstd, scale []float32, slope float32, d Dims) {
	t.Helper()
	g, dscale, dshift, want := make([]float32, d.size()), make([]float32, d.G), make([]float32, d.G), make([]float32, d.size())
	LeakyGrad(g, dy, y, slope)
	GroupDot(dscale, g, normal, d)
	GroupSum(dshift, g, d)
	for i := range d.G {
		if !near(dscale[i], totals[i], 1e-6) || !near(dshift[i], totals[d.G+i], 1e-6) {
			t.Fatalf("channel %d: got %v and %v, want %v and %v", i, totals[i], totals[d.G+i], dscale[i], dshift[i])
		}
	}
	NormalizeGrad(want, g, normal, rstd, d)
	GroupAffine(want, want, scale, nil, d)
	for i := range want {
		if dx[i] != want[i] {
			t.Fatalf("dx[%d]: got %v, want %v", i, dx[i], want[i])
		}
	}
}

func TestBatchNormAllocations(t *testing.T) {
	d := Dims{1, 2000, 20, 1}
	rng := rand.New(rand.NewPCG(1, 1))
	x, y, dx, scale := random(rng, d.size()), random(rng, d.size()), random(rng, d.size()), random(rng, d.G)
	stats, totals := make([]float32, 3*d.G), make([]float64, 2*d.G)
	got := testing.AllocsPerRun(20, func() {
		BatchNorm(y, stats, x, scale, scale, 0.2, 1e-5, d)
		BatchNormSums(totals, dx, y, x, stats, 0.2, d)
		BatchNormGrad(dx, totals, dx, y, x, stats, scale, 0.2, d)
	})
	if got != 0 {
		t.Errorf("got %g allocations, want 0", got)
	}
}
