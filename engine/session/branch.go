package session

import (
	"context"
	"errors"
	"time"
)

// A BranchPlan says what a branch from a step takes.
type BranchPlan struct {
	Step     int64
	Run      int64         // that has the step: the session's own, or one that it goes on from
	From     int64         // the full checkpoint from which steps are replayed
	Replay   int64         // how many
	Time     time.Duration // that takes; 0: unknown
	SameBits bool          // whether the branch begins exactly as the run was at that step
	Why      string        // if not: why
}

// PlanBranch says what a branch from a step of the run takes.
func (s *Session) PlanBranch(step int64) (BranchPlan, error) {
	return BranchPlan{}, errors.New("not yet")
}

// Branch adds a run to the project that begins as the session's run was at a step: it replays the
// steps from the nearest full checkpoint with the changes that were made then, and tells progress,
// which may be nil, how many are done. The session stays with its own run: SwitchRun goes on with
// the new one. It fails while training goes on. After an error, and when ctx ends, nothing of the
// branch is left.
func (s *Session) Branch(ctx context.Context, step int64, name string, progress func(done, total int64)) (run int64, err error) {
	return 0, errors.New("not yet")
}

// BestMetrics returns the metrics by which the best step of the run can be kept while it trains,
// the usual one first.
func (s *Session) BestMetrics() []string { return nil }

// Best returns the metric by which the best step is kept, "" if none is, and that step with its
// value; ok is false as long as there is none.
func (s *Session) Best() (metric string, step int64, value float64, ok bool) { return "", 0, 0, false }

// SetBest chooses the metric by which the best step is kept from now on; "" keeps none.
func (s *Session) SetBest(metric string) error { return errors.New("not yet") }
