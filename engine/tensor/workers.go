package tensor

import (
	"sync"
	"sync/atomic"
	"time"
)

// team is the one workerPool of the program.
var team workerPool

// A workerPool is a caller and its workers, which live as long as the program. One job runs at a
// time. An idle worker spins for a while, because the next kernel usually follows at once, and then
// parks.
type workerPool struct {
	mu      sync.Mutex // held by the caller of the job under way
	workers []*worker

	// The job: written by the caller while no part is left to claim or unfinished.
	f        func(lo, hi int)
	n, parts int
	failure  atomic.Pointer[failure]

	_      [64]byte // what is below is written by all; keep it off the lines above
	ticket atomic.Uint64
	_      [56]byte
	left   atomic.Int64 // parts not finished
	parker
}

// A failure is what f panicked with.
type failure struct{ value any }

// A worker is one of the workerPool's goroutines.
type worker struct {
	id uint64
	parker
}

// A parker lets one goroutine sleep until another wakes it, with no wake-up lost or left over.
type parker struct {
	asleep atomic.Bool
	signal chan struct{}
}

// spinTime is how long to spin before parking. It is more than what a trainer does by itself
// between two steps, such as drawing latents. Waking a parked goroutine costs 30 to 50 µs, so spin
// this long first.
const spinTime = 200 * time.Microsecond

// until returns once ready holds, which wake must be called after.
func (p *parker) until(ready func() bool) {
	for start := time.Now(); time.Since(start) < spinTime; {
		for range 64 {
			if ready() {
				return
			}
		}
	}
	for !ready() {
		p.asleep.Store(true)
		// Whoever makes ready true looks at asleep afterwards; if that came before, see it here.
		if ready() && p.asleep.CompareAndSwap(true, false) {
			return
		}
		<-p.signal
	}
}

// wake wakes the sleeper, if there is one.
func (p *parker) wake() {
	if p.asleep.Load() && p.asleep.CompareAndSwap(true, false) {
		p.signal <- struct{}{}
	}
}

// A ticket tells how many parts are left to claim and, above them, how many workers may take part.
// Who has lowered it by one owns a part, and until that is finished the job stays as it is.
func ticket(helpers, parts int) uint64 { return uint64(helpers)<<32 | uint64(parts) }

func (c *workerPool) open(id uint64) bool {
	t := c.ticket.Load()
	return id < t>>32 && uint32(t) > 0
}

// claim returns a part of the job, or ok false if none is left for worker id.
func (c *workerPool) claim(id uint64) (part int, ok bool) {
	for {
		t := c.ticket.Load()
		if id >= t>>32 || uint32(t) == 0 {
			return 0, false
		}
		if c.ticket.CompareAndSwap(t, t-1) {
			return c.parts - int(uint32(t)), true
		}
	}
}

// do runs f on all parts of [0, n) with so many helpers and returns the first panic. The caller
// holds c.mu.
func (c *workerPool) do(n, parts, helpers int, f func(lo, hi int)) *failure {
	if c.signal == nil {
		c.signal = make(chan struct{}, 1)
	}
	for len(c.workers) < helpers {
		w := &worker{id: uint64(len(c.workers)), parker: parker{signal: make(chan struct{}, 1)}}
		c.workers = append(c.workers, w)
		go w.run(c)
	}
	c.f, c.n, c.parts = f, n, parts
	c.failure.Store(nil)
	c.left.Store(int64(parts))
	c.ticket.Store(ticket(helpers, parts))
	for _, w := range c.workers[:min(helpers, parts-1)] {
		w.wake()
	}
	for {
		part, ok := c.claim(0)
		if !ok {
			break
		}
		c.run(part)
	}
	c.until(func() bool { return c.left.Load() == 0 })
	c.f = nil
	return c.failure.Load()
}

// run does one part, or none of it once a part has panicked.
func (c *workerPool) run(part int) {
	defer func() {
		if v := recover(); v != nil {
			c.failure.CompareAndSwap(nil, &failure{v})
		}
		if c.left.Add(-1) == 0 {
			c.wake()
		}
	}()
	if c.failure.Load() == nil {
		// In this form the product cannot overflow where n fits.
		q, r := c.n/c.parts, c.n%c.parts
		lo := part*q + min(part, r)
		hi := lo + q
		if part < r {
			hi++
		}
		c.f(lo, hi)
	}
}

// run is a worker's life.
func (w *worker) run(c *workerPool) {
	giveWay()
	ready := func() bool { return c.open(w.id) }
	for {
		w.until(ready)
		for {
			part, ok := c.claim(w.id)
			if !ok {
				break
			}
			c.run(part)
		}
	}
}
