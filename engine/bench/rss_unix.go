//go:build unix

package bench

import (
	"runtime"
	"syscall"
)

// peakRSS returns the largest resident size in bytes that the process has had.
func peakRSS() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" { // these count bytes, the others kibibytes
		return int64(u.Maxrss)
	}
	return int64(u.Maxrss) << 10
}
