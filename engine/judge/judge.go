// Package judge compares what a generator makes with the data that it was to learn: it draws
// samples, holds real items out, and puts every number of package metrics beside what the held-out
// items score. It trains nothing and draws nothing.
package judge

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"time"

	"github.com/dustin/go-humanize"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/process"
)

// Options of Evaluate; the zero value is usable.
type Options struct {
	Samples  int                              // at most as many items as are held out; 0: 2,000 pictures, 5,000 points
	Seed     uint64                           // of the latents
	HeldOut  float64                          // share of the data that the training held out; 0: none, a tenth stands for them
	Progress func(what string, share float64) // told how far it is, from 0 to 1; may be nil
	GiveWay  bool                             // on a thread that gets little more than what no other wants: for judging beside training
	Alone    func() bool                      // tells that nothing trains just now, so that what gives way need not rest; nil: never
	Only     string                           // name of a measure beside which the others may be left out, for a quick look: see Quick; "": all
	Free     int64                            // bytes of memory that it may take; 0: those that are free
	// D is the discriminator that played, for comparing it with the best one; may be nil. Evaluate
	// reads it only.
	D         *nn.Net
	Objective string // that D learnt
}

// Report is what samples are worth.
type Report struct {
	Measures []metrics.Measure
	Notes    []string  // how to read them, in plain sentences
	Samples  []float32 // that were judged, one after the other
	HeldOut  []int     // items of the set that stood for a perfect generator, as many as samples
	// AllHeldOut tells that more samples were wanted than items are held out.
	AllHeldOut bool
	// Of pictures: the usual distance of a held-out item to the nearest training item, and below
	// which a sample is a copy.
	Usual, Limit float64
	Features     string  // what distances of pictures are computed in
	Classes      []Class // of samples, where a classifier knows them
	// Of points whose density is known: the best discriminator beside the one that played.
	Game *Game

	train          []int // items of the set that samples were compared with
	real, features metrics.Features
}

// Neighbour is an item of the set and its distance from a sample.
type Neighbour struct {
	Item     int
	Distance float64
}

// Nearest returns the k training items that are most like sample i, the nearest first; none for
// points.
func (r *Report) Nearest(i, k int) []Neighbour {
	if r.features.N == 0 {
		return nil
	}
	var out []Neighbour
	for _, n := range metrics.NearestTo(r.features.Row(i), r.real, k) {
		out = append(out, Neighbour{r.train[n.Index], n.Distance})
	}
	return out
}

const (
	mostPictures   = 2000
	mostPoints     = 5000
	mostReference  = 10000 // real items that samples are compared with
	quickReference = 2000  // where only one measure is asked for
	neighbours     = 5     // as in the paper of density and coverage
)

// Fewest is how many items must be held out, at least, for anything to be said.
const Fewest = 100

// Quick returns which measures of a set can be asked for alone, in a part of the time that all take,
// what says most first.
func Quick(set datasets.Set) []string {
	slow := []string{"best_value", "game_value", "d_gap", "copies", "similarity", "parzen_nats"}
	return slices.DeleteFunc(Names(set), func(name string) bool { return slices.Contains(slow, name) })
}

// wants tells whether one of some measures is asked for.
func (e *evaluation) wants(names ...string) bool {
	return e.o.Only == "" || slices.Contains(names, e.o.Only)
}

// evaluation is one Evaluate under way.
type evaluation struct {
	ctx     context.Context
	o       Options
	shape   []int
	train   *datasets.Subset
	held    *datasets.Subset
	n       int       // samples, and held-out items beside them
	real    []float32 // training items to compare with
	realN   int
	perfect []float32 // n held-out items
	fake    []float32 // n samples
	report  Report
	effort  effort
}

// Evaluate draws samples from g and compares them with set, the data of its training. A tenth of
// the set is held out by content to stand for a perfect generator. The error says what is missing,
// or is ctx's.
func Evaluate(ctx context.Context, g *gan.Generator, set datasets.Set, o Options) (r Report, err error) {
	if !o.GiveWay {
		return evaluate(ctx, g, set, o)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // for good: the thread ends with this goroutine
		process.Idle()
		r, err = evaluate(ctx, g, set, o)
	}()
	<-done
	return r, err
}

func evaluate(ctx context.Context, g *gan.Generator, set datasets.Set, o Options) (Report, error) {
	if o.Progress == nil {
		o.Progress = func(string, float64) {}
	}
	e := &evaluation{ctx: ctx, o: o, shape: set.Info().Shape}
	if !g.Out().Equal(nn.Shape(e.shape)) {
		return Report{}, fmt.Errorf("evaluate: the generator makes items of shape %v, the data have %v: choose the data that it learnt", g.Out(), e.shape)
	}
	if err := e.gather(g, set); err != nil {
		return Report{}, fmt.Errorf("evaluate: %w", err)
	}
	judgeIt := func() error { return e.pictures(set.Info()) }
	if set.Info().Kind == datasets.Points {
		judgeIt = func() error { return e.points(set) }
	}
	if err := judgeIt(); err != nil {
		return Report{}, fmt.Errorf("evaluate: %w", err)
	}
	if o.HeldOut == 0 {
		e.report.Notes = append(e.report.Notes, "the held-out items are kept apart from those that samples are compared with, but not from training: held_out above 0 keeps them from that, too")
	}
	o.Progress("done", 1)
	return e.report, nil
}

// gather splits the data and draws the samples.
func (e *evaluation) gather(g *gan.Generator, set datasets.Set) error {
	var err error
	e.train, e.held, err = datasets.SplitShare(e.ctx, set, e.o.HeldOut, func(done, total int) {
		e.o.Progress("holding items out", splitShare*float64(done)/float64(total))
	})
	if err != nil {
		return err
	}
	e.n = e.o.Samples
	if e.n == 0 {
		e.n = mostPictures
		if set.Info().Kind == datasets.Points {
			e.n = mostPoints
		}
	}
	if all := e.held.Len(); all < e.n {
		e.report.Notes = append(e.report.Notes, fmt.Sprintf("%s samples instead of %s: all that are held out, so that as many real items stand beside them",
			humanize.Comma(int64(all)), humanize.Comma(int64(e.n))))
		e.n, e.report.AllHeldOut = all, true
	}
	if e.n < Fewest {
		return fmt.Errorf("%d samples and %d held-out items: at least %d of each are needed: add data", e.n, e.held.Len(), Fewest)
	}
	e.realN = min(e.train.Len(), mostReference)
	if o := e.o; o.Only != "" {
		e.realN = min(e.realN, max(e.n, quickReference))
	}
	if err := e.checkMemory(g); err != nil {
		return err
	}
	e.real, e.report.train = spread(e.train, e.realN, e.size())
	e.perfect, e.report.HeldOut = spread(e.held, e.n, e.size())
	const part = 64
	z := g.Noise(e.o.Seed, e.n)
	for i := 0; i < e.n; i += part {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		m, started := min(part, e.n-i), time.Now()
		e.fake = append(e.fake, g.Render(z[i*g.Latent():(i+m)*g.Latent()], m)...)
		e.rest(time.Since(started))
		e.o.Progress("drawing samples", splitShare+drawnShare*float64(i+m)/float64(e.n))
	}
	e.report.Samples = e.fake
	for _, v := range e.fake {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("the generator makes values that are not finite: go back to an earlier checkpoint")
		}
	}
	return nil
}

func (e *evaluation) size() int {
	n := 1
	for _, d := range e.shape {
		n *= d
	}
	return n
}

// spread returns n items of a part, evenly over it, and which items of the whole they are.
func spread(part *datasets.Subset, n, size int) ([]float32, []int) {
	x, items := make([]float32, n*size), make([]int, n)
	for i := range n {
		at := i * part.Len() / n
		part.Read(at, x[i*size:(i+1)*size])
		items[i] = part.Items[at]
	}
	return x, items
}

// add notes one number, for which work was done that was not told of.
func (e *evaluation) add(m metrics.Measure, work float64) error {
	m.Samples = e.n
	e.report.Measures = append(e.report.Measures, m)
	e.effort.what = m.Name
	e.worked(work)
	return e.ctx.Err()
}
