//go:build !unix && !windows

package bench

// peakRSS returns 0: the system does not tell.
func peakRSS() int64 { return 0 }
