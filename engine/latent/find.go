package latent

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// A Search says how Find looks for items. Its zero value stands for what follows.
type Search struct {
	Seed       uint64
	Candidates int // random latents that the search begins from: 2,000
	Starts     int // of them that are followed, for each item: 6
	Steps      int // most steps of Adam: MostSteps
	// Class and Part are those to look among, if Choose is set; −1: all.
	Class, Part int
	Choose      bool
	// Progress is told after each step, and with step 0 once the best candidates are known; what it is
	// given holds until the next step. It may be nil.
	Progress func(step int, best []Found)
}

// MostSteps is how many steps a search takes at most, unless it says otherwise.
const MostSteps = 300

// A Found is the nearest item to another one that a generator was found to make.
type Found struct {
	Z           []float32
	Class, Part int
	Item        []float32 // what the generator makes of Z, values in [−1, 1]
	Distance    float64   // root of the mean square of the differences to the target, of values in [0, 1]
	Step        int       // at which it was found; 0: it is one of the candidates
}

// Constants of the search, chosen by how near held-out digits and emoji were found in 300 steps.
const (
	findRate  = 0.08 // of Adam, which falls to a tenth over the steps
	findPrior = 2e-3 // weight of the pull towards lengths that latents have
	findFlat  = 40   // steps without progress by findGain after which it stops
	findGain  = 0.002
)

// Find looks for the latents whose items come nearest to targets, n of them, values in [−1, 1]: the
// inversion of a generator by gradient descent (Zhu et al. 2016, "Generative Visual Manipulation on
// the Natural Image Manifold", section 3.1; Creswell and Bharath 2016). Of random latents the nearest
// are followed by Adam, all at once, along the slope of the squared difference of the pixels and of
// their averages over 2×2 and 4×4, which see what is out of place by more than a pixel. Latents are
// pulled to where the generator knows them: Gaussian ones to the usual length, uniform ones stay
// within −1 and 1. It ends when nothing gets better, and gives the same for the same seed, whatever
// the number of threads. The error is that of the context.
func Find(ctx context.Context, g *gan.Generator, targets []float32, n int, s Search) ([]Found, error) {
	s = s.filled()
	size := g.Out().Size()
	if n < 1 || len(targets) != n*size {
		return nil, fmt.Errorf("find: %d values for %d items of shape %v", len(targets), n, g.Out())
	}
	f := &finder{g: g, search: s, targets: targets, n: n, size: size, best: make([]Found, n)}
	if err := f.begin(ctx); err != nil {
		return nil, err
	}
	f.tell(0)
	for step := 1; step <= s.Steps && !f.flat(); step++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, b := range f.bundles {
			f.follow(b, step)
		}
		f.tell(step)
	}
	return f.best, nil
}

func (s Search) filled() Search {
	s.Candidates, s.Starts, s.Steps = cmp.Or(s.Candidates, 2000), cmp.Or(s.Starts, 6), cmp.Or(s.Steps, MostSteps)
	if !s.Choose {
		s.Class, s.Part = -1, -1
	}
	return s
}

// A finder is a search under way.
type finder struct {
	g       *gan.Generator
	search  Search
	targets []float32
	n, size int
	bundles []*bundle
	best    []Found // for each target
	sums    []float64
}

// A bundle is the starts of one class and network, which are followed together.
type bundle struct {
	class, part int
	inner       *Inner
	of          []int // the target of each row
	z, m, v     []float32
}

// A start is a candidate for a target.
type start struct {
	z           []float32
	class, part int
	distance    float64
}

// begin chooses the nearest candidates of each target.
func (f *finder) begin(ctx context.Context) error {
	k := f.g.Latent()
	nearest := make([][]start, f.n)
	classes, parts := choices(f.search.Class, f.g.Classes()), choices(f.search.Part, f.g.Count())
	each := max(f.search.Starts, f.search.Candidates/(len(classes)*len(parts)))
	draw := f.g.Draw(f.search.Seed)
	class, part := f.g.Choice()
	defer f.g.Choose(class, part)
	for _, c := range classes {
		for _, p := range parts {
			f.g.Choose(c, p)
			const most = 64
			for done := 0; done < each; done += most {
				if err := ctx.Err(); err != nil {
					return err
				}
				m := min(most, each-done)
				z := slices.Clone(draw(m))
				f.keepNearest(nearest, f.g.Render(z, m), z, k, c, p)
			}
		}
	}
	for t, list := range nearest {
		first := list[0]
		f.best[t] = Found{Z: first.z, Class: first.class, Part: first.part, Distance: math.Inf(1)}
		for _, s := range list {
			f.bundle(s.class, s.part).add(t, s.z)
		}
	}
	for _, b := range f.bundles {
		f.note(b, b.inner.Items(b.z, len(b.of), Latents), 0)
	}
	return nil
}

// choices returns the number that was chosen, or all of several.
func choices(chosen, several int) []int {
	if several <= 1 {
		return []int{-1}
	}
	if chosen >= 0 {
		return []int{min(chosen, several-1)}
	}
	all := make([]int, several)
	for i := range all {
		all[i] = i
	}
	return all
}

// keepNearest takes those of some candidates that are among the nearest of a target.
func (f *finder) keepNearest(nearest [][]start, items, z []float32, k, class, part int) {
	for t := range nearest {
		target := f.targets[t*f.size : (t+1)*f.size]
		for i := range len(z) / k {
			d := Difference(items[i*f.size:(i+1)*f.size], target)
			list := nearest[t]
			if len(list) == f.search.Starts && d >= list[len(list)-1].distance {
				continue
			}
			at, _ := slices.BinarySearchFunc(list, d, func(s start, d float64) int { return cmp.Compare(s.distance, d) })
			list = slices.Insert(list, at, start{z[i*k : (i+1)*k], class, part, d})
			nearest[t] = list[:min(len(list), f.search.Starts)]
		}
	}
}

// Difference returns the root of the mean squared difference of values in [−1, 1], on the scale from
// 0 to 1.
func Difference(a, b []float32) float64 {
	sum := 0.0
	for i, x := range a {
		d := float64(x - b[i])
		sum += d * d
	}
	return math.Sqrt(sum/float64(len(a))) / 2
}

// bundle returns the bundle of a class and a network.
func (f *finder) bundle(class, part int) *bundle {
	for _, b := range f.bundles {
		if b.class == class && b.part == part {
			return b
		}
	}
	b := &bundle{class: class, part: part, inner: Open(f.g, class, part)}
	f.bundles = append(f.bundles, b)
	return b
}

func (b *bundle) add(target int, z []float32) {
	b.of = append(b.of, target)
	b.z = append(b.z, z...)
	b.m, b.v = append(b.m, make([]float32, len(z))...), append(b.v, make([]float32, len(z))...)
}

// follow takes one step of Adam with all rows of a bundle.
func (f *finder) follow(b *bundle, step int) {
	rows := len(b.of)
	want := make([]float32, 0, rows*f.size)
	for _, t := range b.of {
		want = append(want, f.targets[t*f.size:(t+1)*f.size]...)
	}
	var items []float32
	_, slope := b.inner.Gradient(b.z, rows, Latents, func(t *Trace) *grad.Value {
		items = append(items, t.Items.Data...)
		return findLoss(t, want, f.g.Kind())
	})
	f.note(b, items, step-1) // the items are those before this step
	const beta1, beta2 = 0.9, 0.99
	rate := findRate * (1 - 0.9*float64(step)/float64(f.search.Steps))
	c1, c2 := 1-math.Pow(beta1, float64(step)), 1-math.Pow(beta2, float64(step))
	for i, d := range slope {
		b.m[i] = beta1*b.m[i] + (1-beta1)*d
		b.v[i] = beta2*b.v[i] + (1-beta2)*d*d
		b.z[i] -= float32(rate * float64(b.m[i]) / c1 / (math.Sqrt(float64(b.v[i])/c2) + 1e-8))
		if f.g.Kind() == "uniform" {
			b.z[i] = max(-1, min(1, b.z[i]))
		}
	}
}

// findLoss is what Find makes small: a sum over the rows, so that none disturbs another.
func findLoss(t *Trace, want []float32, kind string) *grad.Value {
	tape, rows := t.Items.Tape(), t.Items.Rows()
	size := len(want) / rows
	off := grad.Sub(t.Items, tape.View(want, t.Items.Shape()...))
	loss := grad.Scale(grad.Sum(grad.Square(off)), 1/float32(size))
	if s := t.Items.Shape(); len(s) == 4 {
		for _, by := range []int{2, 4} {
			if s[1]%by == 0 && s[2]%by == 0 {
				loss = grad.AddScaled(loss, grad.Sum(grad.Square(grad.AvgPool(off, by))), float32(by*by)/float32(size))
			}
		}
	}
	if kind == "uniform" {
		return loss
	}
	// A latent's squared length is about its number of numbers; longer ones are unusual.
	k := len(t.X.Data) / rows
	d := tensor.Dims{N: rows, S: 1, G: 1, K: k}
	length := grad.AddScalar(grad.Scale(grad.GroupDot(t.X, t.X, d), 1/float32(k)), -1)
	return grad.AddScaled(loss, grad.Sum(grad.Square(length)), findPrior)
}

// note keeps the items of a bundle's rows that are nearer to their targets than any before.
func (f *finder) note(b *bundle, items []float32, step int) {
	k := f.g.Latent()
	for i, t := range b.of {
		item := items[i*f.size : (i+1)*f.size]
		if d := Difference(item, f.targets[t*f.size:(t+1)*f.size]); d < f.best[t].Distance {
			f.best[t] = Found{
				Z: slices.Clone(b.z[i*k : (i+1)*k]), Class: b.class, Part: b.part,
				Item: slices.Clone(item), Distance: d, Step: step,
			}
		}
	}
}

func (f *finder) tell(step int) {
	sum := 0.0
	for _, b := range f.best {
		sum += b.Distance
	}
	f.sums = append(f.sums, sum)
	if f.search.Progress != nil {
		f.search.Progress(step, f.best)
	}
}

// flat tells whether the last steps made nothing better.
func (f *finder) flat() bool {
	if len(f.sums) <= findFlat {
		return false
	}
	now, before := f.sums[len(f.sums)-1], f.sums[len(f.sums)-1-findFlat]
	return now > before*(1-findGain)
}
