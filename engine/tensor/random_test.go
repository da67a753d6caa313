package tensor

import (
	"math"
	"slices"
	"testing"
)

// TestGaussian compares a million numbers with the normal distribution: its moments, its
// distribution function everywhere, its tail, and that neighbours, and those of the next key, have
// nothing to do with one another.
func TestGaussian(t *testing.T) {
	const n = 1_000_000
	x, other := make([]float32, n), make([]float32, n)
	Gaussian(x, 1)
	Gaussian(other, 2)
	var sum, square, fourth, next, beside float64
	tail := 0
	for i, v := range x {
		v := float64(v)
		sum, square, fourth = sum+v, square+v*v, fourth+v*v*v*v
		next += v * float64(x[(i+1)%n])
		beside += v * float64(other[i])
		if math.Abs(v) > zigguratEdge {
			tail++
		}
	}
	for _, c := range []struct {
		what            string
		got, want, wide float64 // standard deviation of what is got
	}{
		{"mean", sum / n, 0, 1e-3},
		{"variance", square / n, 1, 1.42e-3},
		{"fourth moment", fourth / n, 3, 9.8e-3},
		{"product of neighbours", next / n, 0, 1e-3},
		{"product with the next key's", beside / n, 0, 1e-3},
		{"share beyond the edge", float64(tail) / n, math.Erfc(zigguratEdge / math.Sqrt2), 7.3e-6},
	} {
		if math.Abs(c.got-c.want) > 4*c.wide {
			t.Errorf("%s = %.5f, want %.5f ± %.5f", c.what, c.got, c.want, c.wide)
		}
	}
	slices.Sort(x)
	worst := 0.0
	for i, v := range x {
		worst = max(worst, math.Abs(math.Erfc(-float64(v)/math.Sqrt2)/2-float64(i)/n))
	}
	if worst > 1.95/1000 { // Kolmogorov and Smirnov: more once in a thousand
		t.Errorf("the distribution function is off by up to %.5f", worst)
	}
}

// TestDropoutMask: as many are 0 as should be, and all or none at the ends.
func TestDropoutMask(t *testing.T) {
	const n = 100_000
	x := make([]float32, n)
	for _, p := range []float64{0, 0.1, 0.5, 1} {
		DropoutMask(x, 2, p, 7)
		zero := 0
		for _, v := range x {
			switch v {
			case 0:
				zero++
			case 2:
			default:
				t.Fatalf("p = %g: a value of %g, want 0 or 2", p, v)
			}
		}
		if got, wide := float64(zero)/n, math.Sqrt(p*(1-p)/n); math.Abs(got-p) > 4*wide {
			t.Errorf("p = %g: a share of %g is 0", p, got)
		}
	}
}

func BenchmarkGaussian(b *testing.B) {
	x := make([]float32, 1<<16)
	b.SetBytes(int64(4 * len(x)))
	for i := range b.N {
		Gaussian(x, uint64(i))
	}
}
