package field

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// scaling returns a generator that multiplies latents of n numbers by a matrix and adds a shift.
func scaling(t *testing.T, kind string, n int, matrix []float32, shift [2]float32) *gan.Generator {
	t.Helper()
	net, err := nn.New([]string{"linear 2"}, nn.Shape{n})
	if err != nil {
		t.Fatal(err)
	}
	copy(net.Params[0].Value.Data, matrix)
	copy(net.Params[1].Value.Data, shift[:])
	return gan.NewGenerator(net, kind)
}

// round is a set of points drawn from a round Gaussian around the origin, whose density is known.
type round struct {
	datasets.Set
	sigma float64
}

func (r round) Masses(x, y []float64) []float64 {
	var out []float64
	for j := range len(y) - 1 {
		for i := range len(x) - 1 {
			out = append(out, gaussian(x[i], x[i+1], r.sigma)*gaussian(y[j], y[j+1], r.sigma))
		}
	}
	return out
}

// gaussian is the probability that a Gaussian gives to a range.
func gaussian(lo, hi, sigma float64) float64 {
	return (math.Erf(hi/sigma/math.Sqrt2) - math.Erf(lo/sigma/math.Sqrt2)) / 2
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

// TestMeshIntegratesToOne: densities of the manifold's cells times their areas, and what they give
// to the cells of a plane, add up to 1, of Gaussian latents but for what lies beyond the grid:
// 0.05 % on each axis.
func TestMeshIntegratesToOne(t *testing.T) {
	grid := Grid{-8, 8, -8, 8, 64, 64}
	folded, err := nn.New([]string{"linear 16", "lrelu 0.2", "linear 2"}, nn.Shape{2})
	if err != nil {
		t.Fatal(err)
	}
	folded.Init("kaiming", rand.New(rand.NewPCG(3, 3)))
	for _, c := range []struct {
		name  string
		g     *gan.Generator
		least float64
	}{
		{"gaussian", scaling(t, "gaussian", 2, []float32{1, 0.5, -0.3, 2}, [2]float32{0.1, -0.2}), 0.999},
		{"uniform", scaling(t, "uniform", 2, []float32{1, 0.5, -0.3, 2}, [2]float32{0.1, -0.2}), 1},
		{"gaussian on a line", scaling(t, "gaussian", 1, []float32{1, 2}, [2]float32{}), 0.9995},
		{"uniform on a line", scaling(t, "uniform", 1, []float32{1, 2}, [2]float32{}), 1},
		{"gaussian without an area", scaling(t, "gaussian", 2, []float32{1, 1, 1, 1}, [2]float32{}), 0.999},
		{"folded", gan.NewGenerator(folded, "gaussian"), 0.999},
	} {
		masses := make([]float64, grid.W*grid.H)
		for _, m := range meshes(c.g) {
			m.deposit(masses, grid)
			if total := sumOfCells(m); m.Rows > 1 && c.name != "gaussian without an area" && (total < c.least-1e-4 || total > 1+1e-4) {
				t.Errorf("%s: density times area of all cells is %.5f, want from %g to 1", c.name, total, c.least)
			}
		}
		if got := sum(masses); got < c.least-1e-4 || got > 1+1e-4 {
			t.Errorf("%s: the plane holds %.5f, want from %g to 1", c.name, got, c.least)
		}
	}
}

func sumOfCells(m Mesh) float64 {
	total := 0.0
	for row := range m.Rows - 1 {
		for column := range m.Columns - 1 {
			corners, density := m.Cell(column, row)
			total += density * area(corners)
		}
	}
	return total
}

// TestMeshDensity compares the density of a generator that scales its latents with that of the
// Gaussian, and the even distribution, that come out of it.
func TestMeshDensity(t *testing.T) {
	g := scaling(t, "gaussian", 2, []float32{0.5, 0, 0, 1.5}, [2]float32{})
	m := meshes(g)[0]
	for _, at := range [][2]int{{32, 32}, {20, 40}, {50, 10}} {
		corners, got := m.Cell(at[0], at[1])
		x := float64(corners[0][0]+corners[2][0]) / 2
		y := float64(corners[0][1]+corners[2][1]) / 2
		want := math.Exp(-x*x/(2*0.25)-y*y/(2*2.25)) / (2 * math.Pi * 0.5 * 1.5)
		if math.Abs(got-want) > 0.01*want { // a cell is 0.11 standard deviations wide
			t.Errorf("density at (%.2f, %.2f) is %.5f, want %.5f", x, y, got, want)
		}
	}
	_, got := meshes(scaling(t, "uniform", 2, []float32{0.5, 0, 0, 1.5}, [2]float32{}))[0].Cell(5, 60)
	if want := 1 / (2 * 0.5 * 2 * 1.5); math.Abs(got-want) > 1e-4 {
		t.Errorf("density of an even distribution is %.5f, want %.5f", got, want)
	}
	grid := Grid{-4, 4, -4, 4, 40, 40}
	masses := make([]float64, 1600)
	m.deposit(masses, grid)
	for _, at := range [][2]int{{20, 20}, {18, 26}, {22, 12}} {
		x, y := grid.middle(at[0], at[1])
		want := gaussian(x-0.1, x+0.1, 0.5) * gaussian(y-0.1, y+0.1, 1.5)
		if got := masses[at[1]*40+at[0]]; math.Abs(got-want) > 0.05*want {
			t.Errorf("the cell around (%.1f, %.1f) holds %.5f, want %.5f", x, y, got, want)
		}
	}
}

// TestGameIsWorthMinusLogFour is theorem 1 of Goodfellow et al. 2014: where G makes what the data
// are, the best D says a half everywhere and the game is worth −log 4, whether densities are known,
// sampled or estimated. Where nothing that G makes could be real, it is worth 0.
func TestGameIsWorthMinusLogFour(t *testing.T) {
	ring, err := datasets.Open(t.Context(), "two-gaussians", datasets.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	wide := make([]float32, 2*5) // of five numbers, of which two matter
	wide[0], wide[6] = 0.8, 0.8
	same := []float32{0.8, 0, 0, 0.8}
	grid := Grid{-4, 4, -4, 4, 64, 64}
	known := Game{Grid: grid, Data: round{ring, 0.8}}
	points := Game{Grid: grid, Data: sampledPoints{sigma: 0.8}}
	for _, c := range []struct {
		name              string
		game              Game
		g                 *gan.Generator
		value, within     float64 // a finite number of samples makes the value too large
		half              float64 // how far from a half D* may be where there is at least a thousandth
		sampled, estimate int
	}{
		{"known", known, scaling(t, "gaussian", 2, same, [2]float32{}), -math.Log(4), 2e-3, 0.03, 0, 0},
		{"sampled", known, scaling(t, "gaussian", 5, wide, [2]float32{}), -math.Log(4), 0.02, 0.1, 20000, 0},
		{"estimated", points, scaling(t, "gaussian", 2, same, [2]float32{}), -math.Log(4), 0.02, 0.1, 0, 20000},
		{"elsewhere", known, scaling(t, "gaussian", 2, same, [2]float32{30, 0}), 0, 1e-3, 1, 0, 0},
	} {
		l, err := NewObserver(c.game).Look(t.Context(), Moment{G: c.g}, Optimal|Density)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(l.Value-c.value) > c.within {
			t.Errorf("%s: the game is worth %.4f, want %.4f", c.name, l.Value, c.value)
		}
		if l.Sampled != c.sampled || l.Estimated != c.estimate {
			t.Errorf("%s: %d samples, data estimated from %d: want %d, %d", c.name, l.Sampled, l.Estimated, c.sampled, c.estimate)
		}
		for i, d := range l.Optimal {
			if l.Density[i] > 1e-3 && math.Abs(float64(d)-0.5) > c.half {
				t.Errorf("%s: the best D says %.3f in cell %d, want a half", c.name, d, i)
				break
			}
		}
	}
}

// sampledPoints are points of a round Gaussian whose density is not known.
type sampledPoints struct {
	datasets.Set
	sigma float64
}

func (s sampledPoints) Len() int { return 20000 }

func (s sampledPoints) Read(i int, dst []float32) int {
	r := rand.New(rand.NewPCG(5, uint64(i)))
	dst[0], dst[1] = float32(s.sigma*r.NormFloat64()), float32(s.sigma*r.NormFloat64())
	return -1
}

// TestOptimal compares the best D, and the game's value, of two Gaussians that overlap with what
// their densities give.
func TestOptimal(t *testing.T) {
	set, err := datasets.Open(t.Context(), "ring", datasets.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	grid := Grid{-5, 5, -5, 5, 100, 100}
	l, err := NewObserver(Game{Grid: grid, Data: round{set, 1}}).Look(t.Context(), Moment{G: scaling(t, "gaussian", 2, []float32{1, 0, 0, 1}, [2]float32{1, 0})}, Optimal)
	if err != nil {
		t.Fatal(err)
	}
	for _, column := range []int{30, 50, 60, 75} {
		x, _ := grid.middle(column, 50)
		want := 1 / (1 + math.Exp(x-0.5)) // log p_data − log p_g = ((x−1)² − x²)/2
		if got := float64(l.Optimal[50*100+column]); math.Abs(got-want) > 0.02 {
			t.Errorf("the best D says %.3f at x = %.2f, want %.3f", got, x, want)
		}
	}
	want := 0.0
	const step = 1e-3
	for x := -9.0; x < 10; x += step {
		p, q := math.Exp(-x*x/2)/math.Sqrt(2*math.Pi), math.Exp(-(x-1)*(x-1)/2)/math.Sqrt(2*math.Pi)
		want += step * (part(p, q) + part(q, p))
	}
	if math.Abs(l.Value-want) > 5e-3 {
		t.Errorf("the game is worth %.4f, want %.4f", l.Value, want)
	}
}

// TestNothingThere: where there are neither data nor generated points the best D is not a number,
// and what is not a number itself is left out.
func TestNothingThere(t *testing.T) {
	set, err := datasets.Open(t.Context(), "ring", datasets.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	nan := float32(math.NaN())
	o := NewObserver(Game{Grid: Grid{-3, 3, -3, 3, 64, 64}, Data: set})
	l, err := o.Look(t.Context(), Moment{G: scaling(t, "gaussian", 2, []float32{nan, nan, nan, nan}, [2]float32{})}, Optimal|Density|Manifold)
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Optimal[32*64+32]; got == got {
		t.Errorf("the best D says %g in the middle of a ring", got)
	}
	if math.Abs(l.Value) > 1e-6 {
		t.Errorf("a game against no points at all is worth %g, want 0", l.Value)
	}
}

// TestLookEnds gives up with its context.
func TestLookEnds(t *testing.T) {
	set, err := datasets.Open(t.Context(), "ring", datasets.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o := NewObserver(Game{Grid: Grid{-3, 3, -3, 3, 64, 64}, Data: set})
	if _, err := o.Look(ctx, Moment{G: scaling(t, "gaussian", 5, make([]float32, 10), [2]float32{})}, Density); err == nil {
		t.Error("looks on when nobody waits")
	}
}

// TestPush compares arrows of every objective with finite differences of G's loss, with packs and
// with several discriminators, too.
func TestPush(t *testing.T) {
	const n = 8
	r := rand.New(rand.NewPCG(1, 2))
	fake, real := make([]float32, 2*n), make([]float32, 2*n)
	for i := range fake {
		fake[i], real[i] = float32(r.NormFloat64()), float32(r.NormFloat64())
	}
	for _, c := range []struct {
		objective   string
		pack, count int
	}{
		{"minimax", 1, 1}, {"nonsaturating", 1, 1}, {"leastsquares", 1, 1}, {"hinge", 1, 1}, {"wasserstein", 1, 1}, {"relativistic", 1, 1},
		{"nonsaturating", 2, 1}, {"relativistic", 4, 1}, {"nonsaturating", 1, 3},
	} {
		o, err := gan.FindObjective(c.objective)
		if err != nil {
			t.Fatal(err)
		}
		var parts []*nn.Net
		for range c.count {
			d, err := nn.New([]string{"linear 16", "tanh", "linear 1"}, nn.Shape{2 * c.pack})
			if err != nil {
				t.Fatal(err)
			}
			d.Init("kaiming", r)
			parts = append(parts, d)
		}
		d := nn.Several(parts)
		got := Push(grad.NewTape(), d, o, c.pack, fake, real, make([]int32, n), nn.Shape{2})
		for i := range fake {
			const h = 1e-2
			moved := func(by float32) float64 {
				x := slices.Clone(fake)
				x[i] += by
				return lossOfPack(d, o, c.pack, x, real, i/2/c.pack)
			}
			want := -(moved(h) - moved(-h)) / (2 * h)
			if math.Abs(float64(got[i])-want) > 2e-3+0.02*math.Abs(want) {
				t.Errorf("%s, packs of %d, %d discriminators: number %d is pushed by %.4f, want %.4f", c.objective, c.pack, c.count, i, got[i], want)
			}
		}
	}
}

// lossOfPack is G's loss for one pack of generated items alone, beside the real ones that it is
// compared with: mean over discriminators and over partners.
func lossOfPack(d *nn.Net, o gan.Objective, pack int, fake, real []float32, row int) float64 {
	tape := grad.NewTape()
	rows := len(fake) / 2 / pack
	bound := d.Bind(tape, false, nil)
	total := 0.0
	for i := range d.Count() {
		b := bound.Part(i)
		f := b.Forward(tape.View(fake, rows, 2*pack), nn.Eval)
		y := b.Forward(tape.View(real, rows, 2*pack), nn.Eval)
		compared := 1
		if o.NeedsReal {
			compared = min(partners, rows)
		}
		for k := range compared {
			partner := int32((row + k*rows/partners) % rows)
			loss := o.Generator(grad.Lookup(y, []int32{partner}), grad.Lookup(f, []int32{int32(row)}))
			total += float64(loss.Scalar()) / float64(compared*d.Count())
		}
	}
	return total
}
