package gan

import (
	"math"
	"slices"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// TestInstanceNoise: noise falls evenly to 0 over the run, is drawn for every look, and moves what
// D sees by as much as it says.
func TestInstanceNoise(t *testing.T) {
	tr, _ := points(t, func(r *recipe.Recipe) { r.InstanceNoise, r.Steps, r.Batch, r.R1, r.R2 = 0.5, 100, 500, 0, 0 })
	for _, c := range []struct {
		step int64
		want float32
	}{{0, 0.5}, {50, 0.25}, {100, 0}, {120, 0}} {
		tr.Step = c.step
		if got := tr.noiseNow(); got != c.want {
			t.Errorf("noise at step %d = %g, want %g", c.step, got, c.want)
		}
	}
	tr.Step = 50
	tr.drawItems()
	tr.drawLatents()
	tr.drawDInput()
	first := slices.Clone(tr.dInput.noise)
	if d := deviation(first); math.Abs(float64(d)-1) > 0.05 {
		t.Errorf("standard deviation of what is drawn = %g, want 1", d)
	}
	h := tr.shards[0]
	h.begin(tr)
	h.generate(tr, false)
	d := tr.D.Bind(h.tape, false, nil)
	v := h.outputs(tr, d, false, false)
	for i, w := range h.fake.Data {
		h.fake.Data[i] = w + 0.25*first[len(h.fake.Data)+i]
	}
	for i, w := range h.real.Data {
		h.real.Data[i] = w + 0.25*first[i]
	}
	tr.dInput.sigma = 0
	if w := h.outputs(tr, d, false, false); !close32(v.realLogits, w.realLogits) || !close32(v.fakeLogits, w.fakeLogits) {
		t.Error("D of items with noise is not that of noisy items")
	}
	tr.drawDInput()
	if slices.Equal(first, tr.dInput.noise) {
		t.Error("two looks had the same noise")
	}
}

func close32(a, b *grad.Value) bool {
	return slices.EqualFunc(a.Data, b.Data, func(x, y float32) bool { return math.Abs(float64(x-y)) < 1e-5 })
}

// TestMetaOfEarlierVersions: a state without the streams that came later leaves them at their
// beginning.
func TestMetaOfEarlierVersions(t *testing.T) {
	change := func(r *recipe.Recipe) { r.InstanceNoise = 1 }
	a, _ := points(t, change)
	m := a.Meta()
	_, later := a.named()
	for key := range later {
		delete(m, key)
	}
	b, _ := points(t, change)
	if err := b.SetMeta(m); err != nil {
		t.Fatal(err)
	}
	if x, y := a.instance.Uint64(), b.instance.Uint64(); x != y {
		t.Errorf("a stream that was not saved gives %d, want its beginning, %d", y, x)
	}
}

// TestPackOfOne: a game of packs of one item is bit for bit the plain game; D of packs of equal
// pictures sees each channel twice.
func TestPackOfOne(t *testing.T) {
	change := func(r *recipe.Recipe) { r.GP, r.DRAGAN = 1, 1 }
	plain, _ := points(t, change)
	plain.Pack = 0
	packed, _ := points(t, change)
	a, statsA := weightsAfter(t, plain)
	b, statsB := weightsAfter(t, packed)
	if !slices.Equal(a, b) || statsA != statsB || packed.Pack != 1 {
		t.Errorf("plain %+v, packs of one %+v, or other weights", statsA, statsB)
	}
	r := recipe.Default()
	r.Pack, r.Batch = 2, 4
	tr, err := New(r, nn.Shape{28, 28, 1}, &fixed{Stream: NewStream(2, "data")})
	if err != nil {
		t.Fatal(err)
	}
	if want := (nn.Shape{28, 28, 2}); !tr.D.In.Equal(want) {
		t.Errorf("D gets %v, want %v", tr.D.In, want)
	}
	if s, err := tr.Both(); err != nil || s.Penalty == 0 {
		t.Errorf("a step with packs: %+v, %v", s, err)
	}
}

// TestChanges: changes are drawn in their ranges, each kind as often as p says; what does not
// befall a picture changes nothing.
func TestChanges(t *testing.T) {
	r := recipe.Default()
	r.Data, r.ImageSize, r.Channels, r.Batch, r.Augment = "emoji", 8, 3, 2000, "adaptive"
	r.G.Layers, r.D.Layers = []string{"linear 192", "unflatten 8 8 3"}, []string{"flatten", "linear 1"}
	tr, err := New(r, nn.Shape{8, 8, 3}, &fixed{Stream: NewStream(2, "data")})
	if err != nil {
		t.Fatal(err)
	}
	tr.divide()
	a := &tr.dInput.changes
	for _, p := range []float64{0, 0.25, 1} {
		tr.ada.p = p
		tr.drawChanges(a)
		coloured, moved, cut := 0, 0, 0
		for i := range 2 * r.Batch {
			if b, s, c := a.brightness[i], a.saturation[i], a.contrast[i]; b != 0 || s != 1 || c != 1 {
				coloured++
				if b < -0.5 || b > 0.5 || s < 0 || s > 2 || c < 0.5 || c > 1.5 {
					t.Fatalf("brightness %g, saturation %g, contrast %g", b, s, c)
				}
			}
			if y, x := a.down[i], a.right[i]; y != 0 || x != 0 {
				moved++
				if y*y > 1 || x*x > 1 {
					t.Fatalf("moved by %d, %d pixels, want at most an eighth of 8", y, x)
				}
			}
			if y, x := a.top[i], a.left[i]; y < 8 {
				cut++
				if y < -2 || y > 6 || x < -2 || x > 6 || a.high != 4 || a.wide != 4 {
					t.Fatalf("%d×%d pixels cut out at %d, %d", a.high, a.wide, y, x)
				}
			}
		}
		n := float64(2 * r.Batch)
		for name, got := range map[string]float64{"coloured": float64(coloured) / n, "moved": float64(moved) / n * 9 / 8, "cut": float64(cut) / n} {
			if math.Abs(got-p) > 0.03 { // four standard deviations
				t.Errorf("p = %g: %g of the pictures %s", p, got, name)
			}
		}
	}
}

// TestAdaptation: p rises while D is surer of real items than it should be, falls otherwise, and
// stays a probability.
func TestAdaptation(t *testing.T) {
	var a adaptation
	for range 2 * adaptEvery {
		a.note(0.7, 500)
	}
	if want := 2.0 * adaptEvery * 500 / adaptSpan; math.Abs(a.p-want) > 1e-12 {
		t.Errorf("p = %g, want %g", a.p, want)
	}
	for range 100 * adaptEvery {
		a.note(0.5, 500)
	}
	if a.p != 0 {
		t.Errorf("p = %g, want 0", a.p)
	}
	for range 100 * adaptEvery {
		a.note(1, 5000)
	}
	if a.p != 1 {
		t.Errorf("p = %g, want 1", a.p)
	}
	for _, c := range []struct {
		objective string
		want      float64
	}{{"nonsaturating", 0.5}, {"leastsquares", -0.5}, {"wasserstein", 1}} {
		o, err := FindObjective(c.objective)
		if err != nil {
			t.Fatal(err)
		}
		if got := o.signMean([]float32{2, 0.25, 0.25, -1}, []float32{1, 0, 0, -2}); got != c.want {
			t.Errorf("%s: sure = %g, want %g", c.objective, got, c.want)
		}
	}
}

// TestBest: the best share falls over half of the run, and is of what D takes most for real.
func TestBest(t *testing.T) {
	tr, _ := points(t, func(r *recipe.Recipe) { r.TopK, r.Steps = 0.25, 100 })
	tape := grad.NewTape()
	fake := tape.View([]float32{1, 4, 2, 3}, 4, 1)
	real := tape.View([]float32{0, 4, 2, -9}, 4, 1)
	for _, c := range []struct {
		step              int64
		want, wantAgainst []float32
	}{
		{0, []float32{1, 4, 2, 3}, []float32{1, 4, 2, 3}},
		{25, []float32{4, 3}, []float32{1, 3}},
		{50, []float32{4}, []float32{3}},
		{90, []float32{4}, []float32{3}},
	} {
		tr.Step = c.step
		if _, got := tr.best(nil, fake); !slices.Equal(got.Data, c.want) {
			t.Errorf("step %d: best %v, want %v", c.step, got.Data, c.want)
		}
		if _, got := tr.best(real, fake); !slices.Equal(got.Data, c.wantAgainst) {
			t.Errorf("step %d: best beside real ones %v, want %v", c.step, got.Data, c.wantAgainst)
		}
	}
}

// TestWarmAverage: the average's half-life grows with the run until it is what it should be.
func TestWarmAverage(t *testing.T) {
	tr, _ := points(t, func(r *recipe.Recipe) { r.EMA, r.EMAWarmup = 0.999, 0.05 })
	for _, c := range []struct {
		step int64
		want float64
	}{{0, math.Pow(0.5, 20)}, {199, math.Pow(0.5, 0.1)}, {1_000_000, 0.999}} {
		tr.Step = c.step
		if got := tr.decayNow(); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("step %d: decay %g, want %g", c.step, got, c.want)
		}
	}
}

// TestAheadLeavesD: what is foreseen changes nothing but G's gradient.
func TestAheadLeavesD(t *testing.T) {
	change := func(k int) func(*recipe.Recipe) {
		return func(r *recipe.Recipe) { r.Unroll, r.R1, r.R2 = k, 0, 0 }
	}
	plain, _ := points(t, change(0))
	ahead, _ := points(t, change(3))
	a, errA := plain.Both()
	b, errB := ahead.Both()
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	for i, p := range plain.D.Params {
		if !slices.Equal(p.Value.Data, ahead.D.Params[i].Value.Data) {
			t.Errorf("D's %s differs after a step", p.Name)
		}
	}
	if a.GradG == b.GradG || a.LossD != b.LossD {
		t.Errorf("plain %+v, looking ahead %+v: want another gradient of G and the same loss of D", a, b)
	}
}

// TestBalance: the player that is ahead gets fewer updates, in the share that follows from how far,
// and none is lost.
func TestBalance(t *testing.T) {
	for _, c := range []struct {
		accuracy, d, g float64
	}{{0.6, 1, 1}, {0.65, 0.5, 1}, {0.9, 0.05, 1}, {0.55, 1, 0.5}, {0, 1, 0.05}} {
		b := balance{accuracy: c.accuracy, begun: true}
		d, g := b.rates(0.6)
		if math.Abs(d-c.d) > 1e-9 || math.Abs(g-c.g) > 1e-9 {
			t.Errorf("accuracy %g: rates %g and %g, want %g and %g", c.accuracy, d, g, c.d, c.g)
		}
		made, up := 0, 0.0
		for range 1000 {
			if saved(&up, d) {
				made++
			}
		}
		if math.Abs(float64(made)-1000*c.d) > 1 {
			t.Errorf("accuracy %g: %d updates of 1000, want %g", c.accuracy, made, 1000*c.d)
		}
	}
	tr, _ := points(t, func(r *recipe.Recipe) { r.Balance, r.D.LR, r.G.LR = 0.1, 0.05, 0 })
	for range 100 {
		if _, err := tr.Both(); err != nil {
			t.Fatal(err)
		}
	}
	if tr.OptD.Steps >= 80 || tr.OptG.Steps < 90 {
		t.Errorf("D, which wins, made %d updates and G %d in 100 steps", tr.OptD.Steps, tr.OptG.Steps)
	}
	again, _ := points(t, func(r *recipe.Recipe) { r.Balance = 0.1 })
	if err := again.SetMeta(tr.Meta()); err != nil || again.balance != tr.balance {
		t.Errorf("restored %+v, %v, want %+v", again.balance, err, tr.balance)
	}
}

// TestKnownItemsAreChanged: items of known classes are changed as real and generated ones are, so
// that a classifier cannot learn a few labelled pictures by heart.
func TestKnownItemsAreChanged(t *testing.T) {
	loss := func(brightness float32) float64 {
		r := recipe.Default()
		r.Data, r.ImageSize, r.Channels, r.Batch, r.Augment = "shapes", 8, 3, 4, "color"
		r.Labels, r.SemiSupervised, r.Objective, r.R1, r.R2 = "folder", true, "nonsaturating", 0, 0
		r.G.Layers, r.D.Layers = []string{"linear 192", "unflatten 8 8 3", "tanh"}, []string{"flatten", "linear 1"}
		tr, err := New(r, nn.Shape{8, 8, 3}, &classed{fixed{Stream: NewStream(2, "data")}})
		if err != nil {
			t.Fatal(err)
		}
		tr.Known = &classed{fixed{Stream: NewStream(3, "known")}}
		tr.changes = func(a *augmentation) {
			a.begin("color", tr.dInputRows(), 8, 8)
			a.color, a.p = true, 0
			for i := range a.brightness {
				a.drawRow(tr.augment, i, 8, 8)
			}
			for i := 2 * r.Batch; i < len(a.brightness); i++ {
				a.brightness[i] = brightness
			}
		}
		s, err := tr.Both()
		if err != nil {
			t.Fatal(err)
		}
		return s.LossD
	}
	if same, other := loss(0), loss(0.5); same == other || loss(0) != same {
		t.Errorf("D's loss is %g whether known items are brighter or not", same)
	}
}
