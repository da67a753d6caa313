package doctor

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/metrics"
	"ganvas/engine/recipe"
)

// calm returns a checkup of a run that is well.
func calm(step int64) Checkup {
	c := Checkup{Step: step, Items: 5000, Objective: "nonsaturating"}
	for _, x := range c.numbers() {
		*x = nan
	}
	c.Distance, c.Diversity, c.Coverage, c.Precision, c.Missed, c.Duplicates = 0.02, 1, 0.9, 0.9, 0, 0
	c.Accuracy, c.Peak, c.Move, c.UpdateG, c.UpdateD, c.Memory = 0.6, 1.4, 0.02, 1e-3, 1e-3, 0.5
	c.Centre = [2]float32{0.01, 0.02}
	return c
}

// feed has a doctor see n checkups 50 steps apart, of which change makes what it likes.
func feed(d *Doctor, from, n int, change func(*Checkup)) {
	for i := range n {
		c := calm(int64(50 * (from + i + 1)))
		if change != nil {
			change(&c)
		}
		d.See(c)
	}
}

func kindsOf(findings []Finding) []Kind {
	var out []Kind
	for _, f := range findings {
		out = append(out, f.Kind)
	}
	return out
}

// TestFindings: every sign alone is told as what it is, and as nothing else.
func TestFindings(t *testing.T) {
	for _, c := range []struct {
		want   Kind
		n      int
		change func(*Checkup)
	}{
		{ModeCollapse, 30, func(c *Checkup) { c.Missed, c.Diversity, c.Distance = 0.7, 0.3, 0.6 }},
		{PartialCollapse, 40, func(c *Checkup) { c.Missed = 0.3 }},
		{DTooStrong, 40, func(c *Checkup) { c.Accuracy, c.Distance = 0.99, 0.3 }},
		{DTooWeak, 40, func(c *Checkup) { c.Accuracy, c.Distance = 0.5, 0.6 }},
		{RateTooHigh, 20, func(c *Checkup) { c.Move, c.Distance = 0.3, 0.1 }},
		{RateTooLow, 20, func(c *Checkup) { c.Move, c.UpdateG, c.UpdateD, c.Distance = 1e-4, 1e-6, 1e-6, 0.5 }},
		{DeadUnits, 20, func(c *Checkup) { c.DeadG = 0.8 }},
		{OverFitting, 20, func(c *Checkup) { c.Memory = 0.8 }},
		{FewData, 20, func(c *Checkup) { c.Memory, c.Items = 0.8, 40 }},
		{Divergence, 20, func(c *Checkup) { c.Peak = float32(math.Pow(1.2, float64(c.Step)/50)) * 20 }},
		{Oscillation, 30, func(c *Checkup) {
			c.Centre[0], c.Distance = 0.8*float32(math.Sin(float64(c.Step)/40)), 0.3
		}},
		{Plateau, 120, nil},
	} {
		d := New()
		feed(d, 0, c.n, c.change)
		if got := kindsOf(d.Report(recipe.Default()).Findings); !slices.Equal(got, []Kind{c.want}) {
			t.Errorf("findings are %v, want %v", got, c.want)
		}
	}
}

// TestModesMissed: the doctor says what it counts, which is not how many modes are found.
func TestModesMissed(t *testing.T) {
	d := New()
	feed(d, 0, 30, func(c *Checkup) {
		c.Missed, c.Diversity, c.Distance, c.ModesMissed, c.ModesTotal = 0.7, 0.3, 0.6, 5, 8
	})
	f := d.Report(recipe.Default()).Findings
	const want = "5 of 8 modes get less than a quarter of their share of the samples"
	if len(f) != 1 || !strings.Contains(f[0].Evidence, want) {
		t.Errorf("findings are %+v, want one whose evidence says %q", f, want)
	}
}

// TestNoFlicker: what shows in one checkup in two is neither said nor, once it is said, taken back;
// what ends is past.
func TestNoFlicker(t *testing.T) {
	d := New()
	bad := func(c *Checkup) { c.Memory = 0.8 }
	feed(d, 0, 20, nil)
	for i := range 20 {
		feed(d, 20+i, 1, func(c *Checkup) {
			if i%7 == 0 {
				bad(c)
			}
		})
		if f := d.Report(nil).Findings; len(f) > 0 {
			t.Fatalf("said after a single sign: %v", kindsOf(f))
		}
	}
	feed(d, 40, 10, bad)
	if got := kindsOf(d.Report(nil).Findings); !slices.Equal(got, []Kind{OverFitting}) {
		t.Fatalf("findings are %v, want over-fitting", got)
	}
	feed(d, 50, 2, nil)
	if len(d.Report(nil).Findings) == 0 {
		t.Error("taken back after two checkups")
	}
	feed(d, 52, 20, nil)
	r := d.Report(nil)
	if len(r.Findings) > 0 || len(r.Past) != 1 || !r.Past[0].Over {
		t.Errorf("findings are %v and past %v, want one that is past", kindsOf(r.Findings), kindsOf(r.Past))
	}
}

// TestRemedies: each is a change that the recipe takes, and says rightly whether a run takes it
// while it goes on.
func TestRemedies(t *testing.T) {
	for _, p := range recipe.Presets() {
		for _, k := range Kinds() {
			for _, m := range remedies(k, p.Recipe) {
				r, err := m.Apply(p.Recipe)
				if err != nil || r.Equal(p.Recipe) {
					t.Errorf("%s, %s: %q: %v, or no change", p.Name, k, m.Title, err)
					continue
				}
				for _, c := range recipe.Diff(p.Recipe, r) {
					if m.Live && !live(c.Key) {
						t.Errorf("%s, %s: %q says it is live and changes %s", p.Name, k, m.Title, c.Key)
					}
				}
			}
		}
	}
	if got := remedies(ModeCollapse, recipe.Default()); len(got) == 0 || !got[0].Live {
		t.Errorf("nothing can be done about mode collapse in a run that goes on: %v", got)
	}
}

func TestDue(t *testing.T) {
	n := 0
	for step := range int64(1_000_001) {
		if Due(step) {
			n++
		}
	}
	if Due(0) || !Due(50) || Due(75) || n > 1000 {
		t.Errorf("%d checkups in a million steps, want less than a thousand, and the first at 50", n)
	}
}

func TestCompare(t *testing.T) {
	a := newCloud(metrics.Features{N: 2, D: 1, X: []float64{0, 2}})
	b := newCloud(metrics.Features{N: 2, D: 1, X: []float64{1, 1}})
	// Between: 1 for every pair; within a: 2; within b: 0: (2·1 − 2 − 0)/2.
	if got := compare(a, b).energy; got != 0 {
		t.Errorf("energy = %g, want 0", got)
	}
	c := newCloud(metrics.Features{N: 2, D: 1, X: []float64{10, 10}})
	if got := compare(a, c).energy; got != 8 { // (2·9 − 2)/2
		t.Errorf("energy = %g, want 8", got)
	}
	random := rand.New(rand.NewPCG(1, 2))
	real, fake := metrics.NewFeatures(60, 3), metrics.NewFeatures(50, 3)
	for i := range real.X {
		real.X[i] = random.NormFloat64()
	}
	for i := range fake.X {
		fake.X[i] = 0.7 * random.NormFloat64()
	}
	want, err := metrics.CompareManifolds(real, fake, neighbours)
	if err != nil {
		t.Fatal(err)
	}
	if got := compare(newCloud(real), newCloud(fake)); got.precision != want.Precision || got.coverage != want.Coverage {
		t.Errorf("precision %g and coverage %g, want %g and %g as package metrics has them", got.precision, got.coverage, want.Precision, want.Coverage)
	}
}

func TestParts(t *testing.T) {
	real := metrics.Features{N: 4, D: 2, X: []float64{-1, 0, -1.1, 0, 1, 0, 1.1, 0}}
	p := newParts(real, [][2]float64{{-1, 0}, {1, 0}})
	if got, n := p.missed(metrics.Features{N: 2, D: 2, X: []float64{1, 0, 0.9, 0}}); got != 0.5 || n != 1 {
		t.Errorf("missed = %g in %d parts, want 0.5 in one: no sample at the left", got, n)
	}
	// A stray sample finds a mode, and yet the mode is missed: 1 of 9 is less than a quarter of a
	// half.
	nine := metrics.Features{N: 9, D: 2, X: slices.Repeat([]float64{1, 0}, 9)}
	nine.X[0] = -1
	found, err := metrics.CountModes([][2]float64{{-1, 0}, {1, 0}}, [][2]float64{{-1, 0}, {1, 0}}, 0.1)
	if _, n := p.missed(nine); n != 1 || err != nil || found.Captured != 2 {
		t.Errorf("%d modes are missed and %d found (%v), want one and both", n, found.Captured, err)
	}
	if c := clusters(real, 2); math.Abs(math.Abs(c.Row(0)[0])-1.05) > 1e-9 {
		t.Errorf("centre at %g, want -1.05 or 1.05", c.Row(0)[0])
	}
}
