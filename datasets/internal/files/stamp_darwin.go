package files

import (
	"io/fs"
	"syscall"
)

// changed returns when a file or what is known of it was last changed, in nanoseconds. Nobody can
// set this time: it changes where a program restores the time of writing.
func changed(info fs.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctimespec.Nano()
	}
	return 0
}
