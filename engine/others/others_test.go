package others

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// normal hands out points of a Gaussian around a place.
type normal struct {
	stream *gan.Stream
	at     [2]float64
	sigma  float64
}

func (d *normal) Next(n int, dst []float32, _ []int) {
	for i := range dst[:2*n] {
		dst[i] = float32(d.at[i%2] + d.sigma*d.stream.NormFloat64())
	}
}

func newNormal(sigma float64) *normal {
	return &normal{stream: gan.NewStream(3, "test"), at: [2]float64{0.5, -0.3}, sigma: sigma}
}

// train makes n updates.
func train(t *testing.T, m Model, n int) {
	t.Helper()
	for range n {
		if err := m.Step(); err != nil {
			t.Fatal(err)
		}
	}
	if m.Steps() != int64(n) {
		t.Fatalf("%d steps after %d", m.Steps(), n)
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s is %.4f, not %.4f ± %g", what, got, want, within)
	}
}

// TestSameBits: the same seed gives the same samples, whatever the number of threads, and another
// seed gives others.
func TestSameBits(t *testing.T) {
	before := tensor.Threads()
	defer tensor.SetThreads(before)
	for _, kind := range Kinds() {
		var all [][]float32
		for _, run := range []struct {
			threads int
			seed    uint64
		}{{1, 5}, {4, 5}, {4, 6}} {
			tensor.SetThreads(run.threads)
			m, err := NewModel(kind, newNormal(0.3), run.seed)
			if err != nil {
				t.Fatal(err)
			}
			train(t, m, 12)
			all = append(all, m.Samples(9, 40))
			if again := m.Samples(9, 40); !slices.Equal(again, all[len(all)-1]) {
				t.Errorf("%s: the same seed of samples gives others", kind)
			}
		}
		if !slices.Equal(all[0], all[1]) {
			t.Errorf("%s: 1 and 4 threads give other bits", kind)
		}
		if slices.Equal(all[0], all[2]) {
			t.Errorf("%s: seeds 5 and 6 give the same", kind)
		}
	}
	if _, err := NewModel("boltzmann", newNormal(1), 1); err == nil || !strings.Contains(err.Error(), Undirected) {
		t.Errorf("an unknown kind: %v", err)
	}
}

// TestLearns: each model makes points like the data after some updates, and says so much of them as
// its kind can.
func TestLearns(t *testing.T) {
	const sigma = 0.4
	data := newNormal(sigma)
	held := make([]float32, 2000)
	data.Next(1000, held, nil)
	truth := Truth{Points: held, Centres: [][2]float64{data.at}, Sigma: sigma}
	other := make([]float32, 2000)
	data.Next(1000, other, nil)
	perfect, err := truth.Judge(other)
	if err != nil {
		t.Fatal(err)
	}
	best := truth.LogP()
	near(t, "log p of the data", best, -1-math.Log(2*math.Pi*sigma*sigma), 0.1)
	for kind, steps := range map[string]int{Adversarial: 500, Directed: 900, Undirected: 250, Denoising: 300} {
		m, err := NewModel(kind, data, 1)
		if err != nil {
			t.Fatal(err)
		}
		first, err := truth.Judge(m.Samples(2, 1000))
		if err != nil {
			t.Fatal(err)
		}
		train(t, m, steps)
		q, err := truth.Judge(m.Samples(2, 1000))
		if err != nil {
			t.Fatal(err)
		}
		if first.Good(perfect) || !q.Good(perfect) || q.Modes != 1 || q.HighQuality < 0.9 {
			t.Errorf("%s: %+v, before it learnt %+v, real points %+v", kind, q, first, perfect)
		}
		way := m.Way(4)
		if sampled := m.Samples(4, 1); way[len(way)-1] != points(sampled)[0] {
			t.Errorf("%s: the way ends at %v, the sample is %v", kind, way[len(way)-1], sampled)
		}
		if quick := kind == Adversarial || kind == Directed; quick != (m.SampleSteps() == 1) || quick != (len(way) == 1) {
			t.Errorf("%s: %d steps for a sample, a way of %d", kind, m.SampleSteps(), len(way))
		}
		l := m.LogP(held[:400], other[:400], 1)
		near(t, kind+": log p", l.Mean, best, 0.5)
		i, ok := m.Infer([2]float32{0.7, -0.1})
		if ok != (kind != Undirected) {
			t.Errorf("%s: infers: %v", kind, ok)
		}
		if ok && (len(i.Z) != 2 || i.Passes < 1) {
			t.Errorf("%s: inference %+v", kind, i)
		}
		if ok && kind == Adversarial {
			near(t, "what the search found comes back", float64(i.Back[0]), 0.7, 0.05)
		}
	}
}

// TestDensities: the densities of the models that have one add up to one over the plane.
func TestDensities(t *testing.T) {
	data := newNormal(0.4)
	for _, kind := range []string{Directed, Undirected} {
		m, err := NewModel(kind, data, 1)
		if err != nil {
			t.Fatal(err)
		}
		train(t, m, 60)
		sum, g := 0.0, Grid{Reach: 3, Cells: 90}
		if kind == Directed {
			g.Reach = 6 // it has no square to keep to
		}
		for _, d := range m.(Dense).Density(g) {
			sum += float64(d) * g.Side() * g.Side()
		}
		near(t, kind+": the sum of the density", sum, 1, 0.01)
	}
}

// TestNotFinite: a step on data that are not finite is refused and named, and not taken.
func TestNotFinite(t *testing.T) {
	for _, kind := range Kinds() {
		m, err := NewModel(kind, newNormal(math.Inf(1)), 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Step(); err == nil || !strings.Contains(err.Error(), "not finite") || m.Steps() != 0 {
			t.Errorf("%s: %v after %d steps", kind, err, m.Steps())
		}
	}
	nan := float32(math.NaN())
	if _, err := (Truth{Points: []float32{0, 0, 1, 1}}).Judge([]float32{0, 0, nan, 0}); err == nil || !strings.Contains(err.Error(), "point 1") {
		t.Errorf("samples that are not finite are judged: %v", err)
	}
}

// TestKL: the divergence of Gaussians from N(0, 1) is ½ Σ μ² + σ² − 1 − log σ².
func TestKL(t *testing.T) {
	tape := grad.NewTape()
	mean := tape.View([]float32{1, 0, 0, -2}, 2, 2)
	logVar := tape.View([]float32{float32(math.Log(4)), 0, 0, float32(math.Log(0.25))}, 2, 2)
	want := ((1 + 4 - 1 - math.Log(4)) + (4 + 0.25 - 1 - math.Log(0.25))) / 2 / 2 // of two items
	near(t, "KL", float64(klFromNormal(mean, logVar).Scalar()), want, 1e-5)
}

// linearVAE is x = a·z + b + s·ε with one latent, and an encoder of which the mean is what the
// posterior's is times skew.
func linearVAE(t *testing.T, skew float32) (v *VAE, logP func(x []float32) float64) {
	t.Helper()
	v, err := NewVAE(VAEConfig{
		Item: nn.Shape{2}, Latent: 1, Encoder: []string{"linear 2"}, Decoder: []string{"linear 2"}, Training: pointTraining(steadyAdam(1e-3)),
	}, newNormal(1), 1)
	if err != nil {
		t.Fatal(err)
	}
	a, b, s := []float32{0.8, -0.5}, []float32{0.1, 0.2}, float32(0.6)
	v.logVar.Value.Data[0] = float32(2 * math.Log(float64(s)))
	long := a[0]*a[0] + a[1]*a[1]
	precision := 1 + long/(s*s)
	gain := skew / (s * s * precision)
	for _, nets := range [][]*nn.Net{v.nets, v.averages} {
		set := func(n *nn.Net, weight, bias []float32) {
			copy(n.Params[0].Value.Data, weight)
			copy(n.Params[1].Value.Data, bias)
		}
		set(nets[1], a, b)
		set(nets[0], []float32{a[0] * gain, a[1] * gain, 0, 0}, []float32{-gain * (a[0]*b[0] + a[1]*b[1]), -float32(math.Log(float64(precision)))})
	}
	return v, func(x []float32) float64 { // N(b, a·aᵀ + s²)
		sum := 0.0
		for i := 0; i < len(x); i += 2 {
			dx, dy := float64(x[i]-b[0]), float64(x[i+1]-b[1])
			s2, along := float64(s*s), float64(a[0])*dx+float64(a[1])*dy
			det := s2 * (s2 + float64(long))
			sum -= (math.Log(4*math.Pi*math.Pi*det) + (dx*dx+dy*dy-along*along/(s2+float64(long)))/s2) / 2
		}
		return sum / float64(len(x)/2)
	}
}

// TestBounds: with the true posterior the ELBO is log p(x); with another it lies below, and
// importance sampling in between. The loss that is trained is the negative ELBO.
func TestBounds(t *testing.T) {
	x := make([]float32, 400)
	newNormal(0.8).Next(200, x, nil)
	exact, logP := linearVAE(t, 1)
	want := logP(x)
	elbo, best := exact.Bounds(x, 200, 64, 1)
	near(t, "the ELBO of the true posterior", elbo, want, 1e-4)
	near(t, "the importance bound of the true posterior", best, want, 1e-4)

	skewed, _ := linearVAE(t, 0.3)
	elbo, best = skewed.Bounds(x, 200, 512, 1)
	if elbo > want-0.05 || best < elbo+0.05 || best > want+0.02 {
		t.Errorf("of a wrong posterior: ELBO %.4f ≤ importance bound %.4f ≤ log p %.4f does not hold", elbo, best, want)
	}

	tape := grad.NewTape()
	encoder, decoder := skewed.nets[0].Bind(tape, true, nil), skewed.nets[1].Bind(tape, true, nil)
	eps, sum := make([]float32, 200), 0.0
	const draws = 200
	for i := range draws {
		gan.NewStream(uint64(i), "eps").Gaussian(eps)
		mark := tape.Mark()
		sum -= float64(skewed.loss(tape.View(x, 200, 2), encoder, decoder, tape.Const(skewed.logVar.Value), tape.View(eps, 200, 1), nn.Train).Scalar())
		tape.Release(mark)
	}
	near(t, "the mean of what is trained, with its constant", sum/draws-math.Log(2*math.Pi), elbo, 0.01)
}

// TestLangevin: the points of a quadratic energy have its covariance, larger by what steps of this
// size add.
func TestLangevin(t *testing.T) {
	const n, step = 8000, 0.3
	sigma := [2]float64{1, 0.5}
	w := langevin{tape: grad.NewTape(), step: step, noise: gan.NewStream(1, "test")}
	x := tensor.New(n, 2)
	weight := tensor.New(1, 2)
	weight.Data[0], weight.Data[1] = float32(0.5/(sigma[0]*sigma[0])), float32(0.5/(sigma[1]*sigma[1]))
	w.walk(x, 150, func(x *grad.Value) *grad.Value {
		return grad.MatMul(grad.Square(x), x.Tape().Const(weight), false, true)
	}, nil)
	for k, s := range sigma {
		sum := 0.0
		for i := range n {
			sum += float64(x.Data[2*i+k]) * float64(x.Data[2*i+k])
		}
		want := s * s / (1 - step*step/(4*s*s))
		near(t, "the variance", sum/n, want, 4*want*math.Sqrt(2.0/n))
	}

	w.reach, w.most = 0.2, 0.01
	w.walk(x, 1, func(x *grad.Value) *grad.Value { return perItem(grad.Square(x)) }, nil)
	if far := slices.Max(x.Data); far > 0.2 {
		t.Errorf("a point leaves the square: %g", far)
	}
}

// TestShrinkage: of Gaussian data with variance v and noise of variance c, the best denoiser is
// m + v/(v+c)·(x̃ − m), and what it leaves has the variance v·c/(v+c).
func TestShrinkage(t *testing.T) {
	c := PointDenoiser()
	c.Encoder, c.Decoder, c.Corruption, c.Training = []string{"linear 2"}, []string{"linear 3"}, 0.5, pointTraining(steadyAdam(2e-2))
	c.Steps = 2500
	data := newNormal(0.8)
	d, err := NewDenoiser(c, data, 1)
	if err != nil {
		t.Fatal(err)
	}
	train(t, d, 2500)
	v, noise := 0.8*0.8, 0.5*0.5
	clean, spread, _ := d.Denoise([]float32{0.5, -0.3, 1.5, -0.3, 0.5, 0.7})
	shrink := v / (v + noise)
	near(t, "the middle", float64(clean[0]), 0.5, 0.04)
	near(t, "the middle", float64(clean[1]), -0.3, 0.04)
	near(t, "the shrinkage of x", float64(clean[2]-clean[0]), shrink, 0.04)
	near(t, "the shrinkage of y", float64(clean[5]-clean[1]), shrink, 0.04)
	near(t, "what x does to y", float64(clean[3]-clean[1]), 0, 0.04)
	near(t, "what is left", float64(spread[0]), math.Sqrt(v*noise/(v+noise)), 0.03)
}
