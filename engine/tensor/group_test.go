package tensor

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// groupCases has every layout the engine uses, with few and many channels, whole and broken
// vectors, and more than one chunk.
var groupCases = []Dims{
	{1, 7, 1, 1},
	{1, 1, 1, 100003},
	{3, 1, 1, 40000},
	{1, 1000, 1, 1},
	{1, 1001, 3, 1},
	{1, 50001, 3, 1},
	{1, 77, 8, 1},
	{1, 513, 24, 1},
	{1, 641, 64, 1},
	{1, 300, 100, 1},
	{1, 130, 129, 1},
	{1, 70, 1023, 1},
	{1, 40, 1024, 1},
	{64, 1, 1, 17},
	{33, 1, 4, 5},
	{5, 49, 3, 1},
	{5, 49, 64, 1},
	{3, 2, 5, 1},
	{4, 49, 8, 4},
	{2, 2000, 4, 16},
	{2, 1, 3, 1},
	{9, 1, 1, 1},
	{2, 3, 1, 4},
	{0, 3, 2, 4},
}

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

// group returns the group of element i.
func (d Dims) group(i int) int { return i/(d.S*d.G*d.K)*d.G + i/d.K%d.G }

// near reports whether got is within tolerance·(1+|want|) of want, or both are NaN.
func near(got float32, want, tolerance float64) bool {
	return math.Abs(float64(got)-want) <= tolerance*(1+math.Abs(want)) || (want != want && got != got)
}

func eachGroupCase(t *testing.T, f func(t *testing.T, d Dims, rng *rand.Rand)) {
	for _, d := range groupCases {
		t.Run(fmt.Sprint(d), func(t *testing.T) { f(t, d, rand.New(rand.NewPCG(1, 2))) })
	}
}

func TestGroupReductions(t *testing.T) {
	eachGroupCase(t, func(t *testing.T, d Dims, rng *rand.Rand) {
		a, b := random(rng, d.size()), random(rng, d.size())
		sum, dot := make([]float64, d.groups()), make([]float64, d.groups())
		for i := range a {
			sum[d.group(i)] += float64(a[i])
			dot[d.group(i)] += float64(a[i]) * float64(b[i])
		}
		v := random(rng, d.groups())
		GroupSum(v, a, d)
		for g, got := range v {
			if !near(got, sum[g], 1e-7) {
				t.Fatalf("sum of group %d: got %v, want %v", g, got, sum[g])
			}
		}
		GroupDot(v, a, b, d)
		for g, got := range v {
			if !near(got, dot[g], 1e-7) {
				t.Fatalf("dot of group %d: got %v, want %v", g, got, dot[g])
			}
		}
	})
}

func TestGroupMaps(t *testing.T) {
	eachGroupCase(t, func(t *testing.T, d Dims, rng *rand.Rand) {
		a, b := random(rng, d.size()), random(rng, d.size())
		u, v := random(rng, d.groups()), random(rng, d.groups())
		dst := make([]float32, d.size())
		check := func(name string, want func(i, g int) float64) {
			t.Helper()
			for i, got := range dst {
				if w := want(i, d.group(i)); !near(got, w, 3e-7) {
					t.Fatalf("%s element %d: got %v, want %v", name, i, got, w)
				}
			}
		}
		GroupExpand(dst, v, d)
		check("expand", func(_, g int) float64 { return float64(v[g]) })
		GroupAffine(dst, a, u, v, d)
		check("affine", func(i, g int) float64 { return float64(a[i])*float64(u[g]) + float64(v[g]) })
		GroupAffine(dst, a, u, nil, d)
		check("scale", func(i, g int) float64 { return float64(a[i]) * float64(u[g]) })
		GroupAffine(dst, a, nil, v, d)
		check("shift", func(i, g int) float64 { return float64(a[i]) + float64(v[g]) })
		GroupAffine(dst, a, nil, nil, d)
		check("copy", func(i, _ int) float64 { return float64(a[i]) })
		GroupAddScaled(dst, a, b, v, d)
		check("add scaled", func(i, g int) float64 { return float64(a[i]) + float64(b[i])*float64(v[g]) })
	})
}

func TestNormalize(t *testing.T) {
	const eps = 1e-5
	eachGroupCase(t, func(t *testing.T, d Dims, rng *rand.Rand) {
		x, dy := random(rng, d.size()), random(rng, d.size())
		for i := range x {
			x[i] = x[i]*3 + 20 // a mean far from zero
		}
		n := float64(d.S * d.K)
		mean, variance := make([]float64, d.groups()), make([]float64, d.groups())
		for i, v := range x {
			mean[d.group(i)] += float64(v) / n
		}
		for i, v := range x {
			e := float64(v) - mean[d.group(i)]
			variance[d.group(i)] += e * e / n
		}
		y, m, r := make([]float32, d.size()), make([]float32, d.groups()), make([]float32, d.groups())
		Normalize(y, m, r, x, eps, d)
		meanDY, dot := make([]float64, d.groups()), make([]float64, d.groups())
		for i, got := range y {
			g := d.group(i)
			want := (float64(x[i]) - mean[g]) / math.Sqrt(variance[g]+eps)
			if !near(got, want, 1e-6) {
				t.Fatalf("y[%d]: got %v, want %v", i, got, want)
			}
			meanDY[g] += float64(dy[i]) / n
			dot[g] += float64(dy[i]) * float64(got) / n
		}
		for g := range m {
			if d.size() > 0 && (!near(m[g], mean[g], 1e-7) || !near(r[g], 1/math.Sqrt(variance[g]+eps), 1e-6*float64(r[g]))) {
				t.Fatalf("group %d: got %v, %v, want %v, %v", g, m[g], r[g], mean[g], 1/math.Sqrt(variance[g]+eps))
			}
		}
		dx := make([]float32, d.size())
		NormalizeGrad(dx, dy, y, r, d)
		for i, got := range dx {
			g := d.group(i)
			want := float64(r[g]) * (float64(dy[i]) - meanDY[g] - float64(y[i])*dot[g])
			if !near(got, want, 1e-6*(1+float64(r[g]))) {
				t.Fatalf("dx[%d]: got %v, want %v", i, got, want)
			}
		}
	})
}
