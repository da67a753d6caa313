//go:build !linux

package cli

// onFullDisk has no file system of its own to run in.
func onFullDisk(Env) int { return 99 }
