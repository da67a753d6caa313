package session

import (
	"context"
	"errors"
	"fmt"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// A Run is one of the runs that a project keeps.
type Run struct {
	ckpt.Run
	Current bool           // whether Open opens it where no other is asked for
	Plan    *recipe.Recipe // nil: it cannot be read
	Err     error          // why
}

// Runs returns the runs of the project, in the order in which they were made. The current one is
// that of the session.
func (s *Session) Runs() ([]Run, error) { return RunsOf(s.file) }

// RunsOf returns the runs of a project file, in the order in which they were made.
func RunsOf(f *ckpt.File) ([]Run, error) {
	all, err := f.Runs()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	current, err := f.RunByID(0)
	if err != nil {
		return nil, err
	}
	runs := make([]Run, len(all))
	for i, r := range all {
		runs[i] = Run{Run: r, Current: r.ID == current.ID}
		runs[i].Plan, runs[i].Err = RecipeOf(f, r)
	}
	return runs, nil
}

// RunID returns the number of the run that the session trains.
func (s *Session) RunID() int64 {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.run
}

// SwitchRun saves, and goes on with another run of the project at its newest checkpoint; it is the
// current one from then on. Of o it takes what Open would: Run, Data, ReadData and Changed, as the
// data of that run may be foreign, or have moved or changed. It fails while training goes on. After
// an error the session goes on with the run that it had.
func (s *Session) SwitchRun(ctx context.Context, o Options) error {
	release, err := s.occupy()
	if err != nil {
		return fmt.Errorf("go on with another run: %w", err)
	}
	defer s.publish(true)
	defer release()
	next, err := s.file.RunByID(o.Run)
	if err != nil || next.ID == s.RunID() {
		return err
	}
	o.DataProgress = s.options.DataProgress
	opened, err := s.openRun(ctx, next, -1, o)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.save("stop"); err != nil {
		return err
	}
	old := openedRun{run: ckpt.Run{ID: s.run}, recipe: s.recipe, data: s.data}
	step := s.trainer.Step
	if s.looking != nil {
		step = -1 // a thinned checkpoint cannot be restored
	}
	if err := s.take(opened, -1); err != nil {
		return errors.Join(err, s.take(old, step))
	}
	return nil
}

// openedRun is a run of the project with all that is needed to go on with it.
type openedRun struct {
	run     ckpt.Run
	recipe  *recipe.Recipe
	data    datasets.Set
	news    string // what of the data is to be recorded
	changed bool   // whether the items are others
}

// openRun reads the recipe and the data of a run that is to go on at a step, the newest if that is
// negative. It changes nothing of the session.
func (s *Session) openRun(ctx context.Context, run ckpt.Run, step int64, o Options) (opened openedRun, err error) {
	opened.run = run
	if opened.recipe, err = RecipeOf(s.file, run); err != nil {
		return opened, err
	}
	if err := s.checkBefore(run.ID, step, opened.recipe); err != nil {
		return opened, err
	}
	opened.data, opened.news, opened.changed, err = s.openData(ctx, run, opened.recipe, o)
	return opened, err
}

// take builds a run, restores a step of it, the newest if that is negative, and makes it the
// current one. The caller holds mu or is alone.
func (s *Session) take(o openedRun, step int64) error {
	if err := s.build(o.recipe, o.data); err != nil {
		return err
	}
	s.setRun(o.run.ID)
	if err := s.addMetrics(); err != nil {
		return err
	}
	if s.otherData = o.changed; o.changed {
		defer func() { s.otherData = false }()
	}
	if err := s.restore(step); err != nil {
		return err
	}
	if err := s.makeCurrent(); err != nil {
		return err
	}
	RememberRead(o.recipe)
	if o.news == "" {
		return nil
	}
	return s.noteData(o.run, o.news)
}

// makeCurrent notes that the session's run is the one to go on with, if another was.
func (s *Session) makeCurrent() error {
	if s.file.ReadOnly() || s.options.Beside {
		return nil
	}
	current, err := s.file.RunByID(0)
	if err != nil || current.ID == s.run {
		return err
	}
	return s.file.SetCurrent(s.run)
}

// Weight returns what the project weighs on the disk.
func (s *Session) Weight() (ckpt.Weight, error) { return s.file.Weight() }
