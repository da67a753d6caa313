//go:build unix && !solaris && !aix

package wholefile

import (
	"errors"
	"os"
	"syscall"
)

func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// hold locks a new file until it is closed, and tells whether it has its name still. On file
// systems without locks it is not locked, and RemoveAbandoned leaves it alone.
func hold(f *os.File) bool {
	for syscall.Flock(int(f.Fd()), syscall.LOCK_EX) == syscall.EINTR { // who looks has it for a moment
	}
	held, err1 := f.Stat()
	named, err2 := os.Lstat(f.Name())
	return err1 == nil && err2 == nil && os.SameFile(held, named)
}

// removeAbandoned removes a file that no process has locked.
func removeAbandoned(name string) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		os.Remove(name)
	}
}
