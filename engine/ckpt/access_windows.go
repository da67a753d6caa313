package ckpt

// mayWrite reports whether the system lets this process write a file that is there. What Windows
// calls read-only is in the file's mode already.
func mayWrite(string) bool { return true }
