package tensor

import (
	"sync"

	"ganvas/engine/internal/sgemm"
)

// sums and values lend buffers for partial sums and for values spread over columns, so that a
// kernel allocates none.
var (
	sums   scratchPool[float64]
	values scratchPool[float32]
)

// Release lets go what operations keep for their next use: buffers as large as the largest network
// that was used has asked for. The next operations make theirs anew. It may be called at any time.
func Release() {
	sgemm.Release()
	sums.empty()
	values.empty()
}

// A scratchPool keeps as many buffers as were ever lent at a time. It is safe for concurrent use.
type scratchPool[T float32 | float64] struct {
	mu   sync.Mutex
	free [][]T
}

// get returns n unspecified values.
func (l *scratchPool[T]) get(n int) []T {
	l.mu.Lock()
	var b []T
	if last := len(l.free) - 1; last >= 0 {
		b, l.free = l.free[last], l.free[:last]
	}
	l.mu.Unlock()
	if cap(b) < n {
		b = make([]T, n)
	}
	return b[:n]
}

// put takes back what get returned; it does nothing with nil.
func (l *scratchPool[T]) put(b []T) {
	if b == nil {
		return
	}
	l.mu.Lock()
	l.free = append(l.free, b)
	l.mu.Unlock()
}

func (l *scratchPool[T]) empty() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.free = nil
}
