package studio

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"ganvas/datasets"
	"ganvas/engine/eta"
	"ganvas/engine/judge"
	"ganvas/engine/session"
	"ganvas/engine/trials"
	"ganvas/internal/feed"
)

// Trials tries values of the plan's keys: runs of the project that is open, which are trained beside
// it. It belongs to the goroutine of Options.Do.
type Trials struct {
	Changed Event[None] // what is tried, or how far that is

	Plan    *trials.Plan // what is tried in the project that is open; nil: nothing
	Results []trials.Result
	Running bool
	Err     error // why it stopped by itself; nil: it did not

	s      *Studio
	of     *Run // whose they are
	ending bool // Forget waits for the end of what runs
	pace   *eta.Estimator
	stale  bool // runs were deleted or came back while it was carried out
}

// Load reads what is tried in the project that is open.
func (x *Trials) Load() {
	r := x.s.Run
	if r == nil || x.of == r {
		return
	}
	x.of, x.Plan, x.Results, x.Running, x.Err, x.stale = r, nil, nil, false, nil, false
	kind := r.Kind()
	var plan *trials.Plan
	var results []trials.Result
	x.s.Jobs.Start(func(context.Context) (err error) {
		f := r.Session.File()
		if plan, err = trials.Kept(f); err == nil && plan != nil {
			results, err = trials.Results(f, plan, kind)
		}
		return err
	}, func(err error) {
		switch {
		case x.s.Run != r || x.Running:
		case err != nil:
			r.Fail(err)
		default:
			x.Plan, x.Results = plan, results
			x.Changed.Emit(None{})
		}
	})
	x.Changed.Emit(None{})
}

// reread notices that runs of the project were deleted or are back.
func (x *Trials) reread() {
	r, plan := x.of, x.Plan
	if x.stale = x.Running; x.stale || r == nil || r != x.s.Run || plan == nil {
		return
	}
	kind := r.Kind()
	var results []trials.Result
	x.s.Jobs.Start(func(context.Context) (err error) {
		results, err = trials.Results(r.Session.File(), plan, kind)
		return err
	}, func(err error) {
		switch {
		case x.s.Run != r || x.Plan != plan || x.Running:
		case err != nil:
			r.Fail(err)
		default:
			x.Results = results
			x.Changed.Emit(None{})
		}
	})
}

// Names returns the names of the measures that can say which is best.
func (x *Trials) Names() []string {
	if set := x.s.Data.Set; set != nil {
		return judge.Names(set)
	}
	return nil
}

// Check says why a plan cannot be tried; nil: it can.
func (x *Trials) Check(p *trials.Plan) error {
	set := x.s.Data.Set
	switch {
	case set == nil:
		return errors.New("choose data first")
	case x.s.Run != nil && x.s.Run.Session.ReadOnly():
		return errors.New("the project is write-protected: save it as another file first")
	case p.Base.Data != x.s.Plan.Now().Data || !reflect.DeepEqual(session.DataOptions(p.Base), session.DataOptions(x.s.Plan.Now())):
		return errors.New("it is about other data than those that are open: open one of its runs first")
	}
	return p.Check(set)
}

// Start tries a plan in the project that is open, from where that is, or in a new draft. What was
// tried there before is remembered no more; its runs stay.
func (x *Trials) Start(p *trials.Plan) {
	s := x.s
	if s.Run == nil {
		s.Training.create(func(*session.Session) { s.Do(func() { x.Start(p) }) })
		return
	}
	r, set := s.Run, s.Data.Set
	x.of = r
	news := feed.Feed[[]trials.Result]{Do: s.Do, Show: func(list []trials.Result) {
		if x.of == r {
			x.Results = list
			x.noteSteps()
			x.Changed.Emit(None{})
		}
	}}
	began := r.beside.begin(r.ctx, s.Jobs, func(ctx context.Context) {
		err := x.carryOut(ctx, r, p, set, news.Put)
		s.Do(func() { x.ended(r, err) })
	})
	if began {
		x.Plan, x.Running, x.Err, x.Results, x.ending = p, true, nil, nil, false
		x.pace = nil
		x.Changed.Emit(None{})
	}
}

// carryOut does what is left of a plan, on its own goroutine.
func (x *Trials) carryOut(ctx context.Context, r *Run, p *trials.Plan, set datasets.Set, put func([]trials.Result)) error {
	f := r.Session.File()
	if err := trials.Keep(f, p); err != nil {
		return err
	}
	results, err := trials.Results(f, p, set.Info().Kind)
	if err != nil {
		return err
	}
	put(slices.Clone(results))
	o := trials.Options{Session: session.Options{Yield: true, Beside: true}, GiveWay: true, Alone: r.Alone}
	err = trials.Run(ctx, f, p, set, o, func(i int, one trials.Result) {
		fresh := results[i].State != one.State
		results[i] = one
		put(slices.Clone(results))
		if fresh {
			x.s.Do(func() { x.s.Runs.Changed.Emit(None{}) })
		}
	})
	if ctx.Err() != nil {
		return nil // it was paused
	}
	return err
}

// ended notes that a plan is carried out, or paused.
func (x *Trials) ended(r *Run, err error) {
	if x.of != r {
		return
	}
	x.Running, x.Err = false, err
	for i := range x.Results {
		if s := x.Results[i].State; s == trials.Training || s == trials.Judging {
			x.Results[i].State = trials.Waiting
		}
	}
	x.Changed.Emit(None{})
	x.s.Runs.Changed.Emit(None{})
	if err != nil {
		r.Fail(err)
	}
	switch {
	case x.ending:
		x.Forget()
	case x.stale:
		x.reread()
	}
}

// noteSteps notes how many steps all runs have taken.
func (x *Trials) noteSteps() {
	n := 0.0
	for _, r := range x.Results {
		n += float64(r.Step)
	}
	if x.pace == nil {
		x.pace = eta.New(time.Now(), n)
	}
	x.pace.Note(time.Now(), n)
}

// Left returns how long what is tried still takes; 0 if that is not known.
func (x *Trials) Left() time.Duration {
	if !x.Running || x.pace == nil {
		return 0
	}
	total := 0.0
	for _, r := range x.Results {
		if r.State == trials.Failed {
			total += float64(r.Step)
		} else {
			total += float64(r.Recipe.Steps)
		}
	}
	return x.pace.Left(time.Now(), total)
}

// About returns how many runs a plan has, and how long their training takes on this computer, as far
// as can be told before.
func (x *Trials) About(p *trials.Plan) (runs int, d time.Duration) {
	cells, err := p.Cells()
	if err != nil {
		return 0, 0
	}
	item, classes := x.s.Data.Shape(), x.s.Data.Classes()
	for _, c := range cells {
		each, _ := x.s.Forecast.About(c.Recipe, item, classes)
		d += each
	}
	return len(cells), d
}

// Continue goes on with what is tried in the project that is open.
func (x *Trials) Continue() {
	if x.Plan == nil || x.Running {
		return
	}
	if err := x.Check(x.Plan); err != nil {
		x.s.Failed.Emit(fmt.Errorf("go on: %w", err))
		return
	}
	x.Start(x.Plan)
}

// Done counts the runs of which nothing is left to do.
func (x *Trials) Done() (n int) {
	for _, r := range x.Results {
		if r.State == trials.Done || r.State == trials.Failed {
			n++
		}
	}
	return n
}

// Pause lets the run that is trained finish its step, and saves it. Start goes on from there.
func (x *Trials) Pause() {
	if x.of != nil {
		x.of.beside.stop()
	}
}

// Forget ends what is tried for good, once the step under way is finished. Its runs stay.
func (x *Trials) Forget() {
	r := x.of
	if r == nil {
		return
	}
	if x.ending = x.Running; x.Running {
		x.Pause()
		return
	}
	x.Plan, x.Results, x.Err = nil, nil, nil
	r.Write(func() error { return trials.Forget(r.Session.File()) }, nil)
	x.Changed.Emit(None{})
}
