// Package feed carries values from working goroutines to the one that owns the screen.
package feed

import "sync"

// A Feed carries the newest value from a working goroutine to the screen.
// Put never waits and never queues: a value nobody has seen yet is replaced.
//
// Do and Show must be set before the first Put and not changed afterwards.
type Feed[T any] struct {
	Do   func(func()) // fyne.Do, or a stand-in under test
	Show func(T)      // called on the UI goroutine

	mu      sync.Mutex
	latest  T
	waiting bool
}

// Put makes v the value to show next. It may be called from any goroutine; at most one call of Show
// is under way to the UI goroutine at any time, and it is given the newest value at the moment it
// runs.
func (f *Feed[T]) Put(v T) {
	f.mu.Lock()
	f.latest = v
	scheduled := f.waiting
	f.waiting = true
	f.mu.Unlock()
	if !scheduled {
		f.Do(f.showLatest)
	}
}

func (f *Feed[T]) showLatest() {
	f.mu.Lock()
	v := f.latest
	var none T
	f.latest = none // what was shown belongs to the screen; the feed keeps nothing alive
	f.waiting = false
	f.mu.Unlock()
	f.Show(v)
}
