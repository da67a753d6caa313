package studio

import (
	"context"
	"fmt"

	"ganvas/app/words"
	"ganvas/engine/session"
)

// Plan finds out what a branch from a step of the run takes, and calls done with it.
func (t *TimeLine) Plan(step int64, done func(session.BranchPlan)) {
	s, r := t.s, t.s.Run
	if r == nil {
		return
	}
	same := s.ThisRun()
	var plan session.BranchPlan
	s.Jobs.Start(func(context.Context) (err error) {
		plan, err = r.Session.PlanBranch(step)
		return err
	}, func(err error) {
		switch {
		case !same():
		case err != nil:
			r.Fail(err)
		default:
			done(plan)
		}
	})
}

// BranchText says what a branch takes and what it leaves as it is.
func BranchText(plan session.BranchPlan, running bool) string {
	at := words.Thousands(plan.Step)
	text := fmt.Sprintf("A branch begins at step %s: a run of its own, in the same project. The run that is open now stays as it is.", at)
	if running {
		text += " It pauses first, and is saved."
	}
	text += "\n\n"
	if plan.Replay <= 0 {
		text += fmt.Sprintf("All of step %s is kept, so the branch begins at once.", at)
	} else {
		text += fmt.Sprintf("All of step %s is kept. %s from there are trained again, with the changes that you made then", words.Thousands(plan.From), words.Sentence(words.Counted(plan.Replay, "step")))
		if plan.Time > 0 {
			text += ": about " + words.Duration(plan.Time)
		}
		text += "."
	}
	if plan.SameBits {
		return text + " It is then as it was, to the last bit."
	}
	if plan.Why != "" {
		return text + " It may differ a little from what it was: " + plan.Why + "."
	}
	return text
}

// Branch goes on from a step of the run in a run of its own, if the run is still open. Where no
// branch is made, for it was cancelled for instance, the run goes on as it was.
func (t *TimeLine) Branch(r *Run, plan session.BranchPlan) {
	s := t.s
	if s.Work.After(func() { t.Branch(r, plan) }) || s.Run != r {
		return
	}
	before, trained := r.Session.RunID(), s.Status.Running
	name := fmt.Sprintf("%s, from %s", GivenName(r.Recipe), words.Thousands(plan.Step))
	title := "Going back to step " + words.Thousands(plan.Step)
	branch := int64(0)
	s.Projects.turnTo(title, Opening{Path: r.Session.Path()}, func(ctx context.Context, report func(done, total int)) (int64, error) {
		made, err := r.Session.Branch(ctx, plan.Step, name, func(done, total int64) { report(int(done), int(total)) })
		branch = made
		return made, err
	}, func(o Opening, err error) {
		if err == nil {
			s.Inform(fmt.Sprintf("Run %d goes on from step %s. Run %d is kept in the project: the charts show it as thin lines.", branch, words.Thousands(plan.Step), before),
				Choice{"Show runs", func() { s.Asked.Emit(WantsRuns{}) }})
			return
		}
		if trained {
			r.Command(r.Session.Train)
		}
		s.Projects.notOpened(o, err)
	})
}
