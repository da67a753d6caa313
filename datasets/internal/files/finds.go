package files

import "sync"

// Finds tells how many files were found so far, by one goroutine at a time; how many there are is
// not known then, and told as 0.
type Finds struct {
	mu   sync.Mutex
	n    int
	Tell func(done, total int)
}

// add counts more files.
func (f *Finds) add(n int) {
	if f == nil || n == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n += n
	f.Tell(f.n, 0)
}
