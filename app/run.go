package app

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
	"ganvas/widgets"
)

// chartInterval is how often the charts take in a running run: drawing them costs some
// milliseconds.
const chartInterval = 250 * time.Millisecond

// A run is the session that the window shows, and what carries its news to the screen. Its fields
// belong to the UI goroutine, but for those behind mu.
type run struct {
	app     *App
	example string            // where the copy of the example lies that the project is; "": it is none
	opened  [sha256.Size]byte // of the file of the example as it was opened
	session *session.Session
	recipe  *recipe.Recipe // as the session has it; asking the session would wait for a step
	first   *recipe.Recipe // as the run began or was opened
	data    datasets.Set
	points  [][2]float32 // some of the data, if they are points
	renewed atomic.Int64 // counts the runs that took the place of this one in the same session

	ctx      context.Context
	cancel   context.CancelFunc
	feed     widgets.Feed[session.Snapshot]
	charts   widgets.Feed[session.History]
	grew     chan struct{} // there is something new for the charts
	commands chan struct{} // queue is not empty

	mu     sync.Mutex
	latest session.Snapshot
	queue  []func()
	ended  bool // obey carries out nothing any more
	undone int  // commands and writing that are not done yet
	done   *sync.Cond

	leave sync.Once // of the copy of the example
}

// alone tells that the run does not train just now; any goroutine may ask.
func (r *run) alone() bool { return !r.session.Status().Running }

// newRun returns the wiring for a session that is still to be opened with its options.
func newRun(a *App) *run {
	r := &run{app: a, grew: make(chan struct{}, 1), commands: make(chan struct{}, 1)}
	r.done = sync.NewCond(&r.mu)
	r.ctx, r.cancel = context.WithCancel(a.jobs.ctx)
	r.feed = widgets.Feed[session.Snapshot]{Do: a.do, Show: func(s session.Snapshot) {
		if a.run == r {
			a.showSnapshot(s)
		}
	}}
	r.charts = widgets.Feed[session.History]{Do: a.do, Show: func(h session.History) {
		if a.run == r {
			a.train.showHistory(h)
		}
	}}
	return r
}

func (r *run) options(report func(done, total int)) session.Options {
	return session.Options{Publish: r.publish, DataProgress: report, Yield: true, Home: r.app.options.Home}
}

// begin starts the goroutines of a run that the window shows from now on.
func (r *run) begin() {
	for _, work := range []func(context.Context){r.follow, r.obey, func(ctx context.Context) { r.app.explore.follow(ctx, r) }, r.app.explore.renderer.run} {
		r.app.jobs.start(func(context.Context) error {
			work(r.ctx)
			return nil
		}, nil)
	}
	r.command(r.session.Refresh)
}

// publish is called on the training goroutine. The feed shows only the newest snapshot, and one
// without a picture means that the picture before it still holds: so the newest picture is kept in
// every snapshot.
func (r *run) publish(s session.Snapshot) {
	r.mu.Lock()
	if s.Sheet == nil {
		s.Sheet = r.latest.Sheet
	}
	if s.Points == nil {
		s.Points = r.latest.Points
	}
	r.latest = s
	r.mu.Unlock()
	r.feed.Put(s)
	select {
	case r.grew <- struct{}{}:
	default:
	}
}

// renew notes that another run took the place of the one before in the same session, whose pictures
// hold no longer.
func (r *run) renew() {
	r.mu.Lock()
	r.latest = session.Snapshot{}
	r.mu.Unlock()
	r.renewed.Add(1)
}

// follow fetches the metrics for the charts, not more often than the charts can draw.
func (r *run) follow(ctx context.Context) {
	atMostEvery(ctx, chartInterval, r.grew, func() bool {
		r.charts.Put(r.session.History())
		return true
	})
}

// command runs f, which may wait for a step or for the disk, after the commands before it, off the
// UI goroutine.
func (r *run) command(f func()) {
	r.mu.Lock()
	if r.ended {
		r.mu.Unlock()
		return
	}
	r.undone++
	r.queue = append(r.queue, f)
	r.mu.Unlock()
	select {
	case r.commands <- struct{}{}:
	default:
	}
}

// obey carries out commands in their order.
func (r *run) obey(ctx context.Context) {
	defer r.drop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.commands:
		}
		for ctx.Err() == nil {
			r.mu.Lock()
			var next func()
			if len(r.queue) > 0 {
				next, r.queue = r.queue[0], r.queue[1:]
			}
			r.mu.Unlock()
			if next == nil {
				break
			}
			next()
			r.didOne()
		}
	}
}

// drop forgets the commands that are left.
func (r *run) drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	r.undone -= len(r.queue)
	r.queue = nil
	r.done.Broadcast()
}

// didOne notes that something was done.
func (r *run) didOne() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.undone--
	r.done.Broadcast()
}

// settle waits until everything that was asked of the project is done. Not on the UI goroutine.
func (r *run) settle() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.undone > 0 {
		r.done.Wait()
	}
}

// write changes the project in the background, and calls done, which may be nil, on the UI
// goroutine if that went well.
func (r *run) write(change func() error, done func()) {
	r.mu.Lock()
	r.undone++
	r.mu.Unlock()
	r.app.jobs.startWriting(func(context.Context) error {
		defer r.didOne()
		return change()
	}, func(err error) {
		switch {
		case err != nil:
			r.fail(err)
		case done != nil && r.app.run == r:
			done()
		}
	})
}

// fail shows an error of work on the project. That it is closed is none: closing waits for what was
// asked before, and saves.
func (r *run) fail(err error) {
	if !errors.Is(err, ckpt.ErrClosed) {
		r.app.failUnlessCancelled(err)
	}
}

// close saves the project and closes it, after what was asked of it before. One that cannot be
// saved stays open, so that it can be tried again. It waits for a step and for the disk: not on the
// UI goroutine.
func (r *run) close() error {
	r.settle()
	// Where other work has closed it, it has saved it before.
	if err := saveAndClose(r.session); err != nil && !errors.Is(err, ckpt.ErrClosed) {
		return err
	}
	r.leaveExample()
	return nil
}

// set changes a live key of the running recipe.
func (r *run) set(key, value string) {
	changed := r.recipe.Clone()
	if err := changed.Set(key, value); err != nil {
		r.app.fail(err)
		return
	}
	r.recipe = changed
	r.command(func() {
		if err := r.session.Set(key, value); err != nil {
			r.app.do(func() { r.fail(err) })
			return
		}
		r.publish(session.Snapshot{Status: r.session.Status(), Doctor: r.session.Doctor()})
	})
}

// sample returns some of the data that the run learns from, if they are points.
func (r *run) sample() [][2]float32 {
	if r.points == nil && r.data != nil && r.data.Info().Kind == datasets.Points {
		r.points = samplePoints(r.data, 2000)
	}
	return r.points
}
