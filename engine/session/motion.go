package session

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"ganvas/engine/gan"
)

// Motion is how training goes on for those who look on.
type Motion struct {
	Watched bool          // what happened in a step is published, about eleven times a second
	Slow    bool          // every step stops at each of its stations, and is watched
	Pace    time.Duration // that a slow step takes; 0: it stands at each station until Next or WholeStep
}

// watchInterval is the time from one watched step to the next at full speed.
const watchInterval = 90 * time.Millisecond

// motion is the state of slow motion. Training in slow motion gives mu back while it stands, so that
// the generator can be looked at; whole is held from the beginning of a step to its end.
type motion struct {
	whole sync.Mutex // taken before mu

	// Guarded by ctl.
	Motion
	next    bool      // the step may go on to its next station
	toEnd   bool      // the step goes on to its last station without stopping
	waiting int       // how many wait for the end of the step
	served  sync.Cond // one of them has got it
	changed chan struct{}

	shown atomic.Pointer[Game] // the newest that there is to see

	// Guarded by mu.
	due  time.Time   // of the next watched step
	last gan.Station // of the step under way
}

// slow tells whether steps stop at their stations.
func (s *Session) slow() bool {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.motion.Slow
}

// SetMotion changes how training goes on, now or when it begins. A step that stands goes on if the
// new motion has it so. It returns at once.
func (s *Session) SetMotion(m Motion) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.motion.Motion = m
	if !m.Slow {
		s.motion.toEnd = false
	}
	s.motion.wake()
}

// Next lets a step in slow motion go on to its next station, or, from its last one, the next step
// to its first. It returns at once.
func (s *Session) Next() {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.motion.next = true
	s.motion.wake()
}

// WholeStep lets a step in slow motion go on to its last station without stopping, or, from there,
// the next step to its last. It returns at once.
func (s *Session) WholeStep() {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.motion.toEnd = true
	s.motion.wake()
}

// wake has a step that stands look whether it may go on. The caller holds ctl.
func (m *motion) wake() {
	select {
	case m.changed <- struct{}{}:
	default:
	}
}

// lockWhole locks mu where no step is half done. A step in slow motion goes on to its end first,
// without stopping.
func (s *Session) lockWhole() {
	s.ctl.Lock()
	s.motion.waiting++
	s.motion.wake()
	s.ctl.Unlock()
	s.motion.whole.Lock()
	s.mu.Lock()
	s.ctl.Lock()
	s.motion.waiting--
	s.motion.served.Broadcast()
	s.ctl.Unlock()
}

// lockStep is lockWhole for a step, which lets those go first that waited for the last one.
func (s *Session) lockStep() {
	s.ctl.Lock()
	for s.motion.waiting > 0 {
		s.motion.served.Wait()
	}
	s.ctl.Unlock()
	s.motion.whole.Lock()
	s.mu.Lock()
}

func (s *Session) unlockWhole() {
	s.mu.Unlock()
	s.motion.whole.Unlock()
}

// A player tells which of the players a step updates.
type player struct {
	update func(*gan.Trainer) (gan.Stats, error)
	last   gan.Station // at the end of the step
}

var (
	both  = player{(*gan.Trainer).Both, gan.UpdatedG}
	onlyD = player{(*gan.Trainer).OnlyD, gan.UpdatedD}
	onlyG = player{(*gan.Trainer).OnlyG, gan.UpdatedG}
)

// play has the trainer take a step, watched if it is time to. It tells whether it was. The caller
// holds mu.
func (s *Session) play(ctx context.Context, p player) (stats gan.Stats, watched bool, err error) {
	m := &s.motion
	s.ctl.Lock()
	now := m.Motion
	s.ctl.Unlock()
	at := s.options.Now()
	watched = now.Slow || now.Watched && !at.Before(m.due)
	if !watched {
		stats, err = p.update(s.trainer)
		return stats, false, err
	}
	// The next is due after a whole interval from when this one was, not from when it came: with
	// long steps there are not fewer.
	if m.due = m.due.Add(watchInterval); m.due.Before(at) {
		m.due = at.Add(watchInterval / 2)
	}
	m.last = p.last
	s.trainer.Watch(func(moment *gan.Moment) { s.observe(ctx, moment) })
	defer s.trainer.Watch(nil)
	stats, err = p.update(s.trainer)
	return stats, true, err
}

// observe takes what the trainer has computed at a station, and stands there in slow motion. The
// caller holds mu.
func (s *Session) observe(ctx context.Context, moment *gan.Moment) {
	end := moment.Station == s.motion.last && (moment.Station != gan.UpdatedD || moment.Update+1 >= moment.Updates)
	slow := s.slow()
	if !slow && !end {
		return
	}
	g := s.gameAt(moment)
	if slow && s.stops(ctx, end) {
		standing := *g
		standing.Standing = true
		s.motion.shown.Store(&standing)
		s.stand(ctx, moment, end)
	}
	g.Over = end
	s.motion.shown.Store(g)
}

// stops tells whether a step stops at a station, which it has just reached.
func (s *Session) stops(ctx context.Context, end bool) bool {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if end {
		s.motion.toEnd = false
	}
	return !s.motion.goesOn(ctx)
}

// goesOn tells whether a step does not stop now. The caller holds ctl.
func (m *motion) goesOn(ctx context.Context) bool {
	return ctx.Err() != nil || !m.Slow || m.toEnd || m.waiting > 0
}

// stand publishes what there is to see at a station, and waits until the step may go on. It gives
// mu back meanwhile.
func (s *Session) stand(ctx context.Context, moment *gan.Moment, end bool) {
	stations := 5 * (max(1, s.trainer.DSteps) + 1)
	if s.motion.last == gan.UpdatedD || moment.Updates == 0 { // one player's step
		stations = 5
	}
	picture := end || moment.Station == gan.UpdatedD && s.view.flat()
	since := s.options.Now()
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.spent -= s.options.Now().Sub(since) // it trained nothing
	}()
	s.publish(picture)
	for {
		s.ctl.Lock()
		m := &s.motion
		goesOn := m.goesOn(ctx) || m.next
		m.next = false
		pace := m.Pace / time.Duration(stations)
		s.ctl.Unlock()
		left := pace - s.options.Now().Sub(since)
		if goesOn || pace > 0 && left <= 0 {
			return
		}
		var timer *time.Timer
		var ring <-chan time.Time
		if pace > 0 {
			timer = time.NewTimer(left)
			ring = timer.C
		}
		select {
		case <-m.changed:
		case <-ctx.Done():
		case <-ring:
		}
		if timer != nil {
			timer.Stop()
		}
	}
}
