package ckpt

import "syscall"

// lock is a held lock of a project file.
type lock struct {
	h    syscall.Handle
	sure bool // always true
}

// acquire takes the lock of the project at path or fails with ErrInUse: the lock file is opened
// shared with nobody, and Windows removes it with its last handle, however the process ends.
func acquire(path string) (*lock, error) {
	name, err := syscall.UTF16PtrFromString(lockPath(path))
	if err != nil {
		return nil, err
	}
	const deleteOnClose, sharingViolation = 0x04000000, syscall.Errno(32)
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_NORMAL|deleteOnClose, 0)
	if err == sharingViolation {
		return nil, inUse()
	}
	if err != nil {
		return nil, err
	}
	return &lock{h, true}, nil
}

// release gives the lock back; its file goes with it.
func (l *lock) release() {
	if l == nil || l.h == 0 {
		return
	}
	syscall.CloseHandle(l.h)
	l.h = 0
}
