package app

import (
	"context"
	"sync"
)

// jobs owns everything that runs beside the UI goroutine: each piece of work has a context that ends with the window.
type jobs struct {
	do     func(func()) // fyne.Do
	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex // nothing starts once close waits
	closed bool
	ended  sync.WaitGroup
}

func newJobs(do func(func())) *jobs {
	j := &jobs{do: do}
	j.ctx, j.cancel = context.WithCancel(context.Background())
	return j
}

// start runs work on its own goroutine and then done, with its error, on the UI goroutine. The function that it returns
// cancels the work's context. done is not called once the window closes, and work that would only start then is not done.
func (j *jobs) start(work func(ctx context.Context) error, done func(error)) context.CancelFunc {
	ctx, cancel := context.WithCancel(j.ctx)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		cancel()
		return cancel
	}
	j.ended.Go(func() {
		defer cancel()
		err := work(ctx)
		if done == nil || j.ctx.Err() != nil {
			return
		}
		j.do(func() {
			if j.ctx.Err() == nil {
				done(err)
			}
		})
	})
	return cancel
}

// close cancels everything and waits for its end. Not on the UI goroutine.
func (j *jobs) close() {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	j.cancel()
	j.ended.Wait()
}
