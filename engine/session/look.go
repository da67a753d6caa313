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
	Layers   field.Wanted   // of a plane of points
	Pictures field.Features // by which pictures are laid out in a plane
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

// From one look to the next there is an interval, at least, and so many times what one takes.
const (
	lookInterval, lookShare       = 100 * time.Millisecond, 8 // at points
	pictureLookEvery, pictureLook = 2 * time.Second, 20       // at pictures
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
		every, share := lookInterval, time.Duration(lookShare)
		if e.projector != nil {
			every, share = pictureLookEvery, pictureLook
		}
		pause.Reset(max(every, share*time.Since(start)) - time.Since(start))
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

	projector *field.Projector // of pictures
}

// lookOnce copies the players between two steps, and computes and publishes what is looked at.
func (s *Session) lookOnce(ctx context.Context, e *eye) {
	s.mu.Lock()
	at, built := s.lookout.now()
	t := s.trainer
	if s.view.flat() != (at.Pictures == field.NoFeatures) {
		s.mu.Unlock()
		return // of this kind of data nothing is looked at
	}
	if t != e.of {
		*e = eye{of: t, view: newView(t, s.view.data, s.recipe), d: t.D.Clone()}
		if !e.view.flat() {
			e.projector = field.NewProjector(e.view.generator, s.view.data, t.Pack, s.recipe.Seed)
		}
	}
	e.view.generator.Update(t.Sampler())
	e.d.CopyFrom(t.D)
	step, objective := t.Step, t.Objective
	snap := Snapshot{Gradients: s.gradients()}
	s.mu.Unlock()
	var err error
	m := e.view.moment(e.d, objective)
	if e.projector != nil {
		if snap.Plane, err = e.projector.Project(ctx, m, at.Pictures); err == nil {
			snap.Plane.Step = step
		}
	} else {
		snap.Points, err = e.view.density(ctx, e.view.observer, m, step, at.Layers)
	}
	if err != nil {
		return // nobody looks any more
	}
	if _, now := s.lookout.now(); now != built {
		return // at another run
	}
	snap.Status, snap.Doctor = s.Status(), s.Doctor()
	s.options.Publish(snap)
}
