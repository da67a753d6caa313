package judge

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

func open(t *testing.T, name string, o datasets.Options) datasets.Set {
	t.Helper()
	set, err := datasets.Open(context.Background(), name, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// untrained returns a generator of freshly drawn weights; zero leaves them all zero.
func untrained(t *testing.T, layers []string, latent int, zero bool) *gan.Generator {
	t.Helper()
	n, err := nn.New(layers, nn.Shape{latent})
	if err != nil {
		t.Fatal(err)
	}
	if !zero {
		n.Init("kaiming", rand.New(rand.NewPCG(1, 1)))
	}
	return gan.NewGenerator(n, "gaussian")
}

func byName(r Report) map[string]metrics.Measure {
	m := make(map[string]metrics.Measure)
	for _, x := range r.Measures {
		m[x.Name] = x
	}
	return m
}

// TestPoints judges a generator that makes one point only.
func TestPoints(t *testing.T) {
	r, err := Evaluate(context.Background(), untrained(t, []string{"linear 2"}, 2, true), open(t, "ring", datasets.Options{}), Options{Samples: 1500})
	if err != nil {
		t.Fatal(err)
	}
	m := byName(r)
	if got := m["modes"]; got.Value != 0 || got.Perfect != 8 || got.Samples != 1500 {
		t.Errorf("modes: %+v", got)
	}
	if got := m["high_quality"]; got.Value != 0 || got.Perfect < 0.98 || got.Perfect > 0.995 {
		t.Errorf("high quality: %+v", got)
	}
	if got := m["js"]; got.Value < 0.6 || got.Perfect > 0.1 || len(r.Notes) == 0 {
		t.Errorf("divergence: %+v", got)
	}
}

// TestFewHeldOut: what is used is what is said, and why it is less than was asked for.
func TestFewHeldOut(t *testing.T) {
	part := make([]int, 2000)
	for i := range part {
		part[i] = i
	}
	ring := datasets.NewSubset(open(t, "ring", datasets.Options{}), part)
	for _, test := range []struct {
		wanted int
		all    bool
	}{{100, false}, {0, true}, {3000, true}} {
		r, err := Evaluate(context.Background(), untrained(t, []string{"linear 2"}, 2, false), ring, Options{Samples: test.wanted})
		if err != nil {
			t.Fatal(err)
		}
		n := len(r.HeldOut)
		said := strings.HasPrefix(r.Notes[0], fmt.Sprintf("%d samples instead of ", n)) && strings.Contains(r.Notes[0], "all that are held out")
		if r.AllHeldOut != test.all || said != test.all || r.Measures[0].Samples != n || len(r.Samples) != 2*n || !test.all && n != test.wanted {
			t.Errorf("%d wanted, %d held out and %d samples used, and it is said %q", test.wanted, n, r.Measures[0].Samples, r.Notes[0])
		}
	}
}

// TestGame: against a generator of one point, the best discriminator is always right; one that says
// a half of everything scores −log 4 and is a half away from it.
func TestGame(t *testing.T) {
	d, err := nn.New([]string{"linear 1"}, nn.Shape{2})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Evaluate(context.Background(), untrained(t, []string{"linear 2"}, 2, true), open(t, "ring", datasets.Options{}),
		Options{Samples: 1000, D: d, Objective: "nonsaturating"})
	if err != nil {
		t.Fatal(err)
	}
	m := byName(r)
	if got := m["best_value"]; got.Value < -0.01 || math.Abs(got.Perfect+math.Log(4)) > 0.1 {
		t.Errorf("best value %+v; want 0, and about −1.386 for real data", got)
	}
	if got := m["game_value"]; math.Abs(got.Value+math.Log(4)) > 1e-6 {
		t.Errorf("value of the game %+v; want −log 4", got)
	}
	if got := m["d_gap"]; math.Abs(got.Value-0.5) > 0.01 {
		t.Errorf("distance from the best discriminator %+v; want 0.5", got)
	}
	if g := r.Game; g == nil || len(g.Best) != g.Side*g.Side || len(g.Played) != len(g.Best) {
		t.Errorf("pictures of the discriminators: %+v", g)
	}
}

// TestDigits judges in the classifier's features and counts the digits.
func TestDigits(t *testing.T) {
	set := open(t, "digits", datasets.Options{})
	part := make([]int, 3000)
	for i := range part {
		part[i] = i
	}
	r, err := Evaluate(context.Background(), untrained(t, []string{"linear 784", "unflatten 28 28 1", "tanh"}, 4, false),
		datasets.NewSubset(set, part), Options{Samples: 300})
	if err != nil {
		t.Fatal(err)
	}
	if r.Features != digitFeatures || len(r.Classes) != 10 {
		t.Fatalf("features %q, %d classes", r.Features, len(r.Classes))
	}
	share, real := 0.0, 0.0
	for _, c := range r.Classes {
		share, real = share+c.Share, real+c.Real
		if c.Real < 0.03 || c.Real > 0.2 {
			t.Errorf("class %+v: real digits are about a tenth each", c)
		}
	}
	if math.Abs(share-1) > 1e-9 || math.Abs(real-1) > 1e-9 {
		t.Errorf("shares add up to %g and %g", share, real)
	}
	if m := byName(r)["frechet"]; m.Value < 10*m.Perfect {
		t.Errorf("frechet: %+v of noise is near to that of real digits", m)
	}
}

// TestPictures judges a generator that knows nothing.
func TestPictures(t *testing.T) {
	set := open(t, "shapes", datasets.Options{Size: 16, Channels: 1})
	part := make([]int, 2400)
	for i := range part {
		part[i] = i
	}
	g := untrained(t, []string{"linear 256", "unflatten 16 16 1", "tanh"}, 4, false)
	var told []float64
	r, err := Evaluate(context.Background(), g, datasets.NewSubset(set, part), Options{
		Samples: 300, Progress: func(_ string, share float64) { told = append(told, share) },
	})
	if err != nil {
		t.Fatal(err)
	}
	m := byName(r)
	if len(m) != 9 {
		t.Errorf("%d numbers, want the nine of pictures", len(m))
	}
	for name, x := range m {
		if x.Samples != 300 || !(x.StdErr >= 0) {
			t.Errorf("%s: %+v", name, x)
		}
	}
	if x := m["frechet"]; x.Value < 10*x.Perfect {
		t.Errorf("frechet: %+v of noise is near to that of real pictures", x)
	}
	if x := m["precision"]; x.Value > 0.1 || x.Perfect < 0.6 {
		t.Errorf("precision: %+v", x)
	}
	if x := m["coverage"]; x.Value > 0.1 || x.Perfect < 0.6 {
		t.Errorf("coverage: %+v", x)
	}
	if x := m["parzen_nats"]; x.Value > x.Perfect {
		t.Errorf("parzen: noise %g, real pictures %g", x.Value, x.Perfect)
	}
	if got := r.Nearest(0, 3); len(got) != 3 || got[0].Distance > got[2].Distance || got[0].Distance < r.Usual {
		t.Errorf("nearest items of a sample of noise %v, the usual distance is %g", got, r.Usual)
	}
	for i := 1; i < len(told); i++ {
		if told[i] < told[i-1] {
			t.Fatalf("progress goes back from %g to %g", told[i-1], told[i])
		}
	}
	if told[len(told)-1] != 1 {
		t.Errorf("progress ends at %g", told[len(told)-1])
	}
	if before := told[len(told)-2]; before < 0.95 || before > 0.999 {
		t.Errorf("progress is at %g before the end: the work was reckoned wrongly", before)
	}
	for i := 1; i < len(told)-1; i++ {
		if step := told[i] - told[i-1]; step > 0.15 {
			t.Errorf("progress jumps from %g to %g", told[i-1], told[i])
		}
	}
}

func TestErrors(t *testing.T) {
	ring := open(t, "ring", datasets.Options{})
	g := untrained(t, []string{"linear 2"}, 2, false)
	if _, err := Evaluate(context.Background(), g, ring, Options{Samples: 10}); err == nil || !strings.Contains(err.Error(), "at least") {
		t.Errorf("10 samples: %v", err)
	}
	if _, err := Evaluate(context.Background(), g, open(t, "digits", datasets.Options{}), Options{}); err == nil || !strings.Contains(err.Error(), "shape") {
		t.Errorf("data of another shape: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Evaluate(ctx, g, ring, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestCopyingIsTold: of a generator that makes one training picture over and over the first note
// says that it copies.
func TestCopyingIsTold(t *testing.T) {
	set := open(t, "shapes", datasets.Options{Size: 16, Channels: 1})
	part := make([]int, 1200)
	for i := range part {
		part[i] = i
	}
	data := datasets.NewSubset(set, part)
	net, err := nn.New([]string{"linear 256", "unflatten 16 16 1"}, nn.Shape{4})
	if err != nil {
		t.Fatal(err)
	}
	for item := range 3 { // which of them were held out is not known here
		data.Read(item, net.Params[1].Value.Data)
		r, err := Evaluate(context.Background(), gan.NewGenerator(net, "gaussian"), data, Options{Samples: 100})
		if err != nil {
			t.Fatal(err)
		}
		if c := byName(r)["copies"]; c.Value == 1 && strings.HasPrefix(r.Notes[0], "WARNING: the generator copies: 100.0 %") {
			return
		}
	}
	t.Error("nothing is said of copies")
}

// TestGivingWay: what gives way asks whether it is alone, and comes to the same numbers.
func TestGivingWay(t *testing.T) {
	set, err := datasets.Open(t.Context(), "shapes", datasets.Options{Labels: "none"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := recipe.Named("shapes-conditional")
	if err != nil {
		t.Fatal(err)
	}
	r.Labels, r.Conditional = "none", "none"
	trainer, err := gan.New(r, nn.Shape(set.Info().Shape), datasets.NewLoader(set, 1, false))
	if err != nil {
		t.Fatal(err)
	}
	g := gan.NewGenerator(trainer.G, r.LatentKind)
	asked := 0
	plain, err := Evaluate(t.Context(), g, set, Options{Samples: 100})
	if err != nil {
		t.Fatal(err)
	}
	way, err := Evaluate(t.Context(), g, set, Options{Samples: 100, GiveWay: true, Alone: func() bool { asked++; return true }})
	if err != nil || asked == 0 || fmt.Sprint(way.Measures) != fmt.Sprint(plain.Measures) {
		t.Errorf("asked %d times, %v, %v, want %v", asked, err, way.Measures, plain.Measures)
	}
}

// TestMemory refuses what does not fit before it is read.
func TestMemory(t *testing.T) {
	g := untrained(t, []string{"linear 3072", "unflatten 32 32 3"}, 4, false)
	for _, test := range []struct {
		free int64
		want string // "": it fits
	}{{1e9, ""}, {3e8, "with 500 samples it takes "}, {1e6, "make the pictures smaller"}} {
		err := (&evaluation{o: Options{Free: test.free}, n: 1000, realN: 10000}).checkMemory(g)
		var more *memory.NotEnough
		switch {
		case test.want == "" && err != nil:
			t.Errorf("with %d bytes free: %v", test.free, err)
		case test.want != "" && (!errors.As(err, &more) || !strings.Contains(more.Instead, test.want)):
			t.Errorf("with %d bytes free: %v, want %q", test.free, err, test.want)
		}
	}
	t.Setenv(memory.Variable, "no size")
	if err := (&evaluation{n: 1000, realN: 1000}).checkMemory(g); err == nil || !strings.Contains(err.Error(), memory.Variable) {
		t.Errorf("%v, want an error that names %s", err, memory.Variable)
	}
}
