package dataset

import (
	"sync"
	"sync/atomic"
)

// OnDemand fills items when they are first asked for, each once, whichever goroutines ask.
type OnDemand struct {
	done  []atomic.Bool
	locks [64]sync.Mutex
	fill  func(i int)
}

// NewOnDemand returns what fills n items by calling fill.
func NewOnDemand(n int, fill func(i int)) *OnDemand {
	return &OnDemand{done: make([]atomic.Bool, n), fill: fill}
}

// Ensure fills item i unless that was done before.
func (o *OnDemand) Ensure(i int) {
	if o.done[i].Load() {
		return
	}
	mu := &o.locks[i%len(o.locks)]
	mu.Lock()
	defer mu.Unlock()
	if !o.done[i].Load() {
		o.fill(i)
		o.done[i].Store(true)
	}
}
