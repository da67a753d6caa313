package metrics

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

var errNotFinite = errors.New("distance of features: there are values that are not finite: look for them among the samples")

// A Gaussian is fitted to the features of real items, for Fréchet distances from it.
type Gaussian struct {
	features int
	mean     []float64
	cov      *mat.SymDense
	root     *mat.Dense // of cov
}

// NewGaussian fits mean and covariance to features, at least two. The error says that some are not
// finite.
func NewGaussian(real Features) (*Gaussian, error) {
	if err := checkPair("Fréchet distance", real, real, 2); err != nil {
		return nil, err
	}
	g := &Gaussian{features: real.D}
	g.mean, g.cov = moments(real)
	var err error
	g.root, err = sqrtSym(g.cov)
	return g, err
}

// Frechet returns the Fréchet distance from a Gaussian fitted to fake, |μ₁−μ₂|² + tr(Σ₁ + Σ₂ −
// 2(Σ₁Σ₂)^½) (D. Dowson and B. Landau, 1982; M. Heusel et al., NeurIPS 2017, equation 6, there with
// Inception's features: with others it must not be called FID). It is biased upwards for few
// samples.
func (g *Gaussian) Frechet(fake Features) (float64, error) {
	if err := checkPair("Fréchet distance", Features{N: fake.N, D: g.features}, fake, 2); err != nil {
		return 0, err
	}
	mean, cov := moments(fake)
	d, err := frechet(g.mean, g.cov, g.root, mean, cov)
	if err == nil && (math.IsNaN(d) || math.IsInf(d, 0)) {
		err = errNotFinite
	}
	return d, err
}

// FrechetErr returns the standard error of the distance over fake, whose distance must have no
// error.
func (g *Gaussian) FrechetErr(fake Features) float64 {
	return Jackknife(fake.N, func(lo, hi int) float64 {
		d, err := g.Frechet(fake.without(lo, hi))
		if err != nil {
			return math.NaN()
		}
		return d
	})
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
