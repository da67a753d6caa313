package session

import (
	"context"
	"runtime"
	"sync"
	"time"

	"ganvas/engine/field"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/process"
)

// A Look is what somebody looks at, besides what every snapshot shows.
type Look struct {
	Layers field.Wanted // of a plane of points
}

// Look has what somebody looks at computed beside training, on a goroutine of its own, and
// published about ten times a second while training goes on, and once when it does not. The zero
// Look ends that. Nothing of training changes.
func (s *Session) Look(at Look) {
	l := &s.lookout
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.at = at
	switch {
	case at == Look{}:
		l.end()
	case l.cancel == nil:
		var ctx context.Context
		ctx, l.cancel = context.WithCancel(context.Background())
		l.wake = make(chan struct{}, 1)
		wake := l.wake
		l.all.Go(func() { s.lookOut(ctx, wake) })
	}
	l.kick()
}

// A lookout says what is looked at, and owns the goroutine that computes it.
type lookout struct {
	mu     sync.Mutex // never held for long
	at     Look
	cancel context.CancelFunc // nil: nobody looks
	wake   chan struct{}
	all    sync.WaitGroup
	built  int // counts the runs that the session had
	closed bool
}

// kick has what is looked at computed anew, and says whether anything is.
func (l *lookout) kick() bool {
	if l.cancel == nil {
		return false
	}
	select {
	case l.wake <- struct{}{}:
	default: // it is to be computed anew already
	}
	return true
}

// now returns what is looked at, and how many runs the session has had.
func (l *lookout) now() (at Look, built int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.at, l.built
}

// turn says that the session has another run.
func (l *lookout) turn() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.built++
}

func (l *lookout) end() {
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// close ends the goroutine for good, and waits for that.
func (l *lookout) close() {
	l.mu.Lock()
	l.closed = true
	l.end()
	l.mu.Unlock()
	l.all.Wait()
}

// kick tells whoever looks that there is something new, and whether anybody looks.
func (s *Session) kick() bool {
	s.lookout.mu.Lock()
	defer s.lookout.mu.Unlock()
	return s.lookout.kick()
}

const (
	lookInterval = 100 * time.Millisecond // from one look to the next, at least
	lookShare    = 4                      // of the time for one is from its beginning to the next, at least
)

// lookOut looks whenever it is woken, until its context ends.
func (s *Session) lookOut(ctx context.Context, wake <-chan struct{}) {
	if s.options.Yield {
		runtime.LockOSThread() // and never unlocks it, so that the thread ends with the goroutine
		process.Background()
	}
	var e eye
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
		start := time.Now()
		s.lookOnce(ctx, &e)
		pause.Reset(max(lookInterval, lookShare*time.Since(start)) - time.Since(start))
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}

// An eye has copies of what is looked at.
type eye struct {
	of   *gan.Trainer // that they are copies of
	view *view
	d    *nn.Net
}

// lookOnce copies the players between two steps, and computes and publishes what is looked at.
func (s *Session) lookOnce(ctx context.Context, e *eye) {
	s.mu.Lock()
	at, built := s.lookout.now()
	t := s.trainer
	if t != e.of {
		*e = eye{t, newView(t, s.view.data, s.recipe), t.D.Clone()}
	}
	e.view.generator.Update(t.Sampler())
	e.d.CopyFrom(t.D)
	step, objective := t.Step, t.Objective
	snap := Snapshot{Gradients: s.gradients()}
	s.mu.Unlock()
	if !e.view.flat() {
		return
	}
	var err error
	if snap.Points, err = e.view.density(ctx, e.view.observer, e.view.moment(e.d, objective), step, at.Layers); err != nil {
		return // nobody looks any more
	}
	if _, now := s.lookout.now(); now != built {
		return // at another run
	}
	snap.Status, snap.Doctor = s.Status(), s.Doctor()
	s.options.Publish(snap)
}
