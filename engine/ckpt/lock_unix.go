//go:build !windows

package ckpt

import (
	"errors"
	"os"
	"syscall"
)

// lock is a held lock of a project file.
type lock struct {
	f    *os.File
	sure bool // false on a file system without locks
}

// acquire takes the lock of the project at path or fails with ErrInUse. On file systems without
// locks it succeeds.
func acquire(path string) (*lock, error) {
	name := lockPath(path)
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, err
		}
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		sure := err == nil
		switch {
		case errors.Is(err, syscall.EWOULDBLOCK):
			f.Close()
			return nil, inUse()
		case errors.Is(err, syscall.EINTR):
			f.Close()
			continue
		}
		// The holder before us may have removed the name between our opening and our locking: then
		// we hold the lock of a file that nobody else will find.
		held, err1 := f.Stat()
		named, err2 := os.Stat(name)
		if err1 == nil && err2 == nil && os.SameFile(held, named) {
			return &lock{f, sure}, nil
		}
		f.Close()
		if err1 != nil {
			return nil, err1
		}
	}
}

// release gives the lock back and removes its file.
func (l *lock) release() {
	if l == nil || l.f == nil {
		return
	}
	os.Remove(l.f.Name()) // before unlocking, so that nobody's lock file is removed but ours
	l.f.Close()
	l.f = nil
}
