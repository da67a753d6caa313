package sgemm

import (
	"sync"
	"unsafe"
)

// A FreeList keeps values for the next use. Unlike a sync.Pool it is not emptied by a garbage
// collection: a warm program must not allocate. It holds as many values as were ever in use at
// once, each as large as its largest use has left it, until Release.
//
// Goroutines at work at the same time mostly use different stripes of it, so that they do not pass
// the same line of memory to and fro.
type FreeList[T any] struct {
	stripes [stripes]stripe[T]
	known   sync.Once // that there is something to release
}

// used are the free lists that something was put into.
var used struct {
	mu   sync.Mutex
	list []interface{ empty() }
}

// Release lets all values go that free lists keep for the next use. It may be called while they are
// used; what is in use then is kept when it is put back.
func Release() {
	used.mu.Lock()
	defer used.mu.Unlock()
	for _, f := range used.list {
		f.empty()
	}
}

const stripes = 8

type stripe[T any] struct {
	mu   sync.Mutex
	list []*T
	_    [96]byte // two lines of a cache from the next one, as lines are fetched by pairs
}

// here tells goroutines apart by where their stacks lie.
func here() int {
	var local byte
	return int(uintptr(unsafe.Pointer(&local))>>14) & (stripes - 1)
}

// Get returns a value that was put back, or nil.
func (f *FreeList[T]) Get() *T {
	first := here()
	for i := range stripes {
		if v := f.stripes[(first+i)%stripes].get(); v != nil {
			return v
		}
	}
	return nil
}

func (s *stripe[T]) get() *T {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.list)
	if n == 0 {
		return nil
	}
	v := s.list[n-1]
	s.list = s.list[:n-1]
	return v
}

// Put takes v back.
func (f *FreeList[T]) Put(v *T) {
	f.known.Do(func() {
		used.mu.Lock()
		defer used.mu.Unlock()
		used.list = append(used.list, f)
	})
	s := &f.stripes[here()]
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list == nil {
		s.list = make([]*T, 0, 16)
	}
	s.list = append(s.list, v)
}

func (f *FreeList[T]) empty() {
	for i := range f.stripes {
		s := &f.stripes[i]
		s.mu.Lock()
		clear(s.list)
		s.list = s.list[:0]
		s.mu.Unlock()
	}
}
