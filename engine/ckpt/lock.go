package ckpt

// A project that is open for writing has a lock file beside it. The lock is the operating system's,
// so a process that is killed leaves at most an empty file that locks nothing. SQLite's own locks
// cannot do this: they are held only during a transaction, and must not be, lest readers wait as
// long as a run takes.

// lockPath is the lock file of a project.
func lockPath(path string) string { return path + "-lock" }

// inUse is the error of a project that another process, or another window of this one, has open.
func inUse() error {
	return &fault{ErrInUse, "", "close it there first, or work on a copy"}
}
