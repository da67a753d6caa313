package metrics

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

var errNotFinite = errors.New("distance of features: there are values that are not finite: look for them among the samples")

// Frechet returns the Fréchet distance between Gaussians fitted to two sets of features,
// |μ₁−μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½), and its standard error over fake (D. Dowson and B. Landau, 1982; M. Heusel et al., NeurIPS 2017,
// equation 6, there with Inception's features: with others it must not be called FID). It is biased upwards for few samples.
func Frechet(real, fake Features) (distance, stdErr float64, err error) {
	if err := checkPair("Fréchet distance", real, fake, 2); err != nil {
		return 0, 0, err
	}
	mean, cov := moments(real)
	root, err := sqrtSym(cov)
	if err != nil {
		return 0, 0, err
	}
	between := func(f Features) float64 {
		m, c := moments(f)
		d, e := frechet(mean, cov, root, m, c)
		if e != nil {
			err = e
		}
		return d
	}
	if distance = between(fake); math.IsNaN(distance) || math.IsInf(distance, 0) {
		return 0, 0, errNotFinite
	}
	stdErr = Jackknife(fake.N, func(lo, hi int) float64 { return between(fake.without(lo, hi)) })
	return distance, stdErr, err
}

// moments returns mean and covariance, with N−1 in its denominator.
func moments(f Features) ([]float64, *mat.SymDense) {
	mean := make([]float64, f.D)
	for i := range f.N {
		for k, x := range f.Row(i) {
			mean[k] += x
		}
	}
	for k := range mean {
		mean[k] /= float64(f.N)
	}
	centred := mat.NewDense(f.N, f.D, nil)
	for i := range f.N {
		for k, x := range f.Row(i) {
			centred.Set(i, k, x-mean[k])
		}
	}
	cov := mat.NewSymDense(f.D, nil)
	cov.SymOuterK(1/float64(f.N-1), centred.T())
	return mean, cov
}

// sqrtSym returns the square root of a symmetric matrix without negative eigenvalues.
func sqrtSym(a *mat.SymDense) (*mat.Dense, error) {
	var eig mat.EigenSym
	if !eig.Factorize(a, true) {
		return nil, errNotFinite
	}
	n := a.SymmetricDim()
	var v, scaled, root mat.Dense
	eig.VectorsTo(&v)
	scaled.CloneFrom(&v)
	for j, w := range eig.Values(nil) {
		s := math.Sqrt(max(0, w))
		for i := range n {
			scaled.Set(i, j, scaled.At(i, j)*s)
		}
	}
	root.Mul(&scaled, v.T())
	return &root, nil
}

// frechet uses tr((Σ₁Σ₂)^½) = tr((Σ₁^½ Σ₂ Σ₁^½)^½), whose argument is symmetric.
func frechet(mean1 []float64, cov1 *mat.SymDense, root1 *mat.Dense, mean2 []float64, cov2 *mat.SymDense) (float64, error) {
	d := 0.0
	for k := range mean1 {
		d += (mean1[k] - mean2[k]) * (mean1[k] - mean2[k])
	}
	var half, inner mat.Dense
	half.Mul(root1, cov2)
	inner.Mul(&half, root1)
	n := cov1.SymmetricDim()
	sym := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			sym.SetSym(i, j, (inner.At(i, j)+inner.At(j, i))/2)
		}
	}
	var eig mat.EigenSym
	if !eig.Factorize(sym, false) {
		return 0, errNotFinite
	}
	for _, w := range eig.Values(nil) {
		d -= 2 * math.Sqrt(max(0, w))
	}
	return d + mat.Trace(cov1) + mat.Trace(cov2), nil
}
