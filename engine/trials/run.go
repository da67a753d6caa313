package trials

import (
	"context"
	"errors"
	"fmt"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/export"
	"ganvas/engine/gan"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A State is how far a run of a plan is.
type State int

// The states.
const (
	Waiting State = iota
	Training
	Judging
	Done
	Failed // what of it is not finite, for instance: the others go on
)

// A Result is a run of a plan as it stands.
type Result struct {
	Cell
	Run      int64 // 0: it was not started yet
	Step     int64
	State    State
	Measures []metrics.Measure // nil: not judged yet
	Err      error             // why it failed
}

// Value returns the measure of a name.
func (r *Result) Value(name string) (m metrics.Measure, ok bool) {
	for _, m := range r.Measures {
		if m.Name == name {
			return m, true
		}
	}
	return m, false
}

// samples is how many samples runs are judged by.
const samples = 2000

// Results returns how far a plan is in a project. A run belongs to it that starts from nothing with the
// recipe of a cell: copies and branches have that recipe, too, but belong to who made them.
func Results(f *ckpt.File, p *Plan, kind datasets.Kind) ([]Result, error) {
	cells, err := p.Cells()
	if err != nil {
		return nil, err
	}
	all, err := session.RunsOf(f)
	if err != nil {
		return nil, err
	}
	byRecipe := make(map[string]ckpt.Run, len(all))
	for _, r := range all {
		if r.Err == nil && r.Parent == 0 {
			byRecipe[withoutData(r.Plan)] = r.Run
		}
	}
	results := make([]Result, len(cells))
	for i, c := range cells {
		results[i].Cell = c
		r, ok := byRecipe[withoutData(c.Recipe)]
		if !ok {
			continue
		}
		results[i].Run, results[i].Step = r.ID, r.Step
		if r.Step < int64(c.Recipe.Steps) {
			if results[i].Err, err = stopped(f, r.ID); err != nil {
				return nil, err
			}
			if results[i].Err != nil {
				results[i].State = Failed
			}
			continue
		}
		if results[i].Measures, err = judged(f, r, keyOf(kind, c)); err != nil {
			return nil, err
		}
		if results[i].Measures != nil {
			results[i].State = Done
		}
	}
	return results, nil
}

// withoutData is the text of a recipe but for where its data lie: they may have moved.
func withoutData(r *recipe.Recipe) string {
	r = r.Clone()
	r.Data = ""
	return string(r.Bytes())
}

// stopped returns why a run stopped by itself; nil: it did not. It would do so again.
func stopped(f *ckpt.File, run int64) (why, err error) {
	events, err := f.Events(run)
	for _, e := range events {
		if e.Kind == doctor.StopKind {
			why = errors.New(e.Text)
		}
	}
	return why, err
}

// keyOf is under which a run's numbers are kept.
func keyOf(kind datasets.Kind, c Cell) string { return judge.Key(kind, samples, c.Recipe.EMA > 0) }

// judged returns what was measured of a run at its end, nil if nothing was.
func judged(f *ckpt.File, r ckpt.Run, key string) ([]metrics.Measure, error) {
	list, err := f.Judgements(r.ID)
	if err != nil {
		return nil, err
	}
	for _, j := range list {
		if j.Key == key && j.Step == r.Step {
			if m, err := judge.Decode(j.Text); err == nil {
				return m, nil
			}
		}
	}
	return nil, nil
}

// Options say how a plan is carried out.
type Options struct {
	Session session.Options // of each run
	GiveWay bool            // judging gives way to what else the computer does
	Alone   func() bool     // tells that nothing else trains just now; nil: never
}

// Run carries out what is left of a plan, in a project file that is open, and tells how each run
// stands. Nothing of a run is lost where ctx ends: Run goes on from there. A run that fails is told
// as such, and those after it go on.
func Run(ctx context.Context, f *ckpt.File, p *Plan, set datasets.Set, o Options, tell func(i int, r Result)) error {
	results, err := Results(f, p, set.Info().Kind)
	if err != nil {
		return err
	}
	base, seed := set, p.Base.Seed
	for i := range results {
		r := &results[i]
		if r.State != Done && r.State != Failed {
			if r.Seed != seed { // by which some data are drawn
				if set, err = dataOf(ctx, r.Recipe, base, p.Base.Seed, o); err != nil {
					return err
				}
				seed = r.Seed
			}
			if err := runCell(ctx, f, r, set, o, func() { tell(i, *r) }); err != nil {
				return err
			}
		}
		tell(i, *r)
	}
	return nil
}

// dataOf returns the data of a recipe, which are those that are open where its seed is theirs.
func dataOf(ctx context.Context, r *recipe.Recipe, open datasets.Set, seed uint64, o Options) (datasets.Set, error) {
	if r.Seed == seed {
		return open, nil
	}
	return datasets.Open(ctx, r.Data, session.DataOptions(r), o.Session.DataProgress)
}

// runCell trains and judges one run. Its error is one that ends the whole plan.
func runCell(ctx context.Context, f *ckpt.File, r *Result, set datasets.Set, o Options, tell func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.State = Training
	tell()
	if err := train(ctx, f, r, set, o, tell); err != nil {
		return err
	}
	if r.State == Failed {
		return nil
	}
	r.State = Judging
	tell()
	if err := measure(ctx, f, r, set, o); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.State, r.Err = Failed, err
		return nil
	}
	r.State = Done
	return nil
}

// train trains a run from where it is to its end.
func train(ctx context.Context, f *ckpt.File, r *Result, set datasets.Set, o Options, tell func()) (err error) {
	options := o.Session
	options.Publish = func(n session.Snapshot) {
		r.Step = n.Status.Step
		tell()
	}
	var s *session.Session
	if r.Run == 0 {
		s, err = session.CreateIn(ctx, f, r.Recipe, set, options)
	} else {
		options.Run = r.Run
		s, err = session.OpenIn(ctx, f, options)
	}
	if err != nil {
		return fmt.Errorf("try %s: %w", r.Recipe.Name, err)
	}
	r.Run, r.Step = s.RunID(), s.Status().Step
	stop := context.AfterFunc(ctx, s.Pause)
	if ctx.Err() == nil {
		s.TrainUntil(int64(r.Recipe.Steps))
	}
	trained := s.Wait()
	stop()
	failed := s.Status().SaveErr
	if err := s.Close(); err != nil {
		return fmt.Errorf("try %s: %w", r.Recipe.Name, err)
	}
	r.Step = s.Status().Step
	switch {
	case ctx.Err() != nil && r.Step < int64(r.Recipe.Steps):
		return ctx.Err()
	case trained != nil && failed == nil: // which closing has not made up for
		r.State, r.Err = Failed, trained
	}
	return nil
}

// measure judges a run at its end and keeps the numbers.
func measure(ctx context.Context, f *ckpt.File, r *Result, set datasets.Set, o Options) error {
	of, err := export.At(f, r.Run, -1)
	if err != nil {
		return err
	}
	n, err := of.Network(export.Generator, false)
	if err != nil {
		return err
	}
	report, err := judge.Evaluate(ctx, gan.NewGenerator(n, r.Recipe.LatentKind), set, judge.Options{
		Samples: samples, Seed: 1, HeldOut: r.Recipe.HeldOut, Objective: r.Recipe.Objective, GiveWay: o.GiveWay, Alone: o.Alone,
	})
	if err != nil {
		return err
	}
	text, err := judge.Encode(report.Measures)
	if err != nil {
		return err
	}
	r.Measures = report.Measures
	return f.PutJudgement(r.Run, ckpt.Judgement{Step: of.Step, Key: keyOf(set.Info().Kind, r.Cell), Text: text})
}
