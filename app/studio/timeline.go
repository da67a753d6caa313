package studio

import (
	"context"
	"errors"
	"image"
	"slices"
	"sync/atomic"
	"time"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
	"ganvas/internal/feed"
)

// A TimeLine is what is kept of the steps of the run, and which of them the window looks at. It
// belongs to the goroutine of Options.Do.
type TimeLine struct {
	Moments []KeptMoment // that can be looked at, in the order of steps
	At      int64        // the step that is looked at; −1: the newest
	Turn    int64        // counts the runs that the time line was of
	// Relatives are runs that have their beginning in common with the run.
	Relatives []session.Relative

	s       *Studio
	wanted  atomic.Int64              // At, for other goroutines
	moved   chan struct{}             // At has changed
	grown   chan struct{}             // there may be more to look at
	pasts   feed.Feed[recalled[Past]] // what was looked up
	listed  feed.Feed[recalled[[]KeptMoment]]
	noted   time.Time // of the last saving that the moments are from
	notedAt int64     // the step of the run then
}

// A KeptMoment is a step that can be looked at.
type KeptMoment struct {
	session.Moment
	Thumb  image.Image  // the first picture of its sheet; nil: there is none
	Points [][2]float32 // of a run about points: some that were made then
}

// A Past shows what was made at a step that is looked at: a sheet or points, as in a snapshot.
type Past struct {
	Step   int64 // that is looked at; what is shown may be of one before, where no more is kept
	Sheet  *session.Sheet
	Points *session.Points
}

// A recalled is what was looked up of a run.
type recalled[T any] struct {
	of      *Run
	renewed int64 // Run.Renewed then
	what    T
	err     error
}

// holds tells whether what was looked up is of the run that is shown.
func (f *recalled[T]) holds(s *Studio) bool {
	return s.Run == f.of && !f.of.replaced && f.of.Renewed() == f.renewed
}

func newTimeLine(s *Studio) *TimeLine {
	t := &TimeLine{s: s, At: -1, moved: make(chan struct{}, 1), grown: make(chan struct{}, 1)}
	t.wanted.Store(-1)
	t.pasts = feed.Feed[recalled[Past]]{Do: s.Do, Show: t.showPast}
	t.listed = feed.Feed[recalled[[]KeptMoment]]{Do: s.Do, Show: t.showMoments}
	return t
}

// follow looks up what is asked for while a run is open.
func (t *TimeLine) follow(r *Run) {
	r.Go(func(ctx context.Context) {
		defer wake(t.moved) // what woke this one at its end may have been for the next
		AtMostEvery(ctx, 0, t.moved, func() bool { t.lookUp(r); return true })
	})
	r.Go(func(ctx context.Context) {
		defer wake(t.grown)
		l := lister{}
		AtMostEvery(ctx, listInterval, t.grown, func() bool { t.list(ctx, r, &l); return true })
	})
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Past tells whether an earlier step than the newest is looked at.
func (t *TimeLine) Past() bool { return t.At >= 0 }

// Look has the window show a step of the past.
func (t *TimeLine) Look(step int64) {
	if t.s.Run == nil || step == t.At {
		return
	}
	t.At = max(0, step)
	t.wanted.Store(t.At)
	wake(t.moved)
	t.s.Looked.Emit(None{})
}

// Now has the window show the newest step again.
func (t *TimeLine) Now() {
	if !t.Past() {
		return
	}
	t.At = -1
	t.wanted.Store(-1)
	t.s.Looked.Emit(None{})
}

// Wanted is the step that is looked at, −1 for the newest; any goroutine may ask.
func (t *TimeLine) Wanted() int64 { return t.wanted.Load() }

// Kept tells whether exactly that step can be looked at.
func (t *TimeLine) Kept(step int64) bool {
	return slices.ContainsFunc(t.Moments, func(m KeptMoment) bool { return m.Step == step && m.View })
}

// Text says which step is looked at: "step 1,200 of 6,000"; "" for the newest.
func (t *TimeLine) Text() string {
	if !t.Past() {
		return ""
	}
	return "step " + words.Of(t.At, t.s.Status.Step)
}

// reset begins anew with another run, or none.
func (t *TimeLine) reset() {
	t.Turn++
	t.Moments, t.noted, t.notedAt = nil, time.Time{}, 0
	if t.Past() {
		t.At = -1
		t.wanted.Store(-1)
		t.s.Looked.Emit(None{})
	}
	t.Relatives = nil
	t.s.Remarked.Emit(None{})
	t.s.Related.Emit(None{})
	if t.s.Run != nil {
		wake(t.grown)
		t.relate()
	}
}

// relate looks up the relatives of the run.
func (t *TimeLine) relate() {
	s, r, same := t.s, t.s.Run, t.s.ThisRun()
	var related []session.Relative
	s.Jobs.Start(func(context.Context) (err error) {
		related, err = r.Session.Relatives()
		return err
	}, func(err error) {
		switch {
		case !same():
		case err != nil:
			r.Fail(err)
		case len(related) > 0:
			t.Relatives = related
			s.Related.Emit(None{})
		}
	})
}

// note has the moments listed anew where the run may have more of them.
func (t *TimeLine) note(n session.Status) {
	const share = 100 // of the run after which a view may have been added without saving
	if n.LastSave.Equal(t.noted) && n.Step >= t.notedAt && (n.Step-t.notedAt)*share <= n.Step {
		return
	}
	t.noted, t.notedAt = n.LastSave, n.Step
	wake(t.grown)
}

// lookUp gets what is shown of the step that is wanted: what is stored at once, and where that is of
// a step before, what the generator of the step itself makes.
func (t *TimeLine) lookUp(r *Run) {
	step := t.wanted.Load()
	if step < 0 {
		return
	}
	found := recalled[Past]{of: r, renewed: r.Renewed()}
	found.what, found.err = recall(r.Session, step)
	t.pasts.Put(found)
	if stored := found.what.Sheet; found.err != nil || stored == nil || stored.Step == step || t.wanted.Load() != step {
		return
	}
	if drawn, err := r.Session.DrawSheet(step); err == nil && drawn.Step == step {
		found.what.Sheet = drawn
		t.pasts.Put(found)
	}
}

// recall returns what is stored of a step, or of one before. It may wait for the disk.
func recall(s *session.Session, step int64) (p Past, err error) {
	p.Step = step
	if s.Data().Info().Kind == datasets.Points {
		p.Points, err = s.PointsNear(step)
	} else {
		p.Sheet, err = s.SheetNear(step)
	}
	return p, err
}

func (t *TimeLine) showPast(p recalled[Past]) {
	switch {
	case !p.holds(t.s) || p.what.Step != t.At: // it comes too late
	case p.err != nil:
		if !errors.Is(p.err, ckpt.ErrClosed) {
			t.s.Warn(words.Sentence(p.err.Error()) + ".")
		}
	default:
		t.s.Recalled.Emit(p.what)
	}
}
