package judge

import (
	"fmt"

	"ganvas/datasets"
	"ganvas/engine/metrics"
)

// pictures judges samples by features of theirs, and by Parzen windows. What is a copy is decided
// in the fixed features, which know how things look and not what they mean, without sharpness: a
// blurred copy is a copy.
func (e *evaluation) pictures(info datasets.Info) error {
	l := lensFor(info)
	e.plan(l)
	real, _ := e.look(l, e.real, e.realN)
	fake, fakeClasses := e.look(l, e.fake, e.n)
	perfect, realClasses := e.look(l, e.perfect, e.n)
	if err := e.ctx.Err(); err != nil {
		return err
	}
	e.report.Features, e.report.Classes = l.name, histogram(fakeClasses, realClasses)
	plainReal, plainFake, plainPerfect := real, fake, perfect
	if l.name != fixedFeatures && e.o.Only == "" {
		fixed := fixedLens(e.shape)
		plainReal, _ = e.look(fixed, e.real, e.realN)
		plainFake, _ = e.look(fixed, e.fake, e.n)
		plainPerfect, _ = e.look(fixed, e.perfect, e.n)
	}
	e.report.real, e.report.features = plainReal, plainFake
	e.report.real.Told, e.report.features.Told = nil, nil // the report outlives the evaluation
	e.report.Notes = append(e.report.Notes, l.note(real.D),
		fmt.Sprintf("copies: share of samples nearer to one of %d training items than all but 1 %% of held-out items are, in %d fixed random features; about 0.01 where nothing is copied", e.realN, plainReal.D),
		"similarity: how alike two samples of a class are (mean structural similarity of pairs); above that of real pictures the samples vary too little, far below it they are noise",
		"Parzen log-likelihood, in nats: that of held-out items under Gaussians around the samples, as in Goodfellow et al. 2014; it says little about what pictures look like")
	sharpReal, sharpFake, sharpPerfect := e.sharp(l, real, e.real), e.sharp(l, fake, e.fake), e.sharp(l, perfect, e.perfect)
	if l.name == fixedFeatures {
		real, fake, perfect = sharpReal, sharpFake, sharpPerfect
	}
	for _, step := range []struct {
		name string
		take func(real, fake, perfect metrics.Features) error
	}{{"frechet", e.frechet}, {"mmd", e.kernel}} {
		if !e.wants(step.name) {
			continue
		}
		if err := step.take(real, fake, perfect); err != nil {
			return err
		}
	}
	if e.wants("precision", "recall", "density", "coverage") {
		if err := e.manifold(sharpReal, sharpFake, sharpPerfect); err != nil {
			return err
		}
	}
	if e.o.Only != "" {
		return nil
	}
	if err := e.copies(plainReal, plainFake, plainPerfect); err != nil {
		return err
	}
	if err := e.similarity(fakeClasses, realClasses); err != nil {
		return err
	}
	return e.parzen()
}

// similarity compares how alike samples of a class are with how alike held-out items are.
func (e *evaluation) similarity(fakeClasses, realClasses []int) error {
	h, w, c := e.shape[0], e.shape[1], e.shape[2]
	value, stdErr, err := metrics.Diversity(e.fake, e.n, h, w, c, fakeClasses)
	if err != nil {
		return err
	}
	ideal, _, err := metrics.Diversity(e.perfect, e.n, h, w, c, realClasses)
	if err != nil {
		return err
	}
	return e.add(metrics.Measure{Name: "similarity", Value: value, StdErr: stdErr, Perfect: ideal}, float64(len(e.fake))*similarValue)
}

func (e *evaluation) frechet(real, fake, perfect metrics.Features) error {
	g, err := metrics.NewGaussian(real)
	if err != nil {
		return err
	}
	value, err := g.Frechet(fake)
	if err != nil {
		return err
	}
	ideal, err := g.Frechet(perfect)
	if err != nil {
		return err
	}
	return e.add(metrics.Measure{Name: "frechet", Value: value, StdErr: g.FrechetErr(fake), Perfect: ideal}, rootNumber*float64(real.D*real.D*real.D))
}

func (e *evaluation) kernel(real, fake, perfect metrics.Features) error {
	e.begin("mmd", pairWork(real.D, kernelPair))
	value, stdErr, err := metrics.KernelDistance(real, fake, e.o.Seed)
	if err != nil {
		return err
	}
	ideal, _, err := metrics.KernelDistance(real, perfect, e.o.Seed)
	if err != nil {
		return err
	}
	return e.add(metrics.Measure{Name: "mmd", Value: value, StdErr: stdErr, Perfect: ideal}, 0)
}

func (e *evaluation) manifold(real, fake, perfect metrics.Features) error {
	real = evenly(real, e.n) // as many of both, which recall and coverage depend on
	e.begin("precision", pairWork(real.D, manifoldPair))
	got, err := metrics.CompareManifolds(real, fake, neighbours)
	if err != nil {
		return err
	}
	ideal, err := metrics.CompareManifolds(real, perfect, neighbours)
	if err != nil {
		return err
	}
	add := func(name string, value, stdErr, ideal float64) error {
		return e.add(metrics.Measure{Name: name, Value: value, StdErr: stdErr, Perfect: ideal, HigherIsBetter: true}, 0)
	}
	return firstOf(
		add("precision", got.Precision, got.PrecisionErr, ideal.Precision), add("recall", got.Recall, got.RecallErr, ideal.Recall),
		add("density", got.Density, got.DensityErr, ideal.Density), add("coverage", got.Coverage, got.CoverageErr, ideal.Coverage))
}

// evenly returns n vectors of f, or all if these are fewer.
func evenly(f metrics.Features, n int) metrics.Features {
	if f.N <= n {
		return f
	}
	out := metrics.NewFeatures(n, f.D)
	out.Told = f.Told
	for i := range n {
		copy(out.Row(i), f.Row(i*f.N/n))
	}
	return out
}

func (e *evaluation) copies(real, fake, perfect metrics.Features) error {
	e.begin("copies", pairWork(real.D, copyPair))
	c, err := metrics.CountCopies(real, perfect, fake)
	if err != nil {
		return err
	}
	e.report.Usual, e.report.Limit = c.Usual, c.Limit
	if metrics.Copying(c.Share, e.n) {
		low, high := metrics.ShareInterval(c.Share, e.n)
		e.report.Notes = append([]string{fmt.Sprintf(
			"WARNING: the generator copies: %.1f %% of the samples (95 %% interval: %.1f to %.1f %%) are nearer to a training item than all but %g %% of real held-out items are",
			100*c.Share, 100*low, 100*high, 100*metrics.CopyRate)}, e.report.Notes...)
	}
	return e.add(metrics.Measure{Name: "copies", Value: c.Share, StdErr: c.StdErr, Perfect: metrics.CopyRate}, 0)
}

// parzen compares samples, and for a perfect generator as many training items, with the two halves
// of the held-out ones.
func (e *evaluation) parzen() error {
	e.begin("parzen_nats", pairWork(e.size(), parzenPair()))
	fake, held := unit(e.fake, e.n), unit(e.perfect, e.n)
	held.Told = e.compared
	validation, test := held.Slice(0, e.n/2), held.Slice(e.n/2, e.n)
	widths := metrics.ParzenWidths()
	value, stdErr, _, err := metrics.Parzen(fake, validation, test, widths)
	if err != nil {
		return err
	}
	m := min(e.n, e.realN)
	size := e.size()
	ideal, _, _, err := metrics.Parzen(unit(e.real[:m*size], m), validation, test, widths)
	if err != nil {
		return err
	}
	return e.add(metrics.Measure{Name: "parzen_nats", Value: value, StdErr: stdErr, Perfect: ideal, HigherIsBetter: true}, 0)
}

// unit returns n items with values brought from [−1, 1] to [0, 1], as in the literature.
func unit(x []float32, n int) metrics.Features {
	f := metrics.NewFeatures(n, len(x)/n)
	for i, v := range x {
		f.X[i] = (float64(v) + 1) / 2
	}
	return f
}
