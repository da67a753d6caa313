package reproduce

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Options of Run; the zero value is usable.
type Options struct {
	Seeds    int                              // 0: as many as the table says
	Quick    bool                             // a fortieth of the updates, one seed: shows that it works, not what it reaches
	Progress func(what string, share float64) // may be nil
	Now      func() time.Time                 // nil: time.Now
}

// trial is one seed of one method.
type trial struct {
	recipe   *recipe.Recipe
	data     datasets.Set
	trainer  *gan.Trainer
	quick    bool
	now      func() time.Time
	seconds  float64   // of training so far
	gradG    []float64 // norm of G's gradient at every update
	progress func(share float64)
}

// Run trains and measures. The error is ctx's, or names the method that failed.
func Run(ctx context.Context, t Table, o Options) (Result, error) {
	if o.Progress == nil {
		o.Progress = func(string, float64) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	seeds := t.Seeds
	if o.Seeds > 0 {
		seeds = o.Seeds
	}
	if o.Quick {
		seeds = 1
	}
	out := Result{
		Name: t.Name, Title: t.Title, Paper: t.Paper, Protocol: t.Protocol, Differences: t.Differences, Columns: t.Columns,
		Quick: o.Quick, Seeds: seeds, Cores: runtime.GOMAXPROCS(0), Made: o.Now().UTC().Format(time.DateOnly),
	}
	for i, m := range t.Methods {
		share := func(seed int, s float64) {
			o.Progress(fmt.Sprintf("%s, %s, seed %d", t.Name, m.Name, seed+1), (float64(i)+(float64(seed)+s)/float64(seeds))/float64(len(t.Methods)))
		}
		row, err := t.row(ctx, m, seeds, o, share)
		if err != nil {
			return Result{}, fmt.Errorf("reproduce %s: %s: %w", t.Name, m.Name, err)
		}
		out.Rows = append(out.Rows, row)
	}
	o.Progress(t.Name, 1)
	return out, nil
}

// row runs all seeds of one method.
func (t Table) row(ctx context.Context, m Method, seeds int, o Options, progress func(seed int, share float64)) (Row, error) {
	row := m.Row(len(t.Columns))
	if m.Preset == "" {
		return row, nil
	}
	row.Settings = append([]string{m.Preset}, m.Settings...)
	seconds := 0.0
	for seed := range seeds {
		r, missing, err := m.recipe(seed+1, o.Quick)
		if err != nil {
			return row, err
		}
		if missing != "" {
			row.Note = strings.TrimPrefix(row.Note+"; not run: this version does not have the recipe key "+missing, "; ")
			return row, nil
		}
		p := &trial{recipe: r, quick: o.Quick, now: o.Now, progress: func(s float64) { progress(seed, s) }}
		if p.data, err = datasets.Open(ctx, r.Data, options(r), nil); err != nil {
			return row, err
		}
		if p.trainer, err = gan.New(r, nn.Shape(p.data.Info().Shape), datasets.NewLoader(p.data, r.Seed, r.Mirror)); err != nil {
			return row, err
		}
		if err := p.know(); err != nil {
			return row, err
		}
		row.Network = fmt.Sprintf("G: %s; D: %s", strings.Join(r.G.Layers, ", "), strings.Join(r.D.Layers, ", "))
		values, err := t.play(ctx, p)
		if err != nil {
			return row, err
		}
		row.Runs = append(row.Runs, values)
		row.Updates, seconds = p.trainer.Step, seconds+p.seconds
	}
	row.Seconds = seconds / float64(seeds)
	row.Ours = make([]*Number, len(t.Columns))
	for c := range t.Columns {
		all := make([]float64, len(row.Runs))
		for i, values := range row.Runs {
			all[i] = values[c]
		}
		mean, stdErr := metrics.MeanAndError(all)
		row.Ours[c] = numberOf(mean, stdErr)
	}
	return row, nil
}

// options is how a recipe prepares built-in data.
func options(r *recipe.Recipe) datasets.Options {
	return datasets.Options{Size: r.ImageSize, Channels: r.Channels, Fit: r.Fit, Labels: r.Labels, Seed: r.Seed, Drawn: r.Drawn}
}

// train updates both players until a step.
func (p *trial) train(ctx context.Context, until int64) error {
	return p.trainWhile(ctx, func() bool { return p.trainer.Step < until }, func() float64 { return float64(p.trainer.Step) / float64(until) })
}

// trainFor updates both players until so many seconds of training have passed in all.
func (p *trial) trainFor(ctx context.Context, seconds float64) error {
	return p.trainWhile(ctx, func() bool { return p.seconds < seconds }, func() float64 { return p.seconds / seconds })
}

func (p *trial) trainWhile(ctx context.Context, more func() bool, share func() float64) error {
	for more() {
		if err := ctx.Err(); err != nil {
			return err
		}
		started := p.now()
		s, err := p.trainer.Both()
		p.seconds += p.now().Sub(started).Seconds()
		if err != nil {
			return err
		}
		p.gradG = append(p.gradG, s.GradG)
		if p.trainer.Step%50 == 0 {
			p.progress(min(1, share()))
		}
	}
	return nil
}

// sample returns n items of the generator as it is now, the averaged one where there is one.
func (p *trial) sample(n int) []float32 {
	g := gan.NewGenerator(p.trainer.Sampler(), p.recipe.LatentKind)
	return g.Render(g.Noise(p.recipe.Seed, n), n)
}
