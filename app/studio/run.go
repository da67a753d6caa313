package studio

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/internal/feed"
)

// chartInterval is how often the charts take in a running run: drawing them costs some
// milliseconds.
const chartInterval = 250 * time.Millisecond

// A Run is the session that the window shows, and what carries its news. Its fields belong to the
// goroutine of Options.Do, but for those behind mu.
type Run struct {
	Session *session.Session
	Recipe  *recipe.Recipe // as the session has it; asking the session would wait for a step
	First   *recipe.Recipe // as the run began or was opened
	Data    datasets.Set

	*queue
	s       *Studio
	example string            // where the copy of the example lies that the project is; "": it is none
	opened  [sha256.Size]byte // of the file of the example as it was opened
	points  [][2]float32      // some of the data, if they are points
	renewed atomic.Int64      // counts the runs that took the place of this one in the same session
	// replaced is set while another run takes the place of this one in the same session: news of
	// that one would be shown among what is still of this one.
	replaced bool

	ctx    context.Context
	cancel context.CancelFunc
	feed   feed.Feed[session.Snapshot]
	charts feed.Feed[session.History]
	grew   chan struct{} // there is something new for the charts

	mu     sync.Mutex
	latest session.Snapshot

	leave  sync.Once // of the copy of the example
	beside beside    // runs that are trained beside this one
}

// newRun returns the wiring for a session that is still to be opened with its options.
func newRun(s *Studio) *Run {
	r := &Run{s: s, queue: newQueue(), grew: make(chan struct{}, 1)}
	r.ctx, r.cancel = context.WithCancel(s.Jobs.ctx)
	r.feed = feed.Feed[session.Snapshot]{Do: s.Do, Show: func(n session.Snapshot) {
		if s.Run == r && !r.replaced {
			s.take(n)
		}
	}}
	r.charts = feed.Feed[session.History]{Do: s.Do, Show: func(h session.History) {
		if s.Run == r {
			s.Charted.Emit(h)
		}
	}}
	return r
}

func (r *Run) options(report func(done, total int)) session.Options {
	return session.Options{Publish: r.publish, DataProgress: report, Yield: true, Home: r.s.Home}
}

// begin starts the goroutines of a run that is shown from now on.
func (r *Run) begin() {
	r.Go(r.follow)
	r.Go(r.obey)
	r.s.Began.Emit(r)
	r.Command(r.Session.Refresh)
}

// Go runs work on its own goroutine, with a context that ends with the run.
func (r *Run) Go(work func(ctx context.Context)) {
	r.s.Jobs.Start(func(context.Context) error {
		work(r.ctx)
		return nil
	}, nil)
}

// Alone tells that the run does not train just now; any goroutine may ask.
func (r *Run) Alone() bool { return !r.Session.Status().Running }

// Renewed counts the runs that took the place of this one in the same session; any goroutine may
// ask.
func (r *Run) Renewed() int64 { return r.renewed.Load() }

// publish is called on the training goroutine. The feed shows only the newest snapshot, and one
// without a picture means that the picture before it still holds: so the newest picture is kept in
// every snapshot.
func (r *Run) publish(n session.Snapshot) {
	r.mu.Lock()
	if n.Sheet == nil {
		n.Sheet = r.latest.Sheet
	}
	if n.Points == nil {
		n.Points = r.latest.Points
	}
	if n.Plane == nil {
		n.Plane = r.latest.Plane
	}
	if n.Gradients == nil {
		n.Gradients = r.latest.Gradients
	}
	if n.Game == nil {
		n.Game = r.latest.Game
	}
	r.latest = n
	r.mu.Unlock()
	r.feed.Put(n)
	select {
	case r.grew <- struct{}{}:
	default:
	}
}

// renew notes that another run took the place of the one before in the same session, whose pictures
// hold no longer.
func (r *Run) renew() {
	r.replaced = false
	r.mu.Lock()
	r.latest = session.Snapshot{}
	r.mu.Unlock()
	r.points = nil
	r.renewed.Add(1)
}

// stay notes that no other run took the place of this one, and asks for the news that were missed.
func (r *Run) stay() {
	r.replaced = false
	r.Command(r.Session.Refresh)
}

// follow fetches the metrics for the charts, not more often than the charts can draw.
func (r *Run) follow(ctx context.Context) {
	AtMostEvery(ctx, chartInterval, r.grew, func() bool {
		r.charts.Put(r.Session.History())
		return true
	})
}

// Set changes a live key of the running recipe.
func (r *Run) Set(key, value string) {
	changed := r.Recipe.Clone()
	if err := changed.Set(key, value); err != nil {
		r.s.Failed.Emit(err)
		return
	}
	r.Recipe = changed
	r.Command(func() {
		if err := r.Session.Set(key, value); err != nil {
			r.s.Do(func() { r.Fail(err) })
			return
		}
		r.publish(session.Snapshot{Status: r.Session.Status(), Doctor: r.Session.Doctor()})
	})
}

// Sample returns some of the data that the run learns from, if they are points.
func (r *Run) Sample() [][2]float32 {
	if r.points == nil && r.Data != nil && r.Data.Info().Kind == datasets.Points {
		r.points = SamplePoints(r.Data, 2000)
	}
	return r.points
}

// Fail tells of an error of work on the project. That it is closed is none: closing waits for what
// was asked before, and saves.
func (r *Run) Fail(err error) {
	if !errors.Is(err, ckpt.ErrClosed) {
		r.s.FailUnlessCancelled(err)
	}
}

// Close saves the project and closes it, after what was asked of it before. One that cannot be
// saved stays open, so that it can be tried again. It waits for a step and for the disk: not on the
// goroutine of Options.Do.
func (r *Run) Close() error {
	r.beside.end()
	r.settle()
	// Where other work has closed it, it has saved it before.
	if err := saveAndClose(r.Session); err != nil && !errors.Is(err, ckpt.ErrClosed) {
		r.beside.again()
		return err
	}
	r.leaveExample()
	return nil
}

// saveAndClose closes a session that can be saved; one that cannot stays open, so that it can be
// tried again. It waits for a step and for the disk.
func saveAndClose(s *session.Session) error {
	s.Pause()
	_ = s.Wait() // what stopped it by itself was said already
	if err := s.Save(); err != nil {
		return err
	}
	return s.Close()
}
