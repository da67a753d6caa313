package metrics

import (
	"cmp"
	"math"
	"slices"
)

// Manifold compares samples with the neighbourhoods of others.
type Manifold struct {
	Precision, Recall float64 // T. Kynkäänniemi et al., NeurIPS 2019, equation 2
	Density, Coverage float64 // M. Naeem et al., ICML 2020, equations 3 and 4
	// Standard errors over the samples that each is a mean of: fake ones for precision and density,
	// real ones for the others.
	PrecisionErr, RecallErr, DensityErr, CoverageErr float64
}

// CompareManifolds computes all four from balls around each sample that reach to its k-th nearest
// neighbour of its own kind: the share of fake samples within a ball of a real one, and the
// reverse; how many balls of real samples a fake one lies in, divided by k; and the share of real
// samples with a fake one in their ball.
func CompareManifolds(real, fake Features, k int) (Manifold, error) {
	if err := checkPair("precision and recall", real, fake, k+1); err != nil {
		return Manifold{}, err
	}
	realReach, fakeReach := reaches(real, k), reaches(fake, k)
	var m Manifold
	squares := 0.0
	covered := make([]bool, real.N)
	recalled := make([]bool, real.N)
	eachDistance(fake, real, func(i int, squared []float64) {
		within := 0
		for j, d := range squared {
			if d < realReach[j] {
				within++
				covered[j] = true
			}
			recalled[j] = recalled[j] || d < fakeReach[i]
		}
		m.Density += float64(within)
		squares += float64(within) * float64(within)
		if within > 0 {
			m.Precision++
		}
	})
	n := float64(fake.N)
	m.Precision /= n
	m.DensityErr = math.Sqrt(max(0, squares/n-m.Density/n*m.Density/n)/n) / float64(k)
	m.Density /= n * float64(k)
	m.Coverage, m.Recall = share(covered), share(recalled)
	m.PrecisionErr = Binomial(m.Precision, fake.N)
	m.RecallErr, m.CoverageErr = Binomial(m.Recall, real.N), Binomial(m.Coverage, real.N)
	return m, nil
}

// reaches returns for each vector the squared distance to its k-th nearest other one.
func reaches(f Features, k int) []float64 {
	out := make([]float64, f.N)
	eachDistance(f, f, func(i int, squared []float64) {
		squared[i] = -1 // itself, whatever rounding says
		nearest := slices.Clone(squared)
		slices.Sort(nearest)
		out[i] = nearest[k]
	})
	return out
}

func share(all []bool) float64 {
	n := 0
	for _, x := range all {
		if x {
			n++
		}
	}
	return float64(n) / float64(len(all))
}

// Binomial returns the standard error of a share of n samples.
func Binomial(share float64, n int) float64 { return math.Sqrt(share * (1 - share) / float64(n)) }

// nearest returns the distance of each vector of a to the nearest of b.
func nearest(a, b Features) []float64 {
	out := make([]float64, a.N)
	eachDistance(a, b, func(i int, squared []float64) { out[i] = math.Sqrt(slices.Min(squared)) })
	return out
}

// CopyRate is how rarely a held-out item is as near to a training item as what counts as a copy:
// the share of copies that a generator that copies nothing has.
const CopyRate = 0.01

// Copies says how many samples are nearer to a training item than real items usually are to each
// other.
type Copies struct {
	Share, StdErr float64
	Usual         float64 // median distance of a held-out item to the nearest training item
	Limit         float64 // what is nearer than this is a copy
}

// Copying tells whether more samples are copies than chance makes of samples like real items, which
// are copies in CopyRate of the cases: whether the share's 95 % interval lies above twice that, so
// that a few more than usual raise no alarm.
func Copying(share float64, n int) bool {
	low, _ := ShareInterval(share, n)
	return low > 2*CopyRate
}

// CountCopies counts as a copy what is nearer to a training item than all but one in a hundred
// held-out real items are.
func CountCopies(train, heldOut, fake Features) (Copies, error) {
	if err := checkPair("copies", train, fake, 1); err != nil {
		return Copies{}, err
	}
	if err := checkPair("copies", train, heldOut, int(1/CopyRate)); err != nil {
		return Copies{}, err
	}
	usual := nearest(heldOut, train)
	slices.Sort(usual)
	limit := usual[int(CopyRate*float64(len(usual)))]
	n := 0
	for _, d := range nearest(fake, train) {
		if d < limit {
			n++
		}
	}
	s := float64(n) / float64(fake.N)
	return Copies{Share: s, StdErr: Binomial(s, fake.N), Usual: usual[len(usual)/2], Limit: limit}, nil
}

// Near is a vector's number and distance.
type Near struct {
	Index    int
	Distance float64
}

// NearestTo returns the k vectors of f that are nearest to x, the nearest first.
func NearestTo(x []float64, f Features, k int) []Near {
	all := make([]Near, f.N)
	eachDistance(Features{N: 1, D: len(x), X: x}, f, func(_ int, squared []float64) {
		for j, d := range squared {
			all[j] = Near{j, math.Sqrt(d)}
		}
	})
	slices.SortFunc(all, func(a, b Near) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Index, b.Index))
	})
	return all[:min(k, len(all))]
}

// ShareInterval is Interval of a share of n.
func ShareInterval(share float64, n int) (low, high float64) {
	return Interval(int(math.Round(share*float64(n))), n)
}

// Interval returns the ends of the 95 % interval of a share of which hits of n were seen (E.
// Wilson, Journal of the American Statistical Association 22, 1927): unlike twice the standard
// error, it holds for ten tries too.
func Interval(hits, n int) (low, high float64) {
	const z = 1.96
	p, m := float64(hits)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, middle-half), min(1, middle+half)
}
