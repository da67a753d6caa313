package datasets

import (
	"bytes"
	"io"
	"sync"
)

// finds tells how many files were found so far, by one goroutine at a time; how many there are is not known then, and told as 0.
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

// lineWatch tells how many lines of a file of text were read, and how many there are in all likelihood, as far as the share of its bytes that
// were read lets expect. The bytes may be packed, the lines not.
type lineWatch struct {
	size, read int64 // bytes of the file
	lines      int
	tell       func(done, total int)
}

// bytes watches the file.
func (w *lineWatch) bytes(r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		n, err := r.Read(p)
		w.read += int64(n)
		return n, err
	})
}

// text watches what the file holds.
func (w *lineWatch) text(r io.Reader) io.Reader {
	return readFunc(func(p []byte) (int, error) {
		n, err := r.Read(p)
		w.lines += bytes.Count(p[:n], []byte{'\n'})
		if w.read > 0 && w.lines > 0 {
			w.tell(w.lines, max(w.lines, int(float64(w.lines)*float64(w.size)/float64(w.read))))
		}
		return n, err
	})
}

// readFunc is a Read.
type readFunc func(p []byte) (int, error)

// Read calls the function.
func (f readFunc) Read(p []byte) (int, error) { return f(p) }
