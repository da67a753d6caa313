package studio

import (
	"context"
	"errors"
	"time"

	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A Forecast is what was measured of the plan: what a step of it costs on this computer.
type Forecast struct {
	Of    *recipe.Recipe // nil: nothing was measured yet
	Value session.Forecast
	Err   error
	Busy  bool // it is being measured

	s      *Studio
	speed  Speed // of this computer, as last measured; 0: it was not
	seen   bool
	cancel context.CancelFunc
}

// settleTime is how long the plan stays unchanged before it is measured.
const settleTime = 400 * time.Millisecond

// SetSeen says whether anybody looks at what the plan costs: only then it is measured.
func (f *Forecast) SetSeen(on bool) {
	f.seen = on
	f.Measure()
}

// Measure has the plan's networks run once in the background, where that is seen and is not known
// yet. While a run trains it would be a measurement of half a machine.
func (f *Forecast) Measure() {
	s := f.s
	r := s.Plan.Now()
	if !f.seen || f.Of != nil && f.Of.Equal(r) {
		return
	}
	f.forget()
	f.Of = r
	shape := s.Data.Shape()
	if s.Reason != "" || shape == nil || s.Status.Running {
		f.Of = nil
		s.Measured.Emit(None{})
		return
	}
	f.Busy = true
	set := s.Data.Set
	var value session.Forecast
	f.cancel = s.Jobs.Start(func(ctx context.Context) (err error) {
		wait := time.NewTimer(settleTime)
		defer wait.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wait.C:
		}
		value, err = session.Measure(ctx, r, set)
		return err
	}, func(err error) {
		if f.Of != r || errors.Is(err, context.Canceled) {
			return // a newer edit, or this plan once more, after undo and redo
		}
		f.Value, f.Err, f.Busy, f.cancel = value, err, false, nil
		if err == nil {
			f.note(r, shape, s.Data.Classes(), value.SecondsPerStep)
		}
		s.Measured.Emit(None{})
	})
	s.Measured.Emit(None{})
}

// forget drops what was measured, and ends measuring.
func (f *Forecast) forget() {
	if f.cancel != nil {
		f.cancel()
	}
	*f = Forecast{s: f.s, seen: f.seen, speed: f.speed}
}
