package datasets

import (
	"sync"
	"sync/atomic"
)

// onDemand fills items when they are first asked for, each once, whichever goroutines ask.
type onDemand struct {
	done  []atomic.Bool
	locks [64]sync.Mutex
	fill  func(i int)
}

func newOnDemand(n int, fill func(i int)) *onDemand {
	return &onDemand{done: make([]atomic.Bool, n), fill: fill}
}

func (o *onDemand) ensure(i int) {
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
