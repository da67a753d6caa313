package studio

import (
	"context"
	"sync"
)

// beside is work that trains runs of a project beside the one that is open. The project closes after
// its end.
type beside struct {
	mu     sync.Mutex
	cancel context.CancelFunc // of the work under way; nil: there is none
	done   chan struct{}      // closed at its end
	over   bool               // the project closes: nothing begins any more
}

// begin runs work on a goroutine of its own, and tells whether it does: not while other work is under
// way, nor once the project closes.
func (b *beside) begin(ctx context.Context, jobs *Jobs, work func(ctx context.Context)) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over || b.cancel != nil {
		return false
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	b.cancel, b.done = cancel, done
	jobs.StartWriting(func(context.Context) error {
		defer b.ended(done)
		work(ctx)
		return nil
	}, nil)
	return true
}

func (b *beside) ended(done chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cancel()
	b.cancel = nil
	close(done)
}

// stop ends the work under way, which saves; it does not wait.
func (b *beside) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cancel != nil {
		b.cancel()
	}
}

// end stops the work, waits for its end, and lets none begin after it unless again is called. Not on
// the goroutine of Options.Do.
func (b *beside) end() {
	b.mu.Lock()
	b.over = true
	done := b.done
	if b.cancel == nil {
		done = nil
	} else {
		b.cancel()
	}
	b.mu.Unlock()
	if done != nil {
		<-done
	}
}

// again lets work begin as before: the project could not be closed.
func (b *beside) again() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = false
}
