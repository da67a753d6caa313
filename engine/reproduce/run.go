package reproduce

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Options of Run; the zero value is usable.
type Options struct {
	Seeds    int                              // 0: as many as the table says
	Quick    bool                             // a fortieth of the updates, one seed: shows that it works, not what it reaches
	Version  string                           // of the program
	Have     *Result                          // of an earlier run, of which rows of the same settings are kept; may be nil
	Keep     func(Result) error               // called after every seed with what there is so far; may be nil
	Progress func(what string, share float64) // which method and seed, and how much is done of what was not there; may be nil
	Now      func() time.Time                 // nil: time.Now
}

// trial is one seed of one method.
type trial struct {
	recipe *recipe.Recipe
	data   datasets.Set
	learner
	trainer  *gan.Trainer // of the adversarial pair; nil where another model learns
	quick    bool
	now      func() time.Time
	seconds  float64   // of training so far
	gradG    []float64 // norm of G's gradient at every update
	progress func(share float64)
}

// filled returns options with what is not set filled in, for a table.
func (o Options) filled(t Table) Options {
	if o.Progress == nil {
		o.Progress = func(string, float64) {}
	}
	if o.Keep == nil {
		o.Keep = func(Result) error { return nil }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Seeds <= 0 {
		o.Seeds = t.Seeds
	}
	if o.Quick {
		o.Seeds = 1
	}
	return o
}

// begin returns a result with a row for each method, which has what is taken over from an earlier
// one.
func (t Table) begin(o Options) Result {
	out := Result{
		Name: t.Name, Title: t.Title, Paper: t.Paper, Protocol: t.Protocol, Differences: t.Differences, Columns: t.Columns,
		Quick: o.Quick, Cores: runtime.GOMAXPROCS(0), Made: o.Now().UTC().Format(time.DateOnly),
	}
	for _, m := range t.Methods {
		row := m.Row(len(t.Columns))
		if m.Preset != "" {
			row.Settings = append([]string{m.Preset}, m.Settings...)
		}
		if o.Have != nil && o.Have.Quick == o.Quick {
			row.takeOver(o.Have, o.Seeds, o.Version)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// Run trains and measures: the first seed of every method, then the second, so that methods can be
// compared from early on. The error is ctx's, or names the method that failed.
func Run(ctx context.Context, t Table, o Options) (Result, error) {
	o = o.filled(t)
	out := t.begin(o)
	due := func(i, seed int) bool { return t.Methods[i].Preset != "" && len(out.Rows[i].Runs) <= seed }
	work, err := t.work(o.Quick)
	if err != nil {
		return out, fmt.Errorf("reproduce %s: %w", t.Name, err)
	}
	done, all := 0.0, 0.0
	for seed := range o.Seeds {
		for i := range t.Methods {
			if due(i, seed) {
				all += work[i]
			}
		}
	}
	for seed := range o.Seeds {
		for i, m := range t.Methods {
			if !due(i, seed) {
				continue
			}
			what := fmt.Sprintf("%s, seed %d", m.Name, seed+1)
			err := t.run(ctx, m, &out.Rows[i], o, func(share float64) { o.Progress(what, (done+work[i]*share)/all) })
			if err == nil {
				out.count()
				err = o.Keep(out)
			}
			if err != nil {
				return out, fmt.Errorf("reproduce %s: %s: %w", t.Name, m.Name, err)
			}
			done += work[i]
		}
	}
	out.count()
	o.Progress("", 1)
	return out, nil
}

// work returns how much each method has to do for a seed, as far as the recipes say: items that the
// players see in all updates.
func (t Table) work(quick bool) ([]float64, error) {
	out := make([]float64, len(t.Methods))
	for i, m := range t.Methods {
		if m.Preset == "" {
			continue
		}
		r, err := m.recipe(1, quick)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		out[i] = max(1, float64(r.Steps)) * float64(r.Batch) * float64(1+max(1, r.DSteps))
	}
	return out, nil
}

// count notes how many seeds there are of the method that has the most.
func (r *Result) count() {
	r.Seeds = 0
	for _, row := range r.Rows {
		r.Seeds = max(r.Seeds, len(row.Runs))
	}
}

// takeOver takes the runs of the same method with the same settings, if they are in another result.
// What another version of the program trained is taken only if no seed is missing, so that each row
// is of one version.
func (r *Row) takeOver(have *Result, seeds int, version string) {
	for _, other := range have.Rows {
		made := cmp.Or(other.Version, have.Version)
		if other.Method != r.Method || !slices.Equal(other.Settings, r.Settings) || made != version && len(other.Runs) < seeds {
			continue
		}
		r.Network, r.Updates, r.Seconds, r.Runs, r.Ours = other.Network, other.Updates, other.Seconds, other.Runs, other.Ours
		if len(r.Runs) > 0 {
			r.Version = made
		}
	}
}

// run trains and measures the next seed of a method.
func (t Table) run(ctx context.Context, m Method, row *Row, o Options, progress func(share float64)) error {
	r, err := m.recipe(len(row.Runs)+1, o.Quick)
	if err != nil {
		return err
	}
	p := &trial{recipe: r, quick: o.Quick, now: o.Now, progress: progress}
	open := openData
	if t.open != nil {
		open = t.open
	}
	if p.data, err = open(ctx, r); err != nil {
		return err
	}
	if err := checkMemory(r, nn.Shape(p.data.Info().Shape), len(p.data.Info().Labels)); err != nil {
		return err
	}
	if err := p.begin(m); err != nil {
		return err
	}
	values, err := t.play(ctx, p)
	if err != nil {
		return err
	}
	n := float64(len(row.Runs))
	row.Network = p.network()
	row.Updates, row.Seconds = p.steps(), (row.Seconds*n+p.seconds)/(n+1)
	row.Runs, row.Version = append(row.Runs, values), o.Version
	row.Ours = make([]*Number, len(t.Columns))
	for c := range t.Columns {
		all := make([]float64, len(row.Runs))
		for i, values := range row.Runs {
			all[i] = values[c]
		}
		mean, stdErr := metrics.MeanAndError(all)
		row.Ours[c] = numberOf(mean, stdErr)
	}
	return nil
}

// openData opens the data of a recipe.
func openData(ctx context.Context, r *recipe.Recipe) (datasets.Set, error) {
	return datasets.Open(ctx, r.Data, options(r), nil)
}

// options is how a recipe prepares built-in data.
func options(r *recipe.Recipe) datasets.Options {
	return datasets.Options{Size: r.ImageSize, Channels: r.Channels, Fit: r.Fit, Labels: r.Labels, Seed: r.Seed, Drawn: r.Drawn}
}

// train updates both players until a step.
func (p *trial) train(ctx context.Context, until int64) error {
	return p.trainWhile(ctx, func() bool { return p.steps() < until }, func() float64 { return float64(p.steps()) / float64(until) })
}

// trainFor updates both players until so many seconds of training have passed in all, of those
// after which it ends.
func (p *trial) trainFor(ctx context.Context, seconds, end float64) error {
	return p.trainWhile(ctx, func() bool { return p.seconds < seconds }, func() float64 { return p.seconds / end })
}

// longestStep is how many seconds of a step count at most: if it took longer, the process was
// suspended meanwhile.
const longestStep = 1

func (p *trial) trainWhile(ctx context.Context, more func() bool, share func() float64) error {
	for more() {
		if err := ctx.Err(); err != nil {
			return err
		}
		started := p.now()
		gradG, err := p.update()
		p.seconds += min(p.now().Sub(started).Seconds(), longestStep)
		if err != nil {
			return err
		}
		p.gradG = append(p.gradG, gradG)
		if p.steps()%50 == 0 {
			p.progress(min(1, share()))
		}
	}
	return nil
}

// sample returns n items of the generator as it is now, the averaged one where there is one.
func (p *trial) sample(n int) []float32 {
	g := p.generator()
	return g.Render(g.Noise(p.recipe.Seed, n), n)
}

// checkMemory refuses a training that does not fit into what is free.
func checkMemory(r *recipe.Recipe, item nn.Shape, classes int) error {
	s, err := gan.Reckon(r, item, classes)
	if err != nil {
		return nil // gan.New says what is wrong
	}
	return memory.CheckFree("train "+r.Name, s.Training(), "end other programs, or try a larger computer")
}
