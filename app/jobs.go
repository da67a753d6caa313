package app

import (
	"context"
	"sync"
)

// jobs owns everything that runs beside the UI goroutine: each piece of work has a context that
// ends with the window.
type jobs struct {
	do     func(func()) // fyne.Do
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex // nothing starts once stop was called
	stopped bool
	looking sync.WaitGroup // work that may be cut off by the end of the program
	writing sync.WaitGroup // work that may not
}

func newJobs(do func(func())) *jobs {
	j := &jobs{do: do}
	j.ctx, j.cancel = context.WithCancel(context.Background())
	return j
}

// start runs work on its own goroutine and then done, with its error, on the UI goroutine. The
// function that it returns cancels the work's context. done is not called once the window closes,
// and work that would only start then is not done. The end of the program waits a little for the
// work and then cuts it off: it leaves nothing that was asked for.
func (j *jobs) start(work func(ctx context.Context) error, done func(error)) context.CancelFunc {
	return j.begin(&j.looking, work, done)
}

// startWriting is start of work that makes what was asked for, such as a file: the program does not
// end before it.
func (j *jobs) startWriting(work func(ctx context.Context) error, done func(error)) context.CancelFunc {
	return j.begin(&j.writing, work, done)
}

func (j *jobs) begin(of *sync.WaitGroup, work func(ctx context.Context) error, done func(error)) context.CancelFunc {
	ctx, cancel := context.WithCancel(j.ctx)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stopped {
		cancel()
		return cancel
	}
	of.Go(func() {
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

// stop cancels everything and lets nothing start any more.
func (j *jobs) stop() {
	j.mu.Lock()
	j.stopped = true
	j.mu.Unlock()
	j.cancel()
}

// close cancels everything and waits for its end. Not on the UI goroutine.
func (j *jobs) close() {
	j.stop()
	j.writing.Wait()
	j.looking.Wait()
}
