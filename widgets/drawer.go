package widgets

import (
	"sync"
	"time"
)

// drawShare is which part of the time a drawer draws at most, unless told otherwise: training has
// the processor else.
const drawShare = 1.0 / 8

// A drawer runs a function on its own goroutine for the newest request, at most once an interval,
// and more seldom where the function takes long. The goroutine starts with the first request, ends
// when nothing is left to draw, and at the latest with close.
type drawer[R any] struct {
	draw     func(R)
	interval time.Duration // shortest time from one drawing's start to the next one's
	share    float64       // which part of the time it may draw; 0: drawShare

	mu      sync.Mutex
	request R
	waiting bool          // request holds something that was not drawn yet
	running bool          // the goroutine is alive
	closed  chan struct{} // made with the first request
	shut    bool
	ended   sync.WaitGroup
}

// put asks for r to be drawn; a request that was not begun yet is replaced. After close it does
// nothing.
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
		begin := time.Now()
		d.draw(r)
		pause := time.NewTimer(d.rest(time.Since(begin)))
		select {
		case <-pause.C:
		case <-d.closed:
			pause.Stop()
		}
	}
}

// rest returns how long to wait after a drawing that took so long.
func (d *drawer[R]) rest(took time.Duration) time.Duration {
	share := d.share
	if share == 0 {
		share = drawShare
	}
	return max(d.interval, time.Duration(float64(took)/share)) - took
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
