package app

import (
	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/engine/session"
)

// askBranch says what a run takes that goes on from the step that is looked at, and makes it.
func (q *questions) askBranch() {
	s, r := q.s, q.s.Run
	switch {
	case r == nil:
		q.s.Warn("There is no run to go on from yet: open a project, or press Train.")
		return
	case !s.TimeLine.Past():
		s.Inform("Choose a step on the time line of the Train page first: the newest step goes on with Train.")
		return
	case r.Session.ReadOnly():
		q.sayReadOnly()
		return
	}
	s.TimeLine.Plan(s.TimeLine.At, func(plan session.BranchPlan) {
		if q.desk.Modal() {
			return
		}
		text := studio.BranchText(plan, s.Status.Running)
		q.desk.Confirm(s.ThisRun(), "Continue from step "+words.Thousands(plan.Step)+"?", "Make a branch", text, func(ok bool) {
			if ok {
				s.TimeLine.Branch(r, plan)
			}
		})
	})
}
