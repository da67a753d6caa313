package studio

import (
	"context"
	"fmt"

	"ganvas/engine/session"
)

// AddRun has a run of something, a file for instance, added to the project of r, if that is still
// open, and goes on with it; the run before stays in the project. Training pauses for that, and
// goes on where nothing was added.
func (p *Projects) AddRun(r *Run, of string, add func(ctx context.Context, s *session.Session) (run int64, err error)) {
	s := p.s
	if s.Work.After(func() { p.AddRun(r, of, add) }) || s.Run != r {
		return
	}
	before, trained := r.Session.RunID(), s.Status.Running
	added := int64(0)
	p.turnTo("Importing "+of, Opening{Path: r.Session.Path()}, func(ctx context.Context, _ func(done, total int)) (run int64, err error) {
		added, err = add(ctx, r.Session)
		return added, err
	}, func(o Opening, err error) {
		show := s.Training.showRuns()
		switch {
		case err == nil:
			s.Inform(fmt.Sprintf("%s is run %d now: Train goes on with it. Run %d is kept in the project.", of, added, before), show)
			return
		case added != 0:
			s.Inform(fmt.Sprintf("%s is run %d of the project, and was not opened: run %d stays open.", of, added, before), show)
		case trained:
			r.Command(r.Session.Train)
		}
		p.notOpened(o, err)
	})
}
