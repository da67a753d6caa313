package judge

import (
	"fmt"
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// Game compares the discriminator that played with the best one against the same generator, D*(x) =
// p(x)/(p(x)+q(x)) (I. Goodfellow et al., NeurIPS 2014, proposition 1), where p is the data's
// density, which is known, and q the generator's, estimated from the samples.
type Game struct {
	Side                   int       // pixels a side of the pictures
	Best                   []float32 // D* over the plane, Side rows from the top
	Played                 []float32 // D over the plane; nil where its output is no probability
	XMin, XMax, YMin, YMax float64
}

// gameSide is how many pixels a side the pictures of discriminators have.
const gameSide = 64

// playable tells whether the discriminator that played gives the probability that a single item is
// real.
func (e *evaluation) playable() bool {
	o, err := gan.FindObjective(e.o.Objective)
	return err == nil && !o.Score && !o.NeedsReal && e.o.D != nil && e.o.D.In.Equal(nn.Shape{2})
}

// game measures the value V(D, G) = E log D(x) + E log(1 − D(G(z))) of the best discriminator and
// of the one that played, and how far these two are apart. Where the generator's distribution is
// the data's, the best one's value is −log 4, its least.
func (e *evaluation) game(centres [][2]float64, sigma float64) error {
	mix := mixture{centres, sigma}
	best, stdErr, q := bestValue(mix, e.fake, e.perfect)
	ideal, _, _ := bestValue(mix, e.real[:2*min(e.n, e.realN)], e.perfect)
	if err := e.add(metrics.Measure{Name: "best_value", Value: best, StdErr: stdErr, Perfect: ideal}, gameWork); err != nil {
		return err
	}
	e.report.Notes = append(e.report.Notes, fmt.Sprintf(
		"value of the game: E log D(x) + E log(1 − D(G(z))); −log 4 = %.3f where nobody can tell real from generated. The best discriminator is p/(p+q), where p is known and q is estimated from the samples, by Gaussians as wide as neighbours are far: real data show by how much that errs", -math.Log(4)))
	g := &Game{Side: gameSide}
	g.XMin, g.XMax, g.YMin, g.YMax = extent(centres, sigma)
	plane := g.pixels()
	g.Best = q.best(mix, plane)
	e.report.Game = g
	if !e.playable() {
		if e.o.D != nil {
			e.report.Notes = append(e.report.Notes, "the discriminator of this run does not say how probable it is that a single point is real, so it is not set beside the best one")
		}
		return nil
	}
	g.Played = probabilities(e.o.D, plane)
	dReal, dFake := probabilities(e.o.D, e.perfect), probabilities(e.o.D, e.fake)
	value, stdErr := gameValue(dReal, dFake)
	var apart []float64
	for i, v := range append(q.best(mix, e.perfect), q.bestAtSamples(mix)...) {
		apart = append(apart, math.Abs(float64(v-append(dReal, dFake...)[i])))
	}
	gap, gapErr := metrics.MeanAndError(apart)
	return firstOf(
		e.add(metrics.Measure{Name: "game_value", Value: value, StdErr: stdErr, Perfect: -math.Log(4)}, 1),
		e.add(metrics.Measure{Name: "d_gap", Value: gap, StdErr: gapErr}, 1))
}

// mixture is a mixture of equal round Gaussians.
type mixture struct {
	centres [][2]float64
	sigma   float64
}

func (m mixture) density(x, y float64) float64 {
	sum := 0.0
	for _, c := range m.centres {
		dx, dy := x-c[0], y-c[1]
		sum += math.Exp(-(dx*dx + dy*dy) / (2 * m.sigma * m.sigma))
	}
	return sum / float64(len(m.centres)) / (2 * math.Pi * m.sigma * m.sigma)
}

// estimate is a density made of Gaussians around samples, each as wide as its neighbours are far
// (L. Breiman, W. Meisel, E. Purcell, "Variable kernel estimates of multivariate densities",
// Technometrics 19, 1977): one width for all would blur tight modes because of a few samples
// between them.
type estimate struct {
	samples []float32
	widths  []float64
}

const (
	reach     = 12   // which neighbour's distance counts
	leastWide = 1e-4 // where samples are the same point
	trials    = 1000 // samples that choose how wide
)

// newEstimate chooses how wide the Gaussians are, in neighbours' distances, by the likelihood of
// samples under all others.
func newEstimate(samples []float32) estimate {
	n := len(samples) / 2
	far := make([]float64, n)
	tensor.Parallel(n, 16, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			far[i] = max(leastWide, neighbourDistance(samples, i, reach))
		}
	})
	var best estimate
	most := math.Inf(-1)
	for _, share := range []float64{0.2, 0.3, 0.45, 0.65, 1, 1.5} {
		q := estimate{samples, make([]float64, n)}
		for i, d := range far {
			q.widths[i] = share * d
		}
		logs := make([]float64, min(n, trials))
		tensor.Parallel(len(logs), 16, func(lo, hi int) {
			for k := lo; k < hi; k++ {
				i := k * n / len(logs)
				logs[k] = math.Log(max(math.SmallestNonzeroFloat64, q.density(float64(samples[2*i]), float64(samples[2*i+1]), i)))
			}
		})
		if mean, _ := metrics.MeanAndError(logs); mean > most {
			most, best = mean, q
		}
	}
	return best
}

// neighbourDistance returns how far the k-th nearest other sample is from sample i.
func neighbourDistance(samples []float32, i, k int) float64 {
	nearest := make([]float64, 0, k+1) // squared, ascending
	x, y := float64(samples[2*i]), float64(samples[2*i+1])
	for j := 0; j < len(samples)/2; j++ {
		dx, dy := x-float64(samples[2*j]), y-float64(samples[2*j+1])
		d := dx*dx + dy*dy
		if j == i || len(nearest) == k && d >= nearest[k-1] {
			continue
		}
		at, _ := slices.BinarySearch(nearest, d)
		nearest = slices.Insert(nearest, at, d)
		nearest = nearest[:min(k, len(nearest))]
	}
	return math.Sqrt(nearest[len(nearest)-1])
}

// density at (x, y), without sample number apart.
func (q estimate) density(x, y float64, apart int) float64 {
	sum, n := 0.0, 0
	for i, w := range q.widths {
		if i == apart {
			continue
		}
		n++
		dx, dy := x-float64(q.samples[2*i]), y-float64(q.samples[2*i+1])
		if d := (dx*dx + dy*dy) / (2 * w * w); d < 40 {
			sum += math.Exp(-d) / (w * w)
		}
	}
	return sum / float64(n) / (2 * math.Pi)
}

// best returns D* at points.
func (q estimate) best(mix mixture, points []float32) []float32 { return q.judge(mix, points, false) }

// bestAtSamples returns D* at the samples themselves, each judged by the others.
func (q estimate) bestAtSamples(mix mixture) []float32 { return q.judge(mix, q.samples, true) }

func (q estimate) judge(mix mixture, points []float32, own bool) []float32 {
	out := make([]float32, len(points)/2)
	tensor.Parallel(len(out), 16, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			apart := -1
			if own {
				apart = i
			}
			x, y := float64(points[2*i]), float64(points[2*i+1])
			p := mix.density(x, y)
			out[i] = 0.5 // far from everything
			if both := p + q.density(x, y, apart); both > 0 {
				out[i] = float32(p / both)
			}
		}
	})
	return out
}

// bestValue returns the value of D* against samples, its standard error, and the estimate of the
// samples' density.
func bestValue(mix mixture, samples, real []float32) (value, stdErr float64, q estimate) {
	q = newEstimate(samples)
	value, stdErr = gameValue(q.best(mix, real), q.bestAtSamples(mix))
	return value, stdErr, q
}

// surest bounds probabilities, so that one point of which D is quite sure does not make the value
// infinite.
const surest = 1e-6

// gameValue returns E log D(x) + E log(1 − D(G(z))) and its standard error.
func gameValue(dReal, dFake []float32) (value, stdErr float64) {
	logs := func(d []float32, f func(p float64) float64) (mean, stdErr float64) {
		out := make([]float64, len(d))
		for i, p := range d {
			out[i] = math.Log(max(surest, f(float64(p))))
		}
		return metrics.MeanAndError(out)
	}
	a, aErr := logs(dReal, func(p float64) float64 { return p })
	b, bErr := logs(dFake, func(p float64) float64 { return 1 - p })
	return a + b, math.Hypot(aErr, bErr)
}

// probabilities returns what a discriminator with logits says of points.
func probabilities(d *nn.Net, points []float32) []float32 {
	n := len(points) / 2
	t := grad.NewTape()
	out := gan.Judgement(d, t.View(points, n, 2))
	p := make([]float32, n)
	tensor.Sigmoid(p, out)
	return p
}

// extent is the part of the plane that shows all modes.
func extent(centres [][2]float64, sigma float64) (x0, x1, y0, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, c := range centres {
		x0, x1, y0, y1 = min(x0, c[0]), max(x1, c[0]), min(y0, c[1]), max(y1, c[1])
	}
	pad := max(4*sigma, 0.15*max(x1-x0, y1-y0))
	return x0 - pad, x1 + pad, y0 - pad, y1 + pad
}

// pixels returns the middles of the pixels of a picture.
func (g *Game) pixels() []float32 {
	out := make([]float32, 0, 2*g.Side*g.Side)
	for row := range g.Side {
		for col := range g.Side {
			out = append(out, float32(g.XMin+(float64(col)+0.5)/float64(g.Side)*(g.XMax-g.XMin)),
				float32(g.YMax-(float64(row)+0.5)/float64(g.Side)*(g.YMax-g.YMin)))
		}
	}
	return out
}
