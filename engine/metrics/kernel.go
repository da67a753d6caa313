package metrics

import (
	"math"
	"math/rand/v2"
)

// The subsets that KernelDistance takes: how many, and of how many samples at most.
const (
	KernelSubsets = 50
	KernelSize    = 500
)

// KernelDistance returns the squared maximum mean discrepancy with the kernel (x·y/D + 1)³,
// unbiased, as the mean over 50 random subsets of at most 500 samples, and the standard error of
// that mean, of no more than 500 samples by the jackknife (M. Bińkowski et al., "Demystifying MMD
// GANs", ICLR 2018, section 4, there with Inception's features: with others it must not be called
// KID). Unlike the Fréchet distance it can be negative: its expectation is zero where both are of
// one distribution.
func KernelDistance(real, fake Features, seed uint64) (distance, stdErr float64, err error) {
	if err := checkPair("kernel distance", real, fake, 2); err != nil {
		return 0, 0, err
	}
	random := rand.New(rand.NewPCG(seed, 0x6b65726e656c))
	m := min(KernelSize, real.N, fake.N)
	var sum, squares float64
	for range KernelSubsets {
		v := discrepancy(choose(real, m, random), choose(fake, m, random))
		sum += v
		squares += v * v
	}
	mean := sum / KernelSubsets
	if m == fake.N { // every subset has all of them, and says nothing about others
		return mean, discrepancyErr(choose(real, m, random), fake), nil
	}
	return mean, math.Sqrt(max(0, squares/KernelSubsets-mean*mean) / (KernelSubsets - 1)), nil
}

// choose returns m vectors of f, drawn without replacement.
func choose(f Features, m int, random *rand.Rand) Features {
	out := NewFeatures(m, f.D)
	out.Told = f.Told
	for i, j := range random.Perm(f.N)[:m] {
		copy(out.Row(i), f.Row(j))
	}
	return out
}

// discrepancy is the unbiased estimate of the squared MMD of as many samples of both (A. Gretton et
// al., JMLR 2012, lemma 6).
func discrepancy(a, b Features) float64 {
	m := float64(a.N)
	return meanKernel(a, a, true)/(m*(m-1)) + meanKernel(b, b, true)/(m*(m-1)) - 2*meanKernel(a, b, false)/(m*m)
}

// discrepancyErr is the standard error of discrepancy for other samples like those of b: what
// leaving each out in turn changes (the jackknife).
func discrepancyErr(a, b Features) float64 {
	n, m := float64(b.N), float64(a.N)
	if n < 3 {
		return math.NaN()
	}
	own, other := kernelSums(b, b, true), kernelSums(b, a, false)
	var ownSum, otherSum float64
	for i := range own {
		ownSum += own[i]
		otherSum += other[i]
	}
	without := make([]float64, b.N) // but for what a alone contributes
	mean := 0.0
	for i := range without {
		without[i] = (ownSum-2*own[i])/((n-1)*(n-2)) - 2*(otherSum-other[i])/(m*(n-1))
		mean += without[i] / n
	}
	sum := 0.0
	for _, v := range without {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum * (n - 1) / n)
}

// meanKernel sums the kernel over all pairs, without those of equal index if apart.
func meanKernel(a, b Features, apart bool) float64 {
	sum := 0.0
	for _, v := range kernelSums(a, b, apart) {
		sum += v
	}
	return sum
}

// kernelSums returns for each vector of a the sum of the kernel over b, without the one of equal
// index if apart.
func kernelSums(a, b Features, apart bool) []float64 {
	na, nb := a.squaredNorms(), b.squaredNorms()
	sums := make([]float64, a.N)
	eachDistance(a, b, func(i int, squared []float64) {
		for j, d := range squared {
			if apart && i == j {
				continue
			}
			product := (na[i] + nb[j] - d) / 2
			k := product/float64(a.D) + 1
			sums[i] += k * k * k
		}
	})
	return sums
}
