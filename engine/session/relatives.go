package session

import (
	"slices"

	"ganvas/engine/ckpt"
)

// A Relative is another run of the project that has its beginning in common with the session's run.
type Relative struct {
	Run     ckpt.Run
	Step    int64 // up to which both are one
	History History
}

// mostRelatives is how many relatives there are at most: the run that the session's goes on from,
// and the newest of the others.
const mostRelatives = 3

// Relatives returns runs that the session's run goes on from, that go on from it, or that go on from
// the same, the first kind first. It waits for the disk, not for a training step.
func (s *Session) Relatives() ([]Relative, error) {
	way, runs, err := s.way()
	if err != nil || len(way) == 0 {
		return nil, err
	}
	own := way[len(way)-1].run
	var related []Relative
	for _, r := range slices.Backward(runs) {
		switch {
		case r.ID == own.ID || own.Parent == 0 && r.Parent != own.ID:
		case r.ID == own.Parent:
			related = slices.Insert(related, 0, Relative{Run: r, Step: own.FromStep})
		case r.Parent == own.ID:
			related = append(related, Relative{Run: r, Step: r.FromStep})
		case r.Parent == own.Parent:
			related = append(related, Relative{Run: r, Step: min(r.FromStep, own.FromStep)})
		}
	}
	related = related[:min(mostRelatives, len(related))]
	for i := range related {
		if related[i].History, _, err = HistoryOf(s.file, related[i].Run.ID); err != nil {
			return nil, err
		}
	}
	return related, nil
}
