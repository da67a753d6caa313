package studio

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// Name is what the project is called.
func (p *Projects) Name() string {
	r := p.s.Run
	switch {
	case r == nil:
		return "untitled"
	case r.Session.Draft():
		return GivenName(r.Recipe) + " (draft)"
	}
	return filepath.Base(r.Session.Path())
}

// Save saves a project that has a place, and tells whether it has one.
func (p *Projects) Save() bool {
	r := p.s.Run
	if r == nil {
		return true
	}
	if r.Session.Draft() {
		return false
	}
	r.Write(r.Session.Save, p.s.saved)
	return true
}

// saved tells that the run was saved, or that it was not.
func (s *Studio) saved() {
	s.Status = s.Run.Session.Status()
	s.Saved.Emit(None{})
}

// SaveAs gives the project of a run a place, if the run is still open. The session goes on there.
func (p *Projects) SaveAs(r *Run, path string) {
	s := p.s
	if s.Work.After(func() { p.SaveAs(r, path) }) || s.Run != r {
		return
	}
	old := r.Session.Path()
	if path == old {
		p.Save()
		return
	}
	s.Work.RunFirm("Saving "+filepath.Base(path), func(context.Context, func(done, total int)) error {
		return r.Session.SaveAs(path)
	}, func(err error) {
		if err != nil {
			s.Failed.Emit(err)
			return
		}
		if !Exists(old) {
			s.Memory.RemoveRecent(old)
		}
		s.Memory.AddRecent(path)
		s.Remembered.Emit(None{})
		s.saved()
		s.Refresh()
	})
}

// TrySaving saves now a run whose saving has failed.
func (p *Projects) TrySaving(r *Run) {
	r.Write(func() error {
		if err := r.Session.Save(); err != nil && r.Session.Status().SaveErr == nil {
			return err
		}
		return nil
	}, p.s.saved)
}

// NotSavedText says that a run goes on without being saved: why, and what has been kept. It is
// empty while saving works.
func NotSavedText(s session.Status) string {
	if s.SaveErr == nil {
		return ""
	}
	why := words.Sentence(s.SaveErr.Error())
	if errors.Is(s.SaveErr, ckpt.ErrDiskFull) {
		why = "The disk is full: free some space"
	}
	kept := "nothing since it was opened is saved"
	if !s.LastSave.IsZero() {
		kept = "what was learnt up to " + s.LastSave.Format(time.TimeOnly) + " is saved"
	}
	goesOn := "Press Try again, or save it elsewhere."
	if s.Running {
		goesOn = "Training goes on, and saving is tried again."
	}
	return fmt.Sprintf("%s; %s. %s", why, kept, goesOn)
}

// Unsaved tells that a run came to its end but for saving.
func Unsaved(s session.Status) bool { return s.SaveErr != nil && errors.Is(s.Err, s.SaveErr) }

// Finish saves and closes what is open, trying for patience, and waits for what must not be cut off.
// It returns why a run could not be saved. Not on the goroutine of Options.Do.
func (s *Studio) Finish(patience time.Duration) (err error) {
	s.Jobs.Cancel()
	if r := s.shown.Load(); r != nil {
		r.settle()
		if err = r.Session.CloseWithin(patience, nil); err != nil {
			err = fmt.Errorf("save %s: %w", r.Session.Path(), err)
		} else {
			r.leaveExample()
		}
	}
	s.Jobs.StopAndWrite()
	return err
}
