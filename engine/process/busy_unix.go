//go:build unix && !solaris && !aix

package process

import (
	"os"
	"syscall"
)

// createLocked makes a file that is locked until it is closed. On file systems without locks it is
// not, and then looks abandoned.
func createLocked(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, err
	}
	for syscall.Flock(int(f.Fd()), syscall.LOCK_EX) == syscall.EINTR { // who looks has it for a moment
	}
	return f, nil
}

func read(path string) ([]byte, error) { return os.ReadFile(path) }

func removeOwn(path string) error { return os.Remove(path) }

// removeAbandoned removes a file that nobody has locked, and tells whether it is gone.
func removeAbandoned(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return os.IsNotExist(err)
	}
	defer f.Close()
	if syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) != nil {
		return false
	}
	if info, err := f.Stat(); err != nil || info.Size() == 0 { // it may be about to be locked
		return false
	}
	return os.Remove(path) == nil
}
