package wholefile

import (
	"errors"
	"os"
	"syscall"
)

func diskFull(err error) bool {
	const handleDiskFull, diskFull, quota, diskQuota = syscall.Errno(39), syscall.Errno(112), syscall.Errno(1816), syscall.Errno(1295)
	return errors.Is(err, handleDiskFull) || errors.Is(err, diskFull) || errors.Is(err, quota) || errors.Is(err, diskQuota)
}

// hold has nothing to do: the system removes no file that a process has open.
func hold(*os.File) bool { return true }

func removeAbandoned(name string) { os.Remove(name) }
