package gan

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// fixed deals out items of Gaussian noise and counts them.
type fixed struct {
	*Stream
	dealt int
}

func (f *fixed) Next(n int, dst []float32, _ []int) {
	f.dealt += n
	f.Latents(dst, "gaussian")
}

func points(t *testing.T, change func(*recipe.Recipe)) (*Trainer, *fixed) {
	t.Helper()
	r := recipe.Default()
	r.Data, r.Latent, r.Batch = "ring", 2, 8
	r.G.Layers, r.D.Layers = []string{"linear 6", "relu", "linear 2"}, []string{"linear 6", "lrelu 0.2", "linear 1"}
	change(r)
	data := &fixed{Stream: NewStream(2, "data")}
	tr, err := New(r, nn.Shape{2}, data)
	if err != nil {
		t.Fatal(err)
	}
	return tr, data
}

// TestObjectives plays every objective: a step changes both players, and losses are those of the
// formulas in float64.
func TestObjectives(t *testing.T) {
	sp := func(x float64) float64 { return math.Log1p(math.Exp(x)) }
	sq := func(x float64) float64 { return x * x }
	relu := func(x float64) float64 { return math.Max(0, x) }
	tests := map[string]struct{ d, g func(r, f float64) float64 }{
		"minimax":       {func(r, f float64) float64 { return sp(-r) + sp(f) }, func(_, f float64) float64 { return -sp(f) }},
		"nonsaturating": {func(r, f float64) float64 { return sp(-r) + sp(f) }, func(_, f float64) float64 { return sp(-f) }},
		"leastsquares":  {func(r, f float64) float64 { return (sq(r-1) + sq(f)) / 2 }, func(_, f float64) float64 { return sq(f-1) / 2 }},
		"hinge":         {func(r, f float64) float64 { return relu(1-r) + relu(1+f) }, func(_, f float64) float64 { return -f }},
		"wasserstein":   {func(r, f float64) float64 { return f - r }, func(_, f float64) float64 { return -f }},
		"relativistic":  {func(r, f float64) float64 { return sp(f - r) }, func(r, f float64) float64 { return sp(r - f) }},
	}
	for name, test := range tests {
		tr, _ := points(t, func(r *recipe.Recipe) { r.Objective, r.R1, r.R2 = name, 0, 0 })
		reals, fakes := []float32{2, -1}, []float32{0.5, -3}
		tape := grad.NewTape()
		a, b := tape.View(reals, 2, 1), tape.View(fakes, 2, 1)
		wantD, wantG := 0.0, 0.0
		for i := range reals {
			wantD += test.d(float64(reals[i]), float64(fakes[i])) / 2
			wantG += test.g(float64(reals[i]), float64(fakes[i])) / 2
		}
		if got := float64(tr.Objective.Discriminator(a, b).Scalar()); math.Abs(got-wantD) > 1e-5 {
			t.Errorf("%s: loss of D = %g, want %g", name, got, wantD)
		}
		if got := float64(tr.Objective.Generator(a, b).Scalar()); math.Abs(got-wantG) > 1e-5 {
			t.Errorf("%s: loss of G = %g, want %g", name, got, wantG)
		}
		g, d := slices.Clone(tr.G.Params[0].Value.Data), slices.Clone(tr.D.Params[0].Value.Data)
		s, err := tr.Both()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if slices.Equal(g, tr.G.Params[0].Value.Data) || slices.Equal(d, tr.D.Params[0].Value.Data) {
			t.Errorf("%s: a step left a player as it was", name)
		}
		if !tr.Objective.Score && (s.DReal <= 0 || s.DReal >= 1) {
			t.Errorf("%s: D(x) = %g is no probability", name, s.DReal)
		}
		if relative := math.Abs(s.DReal+s.DFake-1) < 1e-6; relative != tr.Objective.NeedsReal {
			t.Errorf("%s: D(x) = %g and D(G(z)) = %g, which of a pair's add up to 1: %t", name, s.DReal, s.DFake, relative)
		}
	}
}

func TestDSteps(t *testing.T) {
	tr, data := points(t, func(r *recipe.Recipe) { r.DSteps = 3 })
	if _, err := tr.Both(); err != nil {
		t.Fatal(err)
	}
	if tr.OptD.Steps != 3 || tr.OptG.Steps != 1 || data.dealt != 3*8 || tr.Step != 1 {
		t.Errorf("D %d times, G %d times, %d items, step %d: want 3, 1, 24, 1", tr.OptD.Steps, tr.OptG.Steps, data.dealt, tr.Step)
	}
}

// TestStatsAreOfTheLastUpdate compares three updates of D in one step, with a learning rate of
// zero, with a single one on the same items: what is measured does not add up.
func TestStatsAreOfTheLastUpdate(t *testing.T) {
	three, _ := points(t, func(r *recipe.Recipe) { r.DSteps, r.GP, r.D.LR = 3, 10, 0 })
	single, _ := points(t, func(r *recipe.Recipe) { r.GP, r.D.LR = 10, 0 })
	got, err := three.Both()
	if err != nil {
		t.Fatal(err)
	}
	var want Stats
	for range 3 {
		if want, err = single.OnlyD(); err != nil {
			t.Fatal(err)
		}
	}
	if !math.IsNaN(want.LossG) || !math.IsNaN(want.GradG) {
		t.Errorf("an update of D alone measures %+v of G", want)
	}
	got.LossG, got.GradG, want.LossG, want.GradG = 0, 0, 0, 0
	if got != want {
		t.Errorf("three updates measure %+v, the last of them alone %+v", got, want)
	}
}

// TestOnlyG: an update of G alone measures nothing of D.
func TestOnlyG(t *testing.T) {
	tr, _ := points(t, func(r *recipe.Recipe) { r.R1 = 1 })
	s, err := tr.OnlyG()
	if err != nil {
		t.Fatal(err)
	}
	if math.IsNaN(s.LossG) || !(s.GradG > 0) {
		t.Errorf("G's loss %g, gradient %g", s.LossG, s.GradG)
	}
	for name, x := range map[string]float64{"loss": s.LossD, "D(x)": s.DReal, "D(G(z))": s.DFake, "gradient": s.GradD, "penalty": s.Penalty, "accuracy": s.PairAccuracy} {
		if !math.IsNaN(x) {
			t.Errorf("D's %s is %g, want nothing", name, x)
		}
	}
}

func TestClipAndPenaltyEvery(t *testing.T) {
	tr, _ := points(t, func(r *recipe.Recipe) { r.Clip, r.PenaltyEvery, r.D.LR = 0.01, 3, 0.1 })
	for step := range 6 {
		s, err := tr.Both()
		if err != nil {
			t.Fatal(err)
		}
		if due := step%3 == 0; (s.Penalty != 0) != due {
			t.Errorf("step %d: penalty %g, due: %t", step, s.Penalty, due)
		}
	}
	for _, p := range tr.D.Params {
		if lo, hi := slices.Min(p.Value.Data), slices.Max(p.Value.Data); lo < -0.01 || hi > 0.01 {
			t.Errorf("%s within %g and %g, want ±0.01", p.Name, lo, hi)
		}
	}
}

func TestNonFiniteNamesPlayerAndLayer(t *testing.T) {
	tr, _ := points(t, func(*recipe.Recipe) {})
	tr.Step = 41
	tr.G.Params[2].Value.Data[0] = float32(math.Inf(1))
	before := slices.Clone(tr.D.Params[0].Value.Data)
	_, err := tr.Both()
	var e *NonFinite
	if !errors.As(err, &e) || e.Player != "discriminator" || e.Step != 41 {
		t.Fatalf("error = %v, want one of the discriminator at step 41", err)
	}
	if !slices.Equal(before, tr.D.Params[0].Value.Data) || tr.Step != 41 {
		t.Error("the step was taken nevertheless")
	}
}

func TestMetaRestoresStreams(t *testing.T) {
	a, _ := points(t, func(*recipe.Recipe) {})
	for range 3 {
		if _, err := a.Both(); err != nil {
			t.Fatal(err)
		}
	}
	b, _ := points(t, func(*recipe.Recipe) {})
	if err := b.SetMeta(a.Meta()); err != nil {
		t.Fatal(err)
	}
	if x, y := a.latent.Uint64(), b.latent.Uint64(); x != y || b.Step != 3 || b.OptD.Steps != 3 {
		t.Errorf("restored stream gives %d, want %d; step %d", y, x, b.Step)
	}
	for key := range a.Meta() {
		m := a.Meta()
		m[key] = "nonsense"
		if b.SetMeta(m) == nil {
			t.Errorf("%s = nonsense: no error", key)
		}
	}
}

func TestNoise(t *testing.T) {
	tr, _ := points(t, func(*recipe.Recipe) {})
	g := NewGenerator(tr.Sampler(), "uniform")
	z := g.Noise(5, 500)
	if lo, hi := slices.Min(z), slices.Max(z); lo < -1 || hi > 1 || hi-lo < 1.9 {
		t.Errorf("uniform noise within %g and %g", lo, hi)
	}
	all := slices.Clone(g.Render(z, 500))
	if one := g.Render(z[2*77:2*78], 1); one[0] != all[2*77] || one[1] != all[2*77+1] {
		t.Errorf("item 77 alone is %v, among others %v", one, all[2*77:2*78])
	}
}

// TestWarmStepAllocatesLittle takes steps of the workload dcgan28, whose memory must come from
// pools.
func TestWarmStepAllocatesLittle(t *testing.T) {
	r, err := recipe.Named("digits-dcgan")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := New(r, nn.Shape{28, 28, 1}, &fixed{Stream: NewStream(2, "data")})
	if err != nil {
		t.Fatal(err)
	}
	step := func() {
		if _, err := tr.Both(); err != nil {
			t.Fatal(err)
		}
	}
	step()
	step()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	step()
	runtime.ReadMemStats(&after)
	limit := uint64(64 << 10)
	if tensor.ISA() == "generic" {
		limit = 1 << 20 // gonum's own product allocates
	}
	if got := after.TotalAlloc - before.TotalAlloc; got >= limit {
		t.Errorf("a warmed-up step allocated %d bytes, want under %d", got, limit)
	} else {
		t.Logf("a warmed-up step allocated %d bytes", got)
	}
}
