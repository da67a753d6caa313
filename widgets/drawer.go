package widgets

import (
	"sync"
	"time"
)

// A drawer runs a function on its own goroutine for the newest request, at most once an interval.
// The goroutine starts with the first request, ends when nothing is left to draw, and at the latest with close.
type drawer[R any] struct {
	draw     func(R)
	interval time.Duration // shortest time from one drawing's start to the next one's

	mu      sync.Mutex
	request R
	waiting bool          // request holds something that was not drawn yet
	running bool          // the goroutine is alive
	closed  chan struct{} // made with the first request
	shut    bool
	ended   sync.WaitGroup
}

// put asks for r to be drawn; a request that was not begun yet is replaced. After close it does nothing.
func (d *drawer[R]) put(r R) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut {
		return
	}
	d.request, d.waiting = r, true
	if d.running {
		return
	}
	if d.closed == nil {
		d.closed = make(chan struct{})
	}
	d.running = true
	d.ended.Go(d.run)
}

// take returns the newest request, or false and the end of the goroutine when there is none.
func (d *drawer[R]) take() (R, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.request
	var none R
	d.request = none
	if !d.waiting || d.shut {
		d.running = false
		return none, false
	}
	d.waiting = false
	return r, true
}

func (d *drawer[R]) run() {
	for {
		r, ok := d.take()
		if !ok {
			return
		}
		if d.interval <= 0 {
			d.draw(r)
			continue
		}
		pause := time.NewTimer(d.interval)
		d.draw(r)
		select {
		case <-pause.C:
		case <-d.closed:
			pause.Stop()
		}
	}
}

// close ends the goroutine and waits until it is gone. It may be called more than once.
func (d *drawer[R]) close() {
	d.mu.Lock()
	if !d.shut {
		d.shut = true
		if d.closed != nil {
			close(d.closed)
		}
	}
	d.mu.Unlock()
	d.ended.Wait()
}
