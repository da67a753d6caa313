package datasets

import "sync"

// finds tells how many files were found so far, by one goroutine at a time; how many there are is
// not known then, and told as 0.
type finds struct {
	mu   sync.Mutex
	n    int
	tell func(done, total int)
}

// add counts more files.
func (f *finds) add(n int) {
	if f == nil || n == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n += n
	f.tell(f.n, 0)
}
