package datasets

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f once for every i in [0, n) on all processors and returns ctx's error if it was
// cancelled before the last one. worker is below workers(), and calls with the same worker do not
// overlap. done is told of each that is finished, by one goroutine at a time.
func inParallel(ctx context.Context, n int, done func(), f func(worker, i int)) error {
	var next atomic.Int64
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range min(workers(), n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(w, i)
				mu.Lock()
				done()
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func workers() int { return runtime.GOMAXPROCS(0) }
