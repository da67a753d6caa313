// Package metrics says what samples are worth beside real data: in the plane by modes, quality and
// divergence, elsewhere by distances between features. Every number comes with its sample size and
// standard error, and is to be read beside what real held-out data score at that size. It makes no
// samples, chooses no data and draws nothing.
package metrics

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Measure is one number.
type Measure struct {
	Name           string  // as in the command line: "frechet"
	Value          float64 // lower is better, unless
	HigherIsBetter bool
	StdErr         float64 // standard error of Value for samples like these
	Samples        int
	Perfect        float64 // what real held-out data score at this sample size
}

// Features are N vectors of D numbers, one after the other.
type Features struct {
	N, D int
	X    []float64
	// Told, if it is not nil, is told from time to time of how many more pairs with one of these
	// vectors distances are known.
	Told func(pairs int)
}

// NewFeatures returns n vectors of d zeros.
func NewFeatures(n, d int) Features { return Features{N: n, D: d, X: make([]float64, n*d)} }

// Row returns vector i; it shares f's memory.
func (f Features) Row(i int) []float64 { return f.X[i*f.D : (i+1)*f.D] }

// Slice returns vectors lo to hi; they share f's memory.
func (f Features) Slice(lo, hi int) Features {
	return Features{hi - lo, f.D, f.X[lo*f.D : hi*f.D], f.Told}
}

// checkPair returns an error unless both have the same dimension and at least n vectors each.
func checkPair(what string, a, b Features, n int) error {
	switch {
	case a.D != b.D:
		return fmt.Errorf("%s: features of %d and of %d numbers cannot be compared", what, a.D, b.D)
	case a.N < n || b.N < n:
		return fmt.Errorf("%s: %d and %d samples: at least %d of each are needed", what, a.N, b.N, n)
	}
	return nil
}

// squaredNorms returns the squared length of every vector.
func (f Features) squaredNorms() []float64 {
	out := make([]float64, f.N)
	for i := range out {
		for _, x := range f.Row(i) {
			out[i] += x * x
		}
	}
	return out
}

// distanceRows is how many vectors distances are computed for at a time, to bound memory.
const distanceRows = 256

// PairBytes returns the bytes of the distances of vectors to n others that are there at a time.
func PairBytes(n int) float64 { return 8 * distanceRows * float64(n) }

// eachDistance calls do for vectors of a, in order, with their squared distances to all of b. The
// slice is used again.
func eachDistance(a, b Features, do func(i int, squared []float64)) {
	na, nb := a.squaredNorms(), b.squaredNorms()
	products := make([]float64, min(distanceRows, a.N)*b.N)
	for lo := 0; lo < a.N; lo += distanceRows {
		hi := min(a.N, lo+distanceRows)
		part := products[:(hi-lo)*b.N]
		blas64.Gemm(blas.NoTrans, blas.Trans, -2, general(a.Slice(lo, hi)), general(b), 0,
			blas64.General{Rows: hi - lo, Cols: b.N, Stride: b.N, Data: part})
		for i := lo; i < hi; i++ {
			row := part[(i-lo)*b.N : (i-lo+1)*b.N]
			for j := range row {
				row[j] = max(0, row[j]+na[i]+nb[j])
			}
			do(i, row)
		}
		switch {
		case a.Told != nil:
			a.Told((hi - lo) * b.N)
		case b.Told != nil:
			b.Told((hi - lo) * b.N)
		}
	}
}

func general(f Features) blas64.General {
	return blas64.General{Rows: f.N, Cols: f.D, Stride: f.D, Data: f.X}
}

// groups is how many parts a jackknife leaves out in turn.
const groups = 10

// Jackknife returns the standard error of a statistic of n samples, from its values without one of
// groups parts each: without(lo, hi) is computed without samples lo to hi (Efron and Tibshirani,
// "An Introduction to the Bootstrap", 1993, section 11.5).
func Jackknife(n int, without func(lo, hi int) float64) float64 {
	if n < 2*groups {
		return math.NaN()
	}
	var values [groups]float64
	mean := 0.0
	for g := range groups {
		values[g] = without(g*n/groups, (g+1)*n/groups)
		mean += values[g] / groups
	}
	sum := 0.0
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum * (groups - 1) / groups)
}

// without returns f without vectors lo to hi.
func (f Features) without(lo, hi int) Features {
	out := NewFeatures(f.N-(hi-lo), f.D)
	copy(out.X, f.X[:lo*f.D])
	copy(out.X[lo*f.D:], f.X[hi*f.D:])
	return out
}
