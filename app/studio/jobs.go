package studio

import (
	"context"
	"fmt"
	"sync"
	"time"

	"ganvas/app/words"
	"ganvas/engine/eta"
)

// Jobs owns everything that runs beside the goroutine of the window: each piece of work has a
// context that ends with the window.
type Jobs struct {
	do     func(func()) // runs a function on the window's goroutine
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex // nothing starts once Stop was called
	stopped bool
	looking sync.WaitGroup // work that may be cut off by the end of the program
	writing sync.WaitGroup // work that may not
}

// NewJobs returns jobs whose ends are told by do.
func NewJobs(do func(func())) *Jobs {
	j := &Jobs{do: do}
	j.ctx, j.cancel = context.WithCancel(context.Background())
	return j
}

// Start runs work on its own goroutine and then done, with its error, on the window's. The function
// that it returns cancels the work's context. done is not called once the window closes, and work
// that would only start then is not done. The end of the program waits a little for the work and
// then cuts it off: it leaves nothing that was asked for.
func (j *Jobs) Start(work func(ctx context.Context) error, done func(error)) context.CancelFunc {
	return j.begin(&j.looking, work, done)
}

// StartWriting is Start of work that makes what was asked for, such as a file: the program does not
// end before it.
func (j *Jobs) StartWriting(work func(ctx context.Context) error, done func(error)) context.CancelFunc {
	return j.begin(&j.writing, work, done)
}

func (j *Jobs) begin(of *sync.WaitGroup, work func(ctx context.Context) error, done func(error)) context.CancelFunc {
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

// Cancel ends the context of everything.
func (j *Jobs) Cancel() { j.cancel() }

// Stop cancels everything and lets nothing start any more.
func (j *Jobs) Stop() {
	j.mu.Lock()
	j.stopped = true
	j.mu.Unlock()
	j.cancel()
}

// StopAndWrite is Stop, and waits for what must not be cut off. Not on the window's goroutine.
func (j *Jobs) StopAndWrite() {
	j.Stop()
	j.writing.Wait()
}

// Close cancels everything and waits for its end. Not on the window's goroutine.
func (j *Jobs) Close() {
	j.StopAndWrite()
	j.looking.Wait()
}

// HowFar returns a function that work reports to, from one goroutine at a time, and that calls show
// on the window's goroutine at every twentieth with "35 %, 12 s left".
func (j *Jobs) HowFar(show func(text string)) func(done, total int) {
	estimator := eta.New(time.Now(), 0)
	shown := 0
	return func(done, total int) {
		now := time.Now()
		estimator.Note(now, float64(done))
		percent := 100 * done / max(1, total)
		if percent/5 == shown/5 || percent >= 100 {
			return
		}
		shown = percent
		text := fmt.Sprintf("%d %%", percent)
		if left := estimator.Left(now, float64(total)); left > 0 {
			text += ", " + words.Left(left)
		}
		j.do(func() { show(text) })
	}
}
