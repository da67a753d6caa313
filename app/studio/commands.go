package studio

import (
	"context"
	"sync"
)

// A queue carries out what is asked of a project, one after the other, on a goroutine of its own, and
// knows when all of it is done.
type queue struct {
	wake chan struct{} // list is not empty

	mu     sync.Mutex
	list   []func()
	ended  bool // obey carries out nothing any more
	undone int  // commands and writing that are not done yet
	done   *sync.Cond
}

func newQueue() *queue {
	q := &queue{wake: make(chan struct{}, 1)}
	q.done = sync.NewCond(&q.mu)
	return q
}

// Command runs f, which may wait for a step or for the disk, after the commands before it, on
// another goroutine.
func (q *queue) Command(f func()) {
	q.mu.Lock()
	if q.ended {
		q.mu.Unlock()
		return
	}
	q.undone++
	q.list = append(q.list, f)
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// obey carries out commands in their order.
func (q *queue) obey(ctx context.Context) {
	defer q.drop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-q.wake:
		}
		for ctx.Err() == nil {
			q.mu.Lock()
			var next func()
			if len(q.list) > 0 {
				next, q.list = q.list[0], q.list[1:]
			}
			q.mu.Unlock()
			if next == nil {
				break
			}
			next()
			q.didOne()
		}
	}
}

// drop forgets the commands that are left.
func (q *queue) drop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = true
	q.undone -= len(q.list)
	q.list = nil
	q.done.Broadcast()
}

// didOne notes that something was done.
func (q *queue) didOne() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.undone--
	q.done.Broadcast()
}

// settle waits until everything that was asked of the project is done. Not on the goroutine of
// Options.Do.
func (q *queue) settle() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.undone > 0 {
		q.done.Wait()
	}
}

// begin notes that something was begun, which ends with didOne.
func (q *queue) begin() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.undone++
}

// Write changes the project in the background, and calls done, which may be nil, if that went well
// and the run is still open.
func (r *Run) Write(change func() error, done func()) {
	r.queue.begin()
	r.s.Jobs.StartWriting(func(context.Context) error {
		defer r.didOne()
		return change()
	}, func(err error) {
		switch {
		case err != nil:
			r.Fail(err)
		case done != nil && r.s.Run == r:
			done()
		}
	})
}
