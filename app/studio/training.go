package studio

import (
	"context"
	"fmt"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// Training sets plans to work.
type Training struct {
	s            *Studio
	afterReading func() // called once the data of the plan are read; may be nil
}

// How is what a session is set to: to train, or to take a step.
type How = func(*session.Session)

// An Answer says what became of the wish to train.
type Answer int

// What Start answers.
const (
	Started     Answer = iota // or it trains already
	NotReady                  // Studio.Reason says why
	ReadOnly                  // the project cannot be written to: it has to be saved as another
	NeedsNewRun               // the plan has changed in what a run cannot take: Replace puts the run aside
	AllDone                   // all steps of the run are done: it takes more steps in the plan
)

// Start sets the plan to work: with the session that is open, with a new run in it, or with a new
// one.
func (t *Training) Start(how How) Answer {
	s := t.s
	switch {
	case s.Reason != "":
		return NotReady
	case s.Status.Running:
	case s.Run == nil:
		t.create(how)
	case s.Run.Session.ReadOnly():
		return ReadOnly
	case s.Differs && s.Status.Step == 0:
		t.Replace(how)
	case s.Differs:
		return NeedsNewRun
	case s.Status.Steps > 0 && s.Status.Step >= s.Status.Steps:
		return AllDone
	default:
		s.Said.Emit(Message{})
		r := s.Run
		r.Command(func() { how(r.Session) })
		s.SetToWork.Emit(None{})
	}
	return Started
}

// Pause has the run pause after the step under way.
func (t *Training) Pause() {
	if r := t.s.Run; r != nil {
		r.Session.Pause()
	}
}

// create makes a draft of the plan and sets it to work.
func (t *Training) create(how How) {
	s := t.s
	if s.Work.After(func() { t.Start(how) }) {
		return
	}
	r := newRun(s)
	plan, set := s.Plan.Now().Clone(), s.Data.Set
	s.Work.RunFirm("Building the networks", func(ctx context.Context, report func(done, total int)) (err error) {
		r.Session, err = session.Create(ctx, plan, set, "", r.options(report))
		return err
	}, func(err error) {
		if err != nil {
			r.cancel()
			s.FailUnlessCancelled(err)
			return
		}
		r.Recipe, r.Data = plan, set
		s.Projects.adopt(r)
		s.Projects.showRun(r)
		s.SetToWork.Emit(None{})
		r.Command(func() { how(r.Session) })
	})
}

// Replace starts the plan as a new run of the same project.
func (t *Training) Replace(how How) {
	s := t.s
	if s.Work.After(func() { t.Start(how) }) {
		return
	}
	r := s.Run
	plan, set := s.Plan.Now().Clone(), s.Data.Set
	before, trained := r.Recipe.Name, s.Status.Step > 0
	r.replaced = true
	s.Work.RunFirm("Building the networks", func(ctx context.Context, _ func(done, total int)) error {
		return r.Session.Replace(ctx, plan, set)
	}, func(err error) {
		if err != nil {
			r.stay()
			s.FailUnlessCancelled(err)
			return
		}
		r.Recipe, r.First, r.Data = plan, plan, set
		r.renew()
		s.Status = r.Session.Status()
		s.RunChanged.Emit(None{})
		s.Refresh()
		s.SetToWork.Emit(None{})
		if trained {
			s.Inform(fmt.Sprintf("The run before, “%s”, is kept in the project.", before), Choice{"Show runs", func() { s.Asked.Emit(WantsRuns{}) }})
		}
		r.Command(func() { how(r.Session) })
	})
}

// Restart makes next the plan and trains it as a new run; a run that trains pauses first.
func (t *Training) Restart(next *recipe.Recipe, label string) {
	s, r := t.s, t.s.Run
	s.Plan.Edit(next, label, false)
	begin := func() { t.WhenReady(func() { t.Replace((*session.Session).Train) }) }
	if !s.Status.Running {
		begin()
		return
	}
	r.Command(func() {
		r.Session.Pause()
		_ = r.Session.Wait() // why it stopped, if not for this, does not matter to another run
		s.Do(func() {
			if s.Run == r {
				begin()
			}
		})
	})
}

// WhenReady calls f once the data of the plan are read, which may be now, unless the plan or the
// run has changed by then.
func (t *Training) WhenReady(f func()) {
	s := t.s
	if !s.Data.Opening {
		f()
		return
	}
	same := s.ThisPlan()
	t.afterReading = func() {
		if same() {
			f()
		}
	}
}

// dataRead is called once the data of the plan are read.
func (t *Training) dataRead() {
	if next := t.afterReading; next != nil {
		t.afterReading = nil
		next()
	}
}

// Apply makes a remedy of the doctor part of the plan and of the run that goes on. It tells whether
// it can: some remedies need a new run, for which next is the plan (see Restart).
func (t *Training) Apply(m doctor.Remedy) (next *recipe.Recipe, done bool, err error) {
	s := t.s
	if next, err = m.Apply(s.Plan.Now()); err != nil {
		return nil, false, err
	}
	if err := s.Plan.forbids(next); err != nil {
		return nil, false, err
	}
	label := RemedyLabel(m)
	switch {
	case s.Run == nil:
		s.Plan.Edit(next, label, false)
		return next, true, nil
	case !m.Live:
		return next, false, nil
	}
	for _, c := range m.Changes {
		s.Plan.setInRun(c.Key, c.Value)
	}
	s.Plan.Edit(next, label, false)
	return next, true, nil
}

// RemedyLabel is what undo calls a remedy.
func RemedyLabel(m doctor.Remedy) string { return "Doctor: " + m.Title }

// NewRunText says what of a recipe only a new run can take, and what becomes of the run that is
// open.
func (t *Training) NewRunText(next *recipe.Recipe) string {
	return fmt.Sprintf("These cannot change while a run goes on:\n%s\n\nTraining with them starts a new run from step 0 in the same project. The run so far, %s, stays in the project: the Runs page opens it.",
		titles.Fixed(t.s.Run.Recipe, next), words.Counted(t.s.Status.Step, "step"))
}
