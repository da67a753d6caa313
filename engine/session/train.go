package session

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"ganvas/engine/ckpt"
	"ganvas/engine/eta"
	"ganvas/engine/gan"
	"ganvas/engine/process"
)

// Train trains on a goroutine of its own until the recipe's number of steps, or until it is paused
// if that is 0. It returns at once. When the steps are done already it trains nothing.
func (s *Session) Train() { s.TrainUntil(0) }

// TrainUntil trains until a step; 0 is the recipe's number of steps. It returns at once, and does
// nothing if training goes on.
func (s *Session) TrainUntil(step int64) {
	s.start(func(ctx context.Context) error { return s.train(ctx, step) })
}

// StepD updates the discriminator once.
func (s *Session) StepD() { s.single(onlyD) }

// StepG updates the generator once.
func (s *Session) StepG() { s.single(onlyG) }

// StepBoth updates D and then G, once.
func (s *Session) StepBoth() { s.single(both) }

func (s *Session) single(p player) {
	s.start(func(ctx context.Context) error {
		if err := s.mustTrain(); err != nil {
			return err
		}
		_, err := s.step(ctx, p)
		s.publish(true)
		return err
	})
}

// mustTrain is the error of training that cannot be saved, or has nothing to go on from.
func (s *Session) mustTrain() error {
	if err := s.mayTrain(); err != nil {
		return err
	}
	return s.file.MustBeWritable()
}

// Pause lets training finish its step, save and end. It returns at once.
func (s *Session) Pause() {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.job != nil {
		s.job.cancel()
	}
}

// Wait waits until no training goes on, and returns why the last one stopped by itself, if it did.
func (s *Session) Wait() error {
	s.ctl.Lock()
	j := s.job
	s.ctl.Unlock()
	if j != nil {
		<-j.done
	}
	return s.Status().Err
}

// start runs work on a goroutine unless one is at work already, and publishes its beginning and its
// end.
func (s *Session) start(work func(context.Context) error) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.job != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{cancel, make(chan struct{})}
	s.job = j
	s.motion.next = false
	s.status.Running, s.status.Err, s.status.Message = true, nil, ""
	go func() {
		defer close(j.done)
		defer cancel()
		if s.options.Yield {
			runtime.LockOSThread() // and never unlocks it, so that the thread ends with the work
			process.Background()
		}
		s.publish(false)
		err := work(ctx)
		s.ctl.Lock()
		s.job = nil
		s.status.Running, s.status.Err, s.status.Left = false, err, 0
		s.ctl.Unlock()
		s.publish(false)
	}()
}

// train is the loop. It saves at its end and from time to time.
func (s *Session) train(ctx context.Context, until int64) error {
	if err := s.mustTrain(); err != nil {
		return err
	}
	defer s.announce()()
	debug.FreeOSMemory() // what reading data and earlier runs left is gone before training takes its own
	heap := newHeap()
	timing := s.timing(s.options.Now())
	saver, lastShown := s.newAutosaver(), time.Time{}
	var sheet interval
	kind := "pause"
	for ctx.Err() == nil {
		end := s.end(until)
		if at := s.Status().Step; end > 0 && at >= end {
			kind = "final"
			break
		}
		watched, err := s.step(ctx, both)
		if err != nil {
			return err
		}
		now := s.options.Now()
		if s.slow() { // how long a step takes says nothing then
			timing.Resume(now, float64(s.Status().Step))
		} else {
			s.measure(timing, now, end)
		}
		saver.at(now)
		due := now.Sub(lastShown) >= 100*time.Millisecond
		if due || watched {
			picture := due && sheet.due(now)
			if due {
				lastShown = now
				s.kick()
			}
			s.publish(picture)
			if picture {
				sheet.took(s.options.Now().Sub(now), s.options.Now())
				heap.tidy()
			}
		}
	}
	s.sumUp(timing)
	err := s.saveLast(ctx, kind)
	s.publish(true)
	return err
}

// end returns the step at which training ends, 0 for never.
func (s *Session) end(until int64) int64 {
	if until > 0 {
		return until
	}
	return s.Status().Steps
}

// locked calls f where no step is half done.
func (s *Session) locked(f func() error) error {
	s.lockWhole()
	defer s.unlockWhole()
	return f()
}

// step applies pending changes, takes one step, and notes what it measured. It tells whether the
// step was watched. A step that is not finite leads back to the last checkpoint.
func (s *Session) step(ctx context.Context, p player) (watched bool, err error) {
	s.lockStep()
	defer s.unlockWhole()
	if err := s.apply(); err != nil {
		return false, err
	}
	at, began := s.trainer.Step, s.options.Now()
	defer func() { s.spent += s.options.Now().Sub(began) }()
	s.monitor.examiner.Before()
	stats, watched, err := s.play(ctx, p)
	if err != nil {
		return watched, s.endStep(err)
	}
	s.noteStep(at, stats)
	return watched, nil
}

// endStep goes back to the last checkpoint from a step that is not finite. The caller holds mu.
func (s *Session) endStep(err error) error {
	var nonFinite *gan.NonFinite
	if !errors.As(err, &nonFinite) {
		return err
	}
	back := s.backToGood()
	if back == nil {
		s.noteStop(nonFinite)
	}
	return errors.Join(err, back)
}

// noteStep notes what a step measured. The caller holds mu.
func (s *Session) noteStep(at int64, stats gan.Stats) {
	values := []float32{
		float32(stats.LossD), float32(stats.LossG), float32(stats.DReal), float32(stats.DFake),
		float32(stats.GradD), float32(stats.GradG), float32(stats.Penalty), float32(stats.PairAccuracy), float32(stats.AugmentP), float32(s.takeClassTest(false)),
	}
	s.rows = append(s.rows, ckpt.MetricRow{Step: at, Values: values})
	s.examine(stats)
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.history.add(at, values)
	for _, l := range s.loader.TakeUnreadable() {
		e := ckpt.Event{Step: at, Kind: "data", Text: strings.TrimSpace(fmt.Sprintf("item %d %s", l.Item, l.Name)) + " left out: " + l.Err.Error()}
		s.events = append(s.events, e)
		s.history.events = append(s.history.events, Event(e))
	}
	s.status.Step = s.trainer.Step
	s.status.ImagesSeen = s.loader.Seen()
	s.status.Epoch = float64(s.loader.Seen()) / float64(max(1, s.loader.Len()))
}

// backToGood restores the newest checkpoint that is whole.
func (s *Session) backToGood() error {
	good, err := s.file.NewestGood(s.run)
	if err != nil {
		return err
	}
	return s.restore(good)
}

// timing returns the estimator of the run's time, which goes on from where training paused.
func (s *Session) timing(now time.Time) *eta.Estimator {
	step := float64(s.Status().Step)
	if s.eta == nil {
		s.eta = eta.New(now, step)
	} else {
		s.eta.Resume(now, step)
	}
	return s.eta
}

// measure keeps the status's speed and time left.
func (s *Session) measure(e *eta.Estimator, now time.Time, end int64) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	st := &s.status
	e.Note(now, float64(st.Step))
	s.setSpeed(e.Rate(now))
	if mean := e.Mean(); mean > 0 {
		st.MeanSeconds = 1 / mean
	}
	st.Left = 0
	if end > st.Step {
		st.Left = e.Left(now, float64(end))
	}
}

// sumUp says of training that ends what a step took on average.
func (s *Session) sumUp(e *eta.Estimator) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.setSpeed(e.Mean())
}

// setSpeed says how many steps a second are taken, unless that is not known. The caller holds ctl.
func (s *Session) setSpeed(stepsPerSecond float64) {
	if stepsPerSecond > 0 {
		s.status.SecondsPerStep = 1 / stepsPerSecond
		s.status.ImagesPerSecond = float64(s.recipe.Batch*max(1, s.recipe.DSteps)) * stepsPerSecond
	}
}

// interval spaces pictures so that making them takes about a twentieth of the time.
type interval struct{ next time.Time }

const (
	pictureInterval = 300 * time.Millisecond // between pictures, at least
	pictureShare    = 20                     // of the time for one is between them, at least
)

func (i *interval) due(now time.Time) bool { return !now.Before(i.next) }

func (i *interval) took(d time.Duration, now time.Time) {
	i.next = now.Add(max(pictureInterval, pictureShare*d))
}
