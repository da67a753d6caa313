//go:build linux || darwin || freebsd

package process

import (
	"math"
	"syscall"
)

func freeDisk(dir string) (int64, bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil || int64(s.Bavail) < 0 {
		return 0, false
	}
	blocks, size := int64(s.Bavail), int64(s.Bsize)
	if size > 0 && blocks > math.MaxInt64/size {
		return math.MaxInt64, true
	}
	return blocks * size, true
}
