package session

import (
	"runtime"
	"runtime/metrics"
)

// A heap keeps the garbage of a run small: reading data, pictures and savings leave some, and Go by
// itself would let it grow to the size of all that lives, networks and data included. Collecting is
// cheap, as most of that are numbers, which nobody scans.
type heap struct{ live int64 }

// mostGarbage is how much there may be.
const mostGarbage = 8 << 20

func newHeap() *heap { return &heap{live: heapBytes()} }

// tidy collects garbage if there may be much of it. It is called after every picture.
func (h *heap) tidy() {
	if heapBytes() > h.live+mostGarbage {
		runtime.GC()
		h.live = heapBytes()
	}
}

// heapBytes returns the size of all objects, those included that nobody needs any more and that are
// not yet collected.
func heapBytes() int64 { return metric("/memory/classes/heap/objects:bytes") }

// allocatedBytes returns the size of all objects that there ever were.
func allocatedBytes() int64 { return metric("/gc/heap/allocs:bytes") }

func metric(name string) int64 {
	s := []metrics.Sample{{Name: name}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64())
}
