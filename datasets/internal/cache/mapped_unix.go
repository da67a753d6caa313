//go:build unix

package cache

import "golang.org/x/sys/unix"

// release gives the memory of a mapping back; what is read again comes from the system's cache.
func release(bytes []byte) { _ = unix.Madvise(bytes, unix.MADV_DONTNEED) }
