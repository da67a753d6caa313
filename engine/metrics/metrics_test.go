package metrics

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// reference is what other programs make of the same features: see testdata/make.py.
type reference struct {
	Real, Fake, Valid [][]float64
	Frechet, MMD      float64
	PRDC              struct{ Precision, Recall, Density, Coverage float64 }
	Width             float64
	Parzen            float64
	ParzenStdErr      float64 `json:"parzen_stderr"`
	Nearest           []float64
	Improved          struct{ Precision, Recall float64 } // torch-fidelity's
	Chosen            struct{ Width, Mean, StdErr float64 }
	Points            [2][][2]float64
	Bins              int
	Divergence        float64
	Pictures          []struct {
		Shape [3]int
		A, B  []float32
	}
	Similarity []float64
}

func load(t *testing.T) (ref reference, real, fake, valid Features) {
	t.Helper()
	text, err := os.ReadFile("testdata/features.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &ref); err != nil {
		t.Fatal(err)
	}
	return ref, rows(ref.Real), rows(ref.Fake), rows(ref.Valid)
}

func rows(x [][]float64) Features {
	f := NewFeatures(len(x), len(x[0]))
	for i, row := range x {
		copy(f.Row(i), row)
	}
	return f
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.8g, want %.8g", what, got, want)
	}
}

func TestAgainstOtherPrograms(t *testing.T) {
	ref, real, fake, valid := load(t)
	d := distance(t, real, fake)
	near(t, "Fréchet distance", d, ref.Frechet, 1e-6)
	near(t, "squared MMD", discrepancy(real.Slice(0, 70), fake), ref.MMD, 1e-6*math.Abs(ref.MMD))
	m, err := CompareManifolds(real, fake, 5)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "precision", m.Precision, ref.PRDC.Precision, 1e-9)
	near(t, "recall", m.Recall, ref.PRDC.Recall, 1e-9)
	near(t, "density", m.Density, ref.PRDC.Density, 1e-9)
	near(t, "coverage", m.Coverage, ref.PRDC.Coverage, 1e-9)
	mean, stdErr, width, err := Parzen(fake, valid, valid, []float64{ref.Width})
	if err != nil || width != ref.Width {
		t.Fatal(width, err)
	}
	near(t, "Parzen log-likelihood", mean, ref.Parzen, 1e-6)
	near(t, "its standard error", stdErr, ref.ParzenStdErr, 1e-6)
	near(t, "torch-fidelity's precision", m.Precision, ref.Improved.Precision, 1e-6)
	near(t, "torch-fidelity's recall", m.Recall, ref.Improved.Recall, 1e-6)
	mean, stdErr, width, err = Parzen(fake, real.Slice(0, 40), real.Slice(40, real.N), ParzenWidths())
	if err != nil {
		t.Fatal(err)
	}
	near(t, "width by validation", width, ref.Chosen.Width, 1e-9)
	near(t, "log-likelihood with it", mean, ref.Chosen.Mean, 1e-6)
	near(t, "its standard error", stdErr, ref.Chosen.StdErr, 1e-6)
	d, err = Divergence(ref.Points[0], ref.Points[1], ref.Bins)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Jensen-Shannon divergence", d, ref.Divergence, 1e-9)
	for i, p := range ref.Pictures {
		got := StructuralSimilarity(p.A, p.B, p.Shape[0], p.Shape[1], p.Shape[2])
		near(t, fmt.Sprintf("structural similarity of %v", p.Shape), got, ref.Similarity[i], 1e-6)
	}
	for i, got := range nearest(fake, real) {
		near(t, "distance to the nearest", got, ref.Nearest[i], 1e-6)
	}
}

// distance is the Fréchet distance of two sets of features.
func distance(t *testing.T, real, fake Features) float64 {
	t.Helper()
	g, err := NewGaussian(real)
	if err != nil {
		t.Fatal(err)
	}
	d, err := g.Frechet(fake)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func gaussian(seed uint64, n, d int, shift float64) Features {
	r := rand.New(rand.NewPCG(seed, 1))
	f := NewFeatures(n, d)
	for i := range f.X {
		f.X[i] = r.NormFloat64() + shift
	}
	return f
}

// TestStandardErrors compares the jackknife's standard error with how much the distance varies from
// sample to sample.
func TestStandardErrors(t *testing.T) {
	real := gaussian(1, 2000, 4, 0)
	g, err := NewGaussian(real)
	if err != nil {
		t.Fatal(err)
	}
	var values, errs []float64
	for seed := range uint64(40) {
		fake := gaussian(100+seed, 400, 4, 0.5)
		values, errs = append(values, distance(t, real, fake)), append(errs, g.FrechetErr(fake))
	}
	mean := average(values)
	spread := 0.0
	for _, v := range values {
		spread += (v - mean) * (v - mean) / float64(len(values)-1)
	}
	if got, want := average(errs), math.Sqrt(spread); got < 0.7*want || got > 1.4*want {
		t.Errorf("mean standard error %.3g, the distances' standard deviation is %.3g", got, want)
	}
}

func TestKernelDistanceIsUnbiased(t *testing.T) {
	d, e, err := KernelDistance(gaussian(1, 3000, 4, 0), gaussian(2, 3000, 4, 0), 7)
	if err != nil || math.Abs(d) > 5*e+0.01 {
		t.Errorf("distance of two samples of one distribution %g ± %g, %v", d, e, err)
	}
	far, e, err := KernelDistance(gaussian(1, 3000, 4, 0), gaussian(2, 3000, 4, 0.5), 7)
	if err != nil || far < 10*e {
		t.Errorf("distance of different distributions %g ± %g, %v", far, e, err)
	}
}

// TestKernelDistanceOfFew: of few samples, too, the error is how much the distance of other samples
// differs.
func TestKernelDistanceOfFew(t *testing.T) {
	real := gaussian(1, 150, 4, 0)
	const times = 40
	var sum, squares, said float64
	for i := range times {
		d, e, err := KernelDistance(real, gaussian(uint64(100+i), 150, 4, 0.5), 7)
		if err != nil {
			t.Fatal(err)
		}
		sum, squares, said = sum+d, squares+d*d, said+e/times
	}
	spread := math.Sqrt((squares - sum*sum/times) / (times - 1))
	// of 40 draws the spread is known to about a ninth
	if said < 0.7*spread || said > 1.4*spread {
		t.Errorf("the error is said to be %g, and is %g", said, spread)
	}
}

func TestCopying(t *testing.T) {
	for _, c := range []struct {
		share float64
		n     int
		want  bool
	}{
		{0.01, 2000, false}, // as real items
		{0.025, 200, false}, // five of 200 may be chance
		{0.03, 2000, true},
		{0.3, 100, true},
	} {
		if got := Copying(c.share, c.n); got != c.want {
			t.Errorf("%g of %d samples: copying %v, want %v", c.share, c.n, got, c.want)
		}
	}
}

func TestCountCopies(t *testing.T) {
	train, held := gaussian(1, 1500, 6, 0), gaussian(2, 1000, 6, 0)
	honest, err := CountCopies(train, held, gaussian(3, 1000, 6, 0))
	if err != nil || honest.Share > 0.03 {
		t.Errorf("copies among independent samples %+v, %v; want a share of about 0.01", honest, err)
	}
	if self, err := CountCopies(train, held, held); err != nil || self.Share != CopyRate {
		t.Errorf("copies among the held-out items %+v, %v; want a share of %g", self, err, CopyRate)
	}
	thief := gaussian(4, 1000, 6, 0)
	for i := range 300 {
		copy(thief.Row(i), train.Row(5*i))
	}
	got, err := CountCopies(train, held, thief)
	if err != nil || math.Abs(got.Share-0.307) > 0.02 || got.Usual != honest.Usual || got.Limit >= got.Usual {
		t.Errorf("copies %+v, %v; want a share of about 0.31", got, err)
	}
}

func TestModes(t *testing.T) {
	centres := [][2]float64{{0, 0}, {10, 0}, {0, 10}, {10, 10}}
	r := rand.New(rand.NewPCG(3, 3))
	var all, lost [][2]float64
	for i := range 20000 {
		c := centres[i%4]
		p := [2]float64{c[0] + 0.5*r.NormFloat64(), c[1] + 0.5*r.NormFloat64()}
		all = append(all, p)
		if i%4 < 2 {
			lost = append(lost, p)
		}
	}
	m, err := CountModes(all, centres, 0.5)
	if err != nil || m.Captured != 4 {
		t.Fatalf("%+v, %v; want 4 modes", m, err)
	}
	near(t, "high quality of a perfect sampler", m.HighQuality, 1-math.Exp(-4.5), 0.003)
	near(t, "KL of a perfect sampler", m.KL, 0, 1e-3)
	m, err = CountModes(lost, centres, 0.5)
	if err != nil || m.Captured != 2 {
		t.Fatalf("%+v, %v; want 2 modes", m, err)
	}
	near(t, "KL of half the modes", m.KL, math.Log(2), 1e-3)
	m, err = CountModes([][2]float64{{100, 100}}, centres, 0.5)
	if err != nil || m.Captured != 0 || m.HighQuality != 0 || m.KL != math.Log(4) {
		t.Errorf("%+v, %v of a sample far away", m, err)
	}
}

func TestDivergence(t *testing.T) {
	a, b := [][2]float64{{0, 0}, {0, 1}}, [][2]float64{{5, 5}, {6, 5}}
	apart, err := Divergence(a, b, 20)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "divergence of what is apart", apart, math.Ln2, 1e-12)
	same, err := Divergence(a, a, 20)
	if err != nil || same != 0 {
		t.Errorf("divergence from itself %g, %v", same, err)
	}
}

func TestErrors(t *testing.T) {
	two, three := gaussian(1, 10, 2, 0), gaussian(1, 10, 3, 0)
	g, err := NewGaussian(two)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Frechet(three); err == nil {
		t.Error("Frechet compares features of different dimensions")
	}
	if _, err := g.Frechet(two.Slice(0, 1)); err == nil {
		t.Error("Frechet takes a single sample")
	}
	if _, err := CompareManifolds(two, two.Slice(0, 5), 5); err == nil {
		t.Error("CompareManifolds takes fewer samples than neighbours")
	}
	if _, err := CountCopies(two, two, two); err == nil {
		t.Error("CountCopies takes too few held-out items")
	}
	if _, err := CountModes(nil, [][2]float64{{0, 0}}, 1); err == nil {
		t.Error("CountModes takes no samples")
	}
	bad := gaussian(1, 10, 2, 0)
	bad.X[3] = math.NaN()
	if _, err := g.Frechet(bad); err == nil {
		t.Error("Frechet takes NaN")
	}
	if _, _, _, err := Parzen(two, two, two, nil); err == nil {
		t.Error("Parzen chooses from no widths")
	}
}

// TestInterval: the ends that statsmodels' proportion_confint(method="wilson") gives.
func TestInterval(t *testing.T) {
	for _, test := range []struct {
		hits, n   int
		low, high float64
	}{{8, 10, 0.4902, 0.9433}, {5, 10, 0.2366, 0.7634}, {10, 10, 0.7225, 1}, {0, 10, 0, 0.2775}} {
		low, high := Interval(test.hits, test.n)
		near(t, "lower end", low, test.low, 1e-3)
		near(t, "upper end", high, test.high, 1e-3)
	}
}
