//go:build (!unix && !windows) || solaris || aix

package wholefile

import (
	"errors"
	"os"
	"syscall"
)

func diskFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }

func hold(*os.File) bool { return true }

// removeAbandoned removes nothing: without locks it cannot be told what is abandoned.
func removeAbandoned(string) {}
