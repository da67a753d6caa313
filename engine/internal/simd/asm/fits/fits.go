// Package fits holds the polynomials that the functions of package simd are made of. It knows no
// processor: the generators of assembly do.
package fits

// The polynomials below are minimax fits by Remez's exchange algorithm, relative to the function,
// rounded to float32; lowest power first.
var (
	// ExpTerms is (exp(r)−1−r)/r² for |r| ≤ ln(2)/2; the fit is within 0.06 units in the last place
	// of exp(r).
	ExpTerms = []float32{0.49999994, 0.166665211, 0.041668389, 0.00836872496, 0.0013814579}
	// TanhTerms is (tanh(x)−x)/x³ in x² for |x| ≤ 0.625; within 0.08 of tanh(x).
	TanhTerms = []float32{-0.333332807, 0.133314416, -0.0537395999, 0.020638695, -0.00570453145}
	// LogTerms is (log(1+f)−f+f²/2)/f³ for f from −0.293 to 0.5; within 0.04 of log(1+f).
	LogTerms = []float32{
		0.333333194, -0.250002712, 0.200017914, -0.166540146, 0.142159268,
		-0.126367807, 0.121306092, -0.1045864, 0.0480726548,
	}
	// TailTerms is (1+√2t)·exp(t²/2)·Φ(−t) in (t−2√2)/(t+2√2) for t from 0 to 14.6, where Φ is the
	// normal distribution function; within 0.25. The variable is that of Shepherd and Laframboise,
	// "Chebyshev Approximation of (1+2x)exp(x²)erfc x in 0 ≤ x < ∞", Mathematics of Computation 36,
	// 1981.
	TailTerms = []float32{
		0.638489187, -0.0463819951, -0.0830157548, 0.0820277706, -0.0271016285,
		-0.00403026259, 0.00431386102, 0.000656477874, -0.000612573698, -0.000198884067,
	}
)
