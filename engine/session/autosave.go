package session

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"ganvas/engine/ckpt"
)

// firstRetry is how soon saving is tried again after a disk failed. Each further failure doubles
// it, up to the time between two savings.
const firstRetry = time.Second

// autosaver saves from time to time while training goes on. A disk that is full or fails does not
// end the training: what was not saved stays in memory, and is saved as soon as that succeeds.
type autosaver struct {
	session *Session
	next    time.Time
	early   time.Time     // before which it does not save for lack of room
	retry   time.Duration // after the next failure
}

func (s *Session) newAutosaver() *autosaver {
	now := s.options.Now()
	return &autosaver{session: s, next: now.Add(s.options.Autosave), early: now.Add(earlySaving(0)), retry: firstRetry}
}

// at saves if it is time to, or if what is to be kept of the last steps has no room any more.
func (a *autosaver) at(now time.Time, full bool) {
	due := !now.Before(a.next)
	if !due && (!full || now.Before(a.early)) {
		return
	}
	s := a.session
	wait := s.options.Autosave
	if err := s.locked(func() error { return s.saveAuto(due) }); err != nil {
		s.notSaved(err)
		wait, a.retry = min(wait, a.retry), 2*a.retry
	} else {
		a.retry = firstRetry
	}
	end := s.options.Now()
	if a.early = end.Add(max(earlySaving(end.Sub(now)), a.failing(wait))); due || a.failing(wait) > 0 {
		a.next = end.Add(wait)
	}
}

// failing returns how long not to try a saving for lack of room: as long as any, while the disk
// fails.
func (a *autosaver) failing(wait time.Duration) time.Duration {
	if wait < a.session.options.Autosave {
		return wait
	}
	return 0
}

// notSaved tells the screen that training goes on although it could not be saved.
func (s *Session) notSaved(err error) {
	s.ctl.Lock()
	s.status.SaveErr = err
	s.status.SaveErrs++
	s.ctl.Unlock()
	s.publish(false)
}

// saveLast saves at the end of training. Training that has done all of its steps tries until that
// succeeds or it is paused; training that was paused has someone to tell, who can try again. So has
// a project that is saved and only lacks its name.
func (s *Session) saveLast(ctx context.Context, kind string) error {
	nameless := false
	save := func() error {
		err := s.save(kind)
		nameless = s.saved == s.trainer.Step
		return err
	}
	err := s.locked(func() error {
		s.finishClassTest()
		return save()
	})
	for wait := min(firstRetry, s.options.Autosave); err != nil; wait = min(2*wait, s.options.Autosave) {
		s.notSaved(err)
		if ctx.Err() != nil || nameless || lasting(err) {
			return err
		}
		retry := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-retry.C:
		}
		retry.Stop()
		err = s.locked(save)
	}
	return nil
}

// lasting reports an error of saving that trying again cannot help: it lies in the project, not in
// the disk.
func lasting(err error) bool {
	for _, e := range []error{fs.ErrPermission, ckpt.ErrDamaged, ckpt.ErrReadOnly, ckpt.ErrClosed, ckpt.ErrNotProject} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// CloseWithin closes as Close does. Where saving fails it tries again for as long as patience,
// having told failed, which may be nil, why: who ends a run that cannot be asked any more would
// lose what a disk refused for a moment.
func (s *Session) CloseWithin(patience time.Duration, failed func(error)) error {
	s.Pause()
	_ = s.Wait()
	end := s.options.Now().Add(patience)
	save := func() error {
		if s.closed {
			return nil
		}
		return s.save("stop")
	}
	for err := s.locked(save); err != nil && s.options.Now().Before(end); err = s.locked(save) {
		if failed != nil {
			failed(err)
			failed = nil
		}
		<-time.After(min(firstRetry, patience))
	}
	return s.Close()
}
