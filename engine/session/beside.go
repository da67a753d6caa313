package session

import (
	"context"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// CreateIn starts a new run of r in a project file that is open, and stays so when the session is
// closed. Data that are nil are opened from r.Data. With Options.Beside another session may train
// another run of it meanwhile.
func CreateIn(ctx context.Context, f *ckpt.File, r *recipe.Recipe, data datasets.Set, o Options) (*Session, error) {
	data, err := dataOf(ctx, r, data, o)
	if err != nil {
		return nil, err
	}
	if err := r.Check(ItemShape(data)); err != nil {
		return nil, err
	}
	if err := CheckFree("train "+r.Name, r, data, false); err != nil {
		return nil, err
	}
	s := sharing(f, o)
	if err := s.build(r, data); err != nil {
		return nil, err
	}
	if err := s.begin(); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

// OpenIn opens a run of a project file that is open, as Open does, and leaves the file open when
// the session is closed.
func OpenIn(ctx context.Context, f *ckpt.File, o Options) (*Session, error) {
	s := sharing(f, o)
	if err := s.load(ctx, -1); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

// release lets go of the run, which may be deleted then.
func (s *Session) release() {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.letGo != nil {
		s.letGo()
	}
}

// sharing returns a session with a file that is somebody else's.
func sharing(f *ckpt.File, o Options) *Session {
	s := newSession(o)
	s.file, s.write, s.shared = f, f.Save, true
	return s
}

// File returns the project file, for what is done to runs other than the session's own. It may be
// used while training goes on.
func (s *Session) File() *ckpt.File { return s.file }

// RemoveDeleted removes the runs of a project that were deleted, with what is kept of their data.
func RemoveDeleted(f *ckpt.File) error {
	if f.ReadOnly() {
		return nil
	}
	return f.RemoveDeleted(func(run int64) []string { return []string{recordKey(run)} })
}
