package tensor

import (
	"os"
	"runtime"
	"strconv"
	"sync"
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

// SetThreads sets how many processors a kernel may use at once; n below 1 counts as 1. Results do not depend on it.
func SetThreads(n int) { threads.Store(int32(max(1, n))) }

// Threads returns how many processors a kernel may use at once.
func Threads() int { return int(threads.Load()) }

// Parallel calls f on ranges that cover [0, n) once each, possibly at the same time, and returns when all are done.
// Ranges have at least grain elements, except the last. f must write only to what its range owns and must
// compute the same whatever the ranges are: that makes results independent of the number of threads.
func Parallel(n, grain int, f func(lo, hi int)) {
	parts := min(Threads(), max(1, n/max(1, grain)))
	if parts <= 1 {
		if n > 0 {
			f(0, n)
		}
		return
	}
	var wg sync.WaitGroup
	for i := 1; i < parts; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(n*i/parts, n*(i+1)/parts)
		}()
	}
	f(0, n/parts)
	wg.Wait()
}
