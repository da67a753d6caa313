// Package work runs functions on all processors, and keeps what panics in them from ending the
// program.
package work

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Parallel calls f once for every i in [0, n) on all processors and returns ctx's error if it was
// cancelled before the last one. worker is below Workers(), and calls with the same worker do not
// overlap. done is told of each that is finished, by one goroutine at a time.
func Parallel(ctx context.Context, n int, done func(), f func(worker, i int)) error {
	var next atomic.Int64
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range min(Workers(), n) {
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

// Workers returns how many calls of a function run at the same time.
func Workers() int { return runtime.GOMAXPROCS(0) }
