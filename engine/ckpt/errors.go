package ckpt

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"zombiezen.com/go/sqlite"
)

// What can be wrong with a project file; errors of this package wrap one of these, or fs.ErrExist,
// fs.ErrNotExist and fs.ErrPermission.
var (
	ErrNotProject   = errors.New("not a Ganvas project")
	ErrDamaged      = errors.New("damaged")
	ErrNewer        = errors.New("made by a newer Ganvas")
	ErrInUse        = errors.New("in use by another Ganvas")
	ErrDiskFull     = errors.New("disk full")
	ErrNoCheckpoint = errors.New("no checkpoint")
	ErrThinned      = errors.New("the generator alone is kept")
	ErrReadOnly     = errors.New("opened read-only")
	ErrClosed       = errors.New("already closed")
)

// fault is an error with what the user can do about it.
type fault struct {
	kind   error
	detail string // may be empty
	remedy string
}

func (e *fault) Error() string {
	text := e.kind.Error()
	if e.detail != "" {
		text += " (" + e.detail + ")"
	}
	return text + ": " + e.remedy
}

func (e *fault) Unwrap() error { return e.kind }

// explain says in the user's words what SQLite or the file system reported, and what to do; others
// pass unchanged.
func explain(err error) error {
	var known *fault
	if err == nil || errors.As(err, &known) {
		return err
	}
	code := sqlite.ErrCode(err)
	switch code.ToPrimary() {
	case sqlite.ResultFull:
		return &fault{ErrDiskFull, "", "free some space and try again; what was saved before is intact"}
	case sqlite.ResultCorrupt, sqlite.ResultTooBig:
		return &fault{ErrDamaged, "", "it may have been cut off while it was copied: copy it again, or use an older copy"}
	case sqlite.ResultNotADB:
		return &fault{ErrNotProject, "", "choose a .ganvas file that Ganvas has written"}
	case sqlite.ResultBusy, sqlite.ResultLocked:
		return &fault{ErrInUse, "", "close it there or wait a moment, then try again"}
	case sqlite.ResultNoMem:
		return fmt.Errorf("%w: close other programs and try again", err)
	case sqlite.ResultIOErr:
		return fmt.Errorf("the disk failed to read or write: %w: check the disk, or save a copy elsewhere", err)
	case sqlite.ResultReadOnly:
		switch code {
		case sqlite.ResultReadOnlyDBMoved:
			return errors.New("the file was moved or deleted while it was open: save a copy under a new name")
		case sqlite.ResultReadOnlyRollback:
			return &fault{ErrInUse, "a save was interrupted there", "close the project here and open it again"}
		}
		return &fault{fs.ErrPermission, "", "copy the project to a folder that you may write to and open it there"}
	case sqlite.ResultPerm, sqlite.ResultCantOpen:
		return &fault{fs.ErrPermission, "", "the project and its folder must be readable, and writable for training"}
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return &fault{ErrDiskFull, "", "free some space and try again"}
	case errors.Is(err, syscall.EROFS):
		return &fault{fs.ErrPermission, "read-only medium", "copy the project to a folder that you may write to"}
	case errors.Is(err, fs.ErrPermission):
		return &fault{fs.ErrPermission, "", "choose a folder that you may write to"}
	}
	return err
}

// failed wraps err with the operation and the file.
func failed(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", op, path, explain(err))
}
