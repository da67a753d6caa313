package datasets

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// pictures is a set whose prepared items lie in memory as bytes.
type pictures struct {
	info   Info
	item   int     // bytes of an item
	data   []uint8 // Count items, one after the other
	labels []int32 // index into info.Labels or -1; nil: none
	ensure func(i int)

	origins []origin // by item; nil: not known
}

func newPictures(info Info, data []uint8, labels []int32) *pictures {
	return &pictures{info: info, item: info.Shape[0] * info.Shape[1] * info.Shape[2], data: data, labels: labels}
}

// Info says what the set is.
func (p *pictures) Info() Info { return p.info }

// Len returns the number of pictures.
func (p *pictures) Len() int { return p.info.Count }

// Read writes picture i to dst as (H,W,C) values in [-1,1] and returns its label or -1.
func (p *pictures) Read(i int, dst []float32) int {
	checkRead(i, p.info.Count, len(dst), p.item)
	if p.ensure != nil {
		p.ensure(i)
	}
	src := p.data[i*p.item : (i+1)*p.item]
	for j, b := range src {
		dst[j] = fromByte[b]
	}
	if p.labels == nil {
		return -1
	}
	return int(p.labels[i])
}

func checkRead(i, count, length, want int) {
	if i < 0 || i >= count {
		panic(fmt.Sprintf("datasets: item %d of %d", i, count))
	}
	if length != want {
		panic(fmt.Sprintf("datasets: room for %d values, an item has %d", length, want))
	}
}

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
