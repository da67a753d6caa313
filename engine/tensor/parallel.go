package tensor

import (
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
)

var threads atomic.Int32

func init() {
	n := runtime.NumCPU()
	if v, err := strconv.Atoi(os.Getenv("GANVAS_THREADS")); err == nil && v > 0 {
		n = v
	}
	threads.Store(int32(n))
}

// SetThreads sets how many processors a kernel may use at once; n below 1 counts as 1. Results do
// not depend on it.
func SetThreads(n int) { threads.Store(int32(max(1, n))) }

// Threads returns how many processors a kernel may use at once.
func Threads() int { return int(threads.Load()) }

// partsPerThread is more than one so that a processor that is held up by another program does not
// hold up the whole.
const partsPerThread = 4

// Parallel calls f on ranges that cover [0, n) once each, possibly at the same time, and returns
// when all are done. Ranges have at least grain elements, except the last. f must write only to
// what its range owns and must compute the same whatever the ranges are: that makes results
// independent of the number of threads. A call from within f, or while another goroutine's call is
// under way, does all its work on the caller. If f panics, Parallel panics with the same value once
// no call of f is running any more.
func Parallel(n, grain int, f func(lo, hi int)) {
	t := Threads()
	parts := min(t*partsPerThread, n/max(1, grain))
	if parts <= 1 || t <= 1 || !team.mu.TryLock() {
		if n > 0 {
			f(0, n)
		}
		return
	}
	p := team.do(n, parts, t-1, f)
	team.mu.Unlock()
	if p != nil {
		panic(p.value)
	}
}
