package studio

import "context"

// Command runs f, which may wait for a step or for the disk, after the commands before it, on
// another goroutine.
func (r *Run) Command(f func()) {
	r.mu.Lock()
	if r.ended {
		r.mu.Unlock()
		return
	}
	r.undone++
	r.queue = append(r.queue, f)
	r.mu.Unlock()
	select {
	case r.commands <- struct{}{}:
	default:
	}
}

// obey carries out commands in their order.
func (r *Run) obey(ctx context.Context) {
	defer r.drop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.commands:
		}
		for ctx.Err() == nil {
			r.mu.Lock()
			var next func()
			if len(r.queue) > 0 {
				next, r.queue = r.queue[0], r.queue[1:]
			}
			r.mu.Unlock()
			if next == nil {
				break
			}
			next()
			r.didOne()
		}
	}
}

// drop forgets the commands that are left.
func (r *Run) drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
	r.undone -= len(r.queue)
	r.queue = nil
	r.done.Broadcast()
}

// didOne notes that something was done.
func (r *Run) didOne() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.undone--
	r.done.Broadcast()
}

// settle waits until everything that was asked of the project is done. Not on the goroutine of
// Options.Do.
func (r *Run) settle() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.undone > 0 {
		r.done.Wait()
	}
}

// Write changes the project in the background, and calls done, which may be nil, if that went well
// and the run is still open.
func (r *Run) Write(change func() error, done func()) {
	r.mu.Lock()
	r.undone++
	r.mu.Unlock()
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
