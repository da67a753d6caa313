package sgemm

import "sync"

// A FreeList keeps values for the next use. Unlike a sync.Pool it is not emptied by a garbage collection:
// a warm program must not allocate. It holds as many values as were ever in use at once.
type FreeList[T any] struct {
	mu   sync.Mutex
	list []*T
}

// Get returns a value that was put back, or nil.
func (f *FreeList[T]) Get() *T {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := len(f.list)
	if n == 0 {
		return nil
	}
	v := f.list[n-1]
	f.list = f.list[:n-1]
	return v
}

// Put takes v back.
func (f *FreeList[T]) Put(v *T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, v)
}
