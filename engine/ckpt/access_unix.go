//go:build !windows

package ckpt

import "syscall"

// mayWrite reports whether the system lets this process write a file that is there.
func mayWrite(path string) bool {
	const write = 2
	return syscall.Access(path, write) == nil
}
