package gan

import (
	"math"
	"slices"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// TestInstanceNoise: noise falls evenly to 0 over the run, is drawn for every look, and moves what D sees by as much as it says.
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
	tr.drawSight()
	first := slices.Clone(tr.sight.noise)
	if d := deviation(first); math.Abs(float64(d)-1) > 0.05 {
		t.Errorf("standard deviation of what is drawn = %g, want 1", d)
	}
	h := tr.shards[0]
	h.begin(tr)
	h.generate(tr, false)
	d := tr.D.Bind(h.tape, false, nil)
	v := h.judge(tr, d, false, false)
	for i, w := range h.made.Data {
		h.made.Data[i] = w + 0.25*first[len(h.made.Data)+i]
	}
	for i, w := range h.real.Data {
		h.real.Data[i] = w + 0.25*first[i]
	}
	tr.sight.sigma = 0
	if w := h.judge(tr, d, false, false); !close32(v.dReal, w.dReal) || !close32(v.dFake, w.dFake) {
		t.Error("D of items with noise is not that of noisy items")
	}
	tr.drawSight()
	if slices.Equal(first, tr.sight.noise) {
		t.Error("two looks had the same noise")
	}
}

func close32(a, b *grad.Value) bool {
	return slices.EqualFunc(a.Data, b.Data, func(x, y float32) bool { return math.Abs(float64(x-y)) < 1e-5 })
}

// TestMetaOfEarlierVersions: a state without the streams that came later leaves them at their beginning.
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

// TestPackOfOne: a game of packs of one item is bit for bit the plain game; D of packs of equal pictures sees each channel twice.
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
