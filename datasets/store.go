package datasets

import (
	"fmt"
	"runtime"
)

// pictures is a set whose prepared items lie in memory as bytes.
type pictures struct {
	info   Info
	item   int     // bytes of an item
	data   []uint8 // Count items, one after the other
	labels []int32 // index into info.Labels or -1; nil: none
	ensure func(i int)

	guard   func(n int, read func()) error // reads n bytes of data where that may fail; nil: it is in memory
	origins *originList                    // by item; nil: not known
	bare    []string                       // notes, where nobody wants the labels
}

func newPictures(info Info, data []uint8, labels []int32) *pictures {
	return &pictures{info: info, item: info.Shape[0] * info.Shape[1] * info.Shape[2], data: data, labels: labels}
}

// dropLabels makes a set one without labels.
func (p *pictures) dropLabels() {
	p.info.Labels, p.info.Attributes, p.info.Attribute, p.labels, p.info.Notes = nil, nil, "", nil, p.bare
}

// Info says what the set is.
func (p *pictures) Info() Info { return p.info }

// Len returns the number of pictures.
func (p *pictures) Len() int { return p.info.Count }

// Read writes picture i to dst as (H,W,C) values in [-1,1] and returns its label or -1. What is
// lost reads as grey; see TryRead.
func (p *pictures) Read(i int, dst []float32) int {
	label, err := p.TryRead(i, dst)
	if err != nil {
		clear(dst)
	}
	return label
}

// TryRead is Read, but for an error where the file of a kept set cannot be read any more. dst is
// then undefined.
func (p *pictures) TryRead(i int, dst []float32) (label int, err error) {
	checkRead(i, p.info.Count, len(dst), p.item)
	if p.ensure != nil {
		p.ensure(i)
	}
	src := p.data[i*p.item : (i+1)*p.item]
	if p.guard == nil {
		expand(dst, src)
	} else {
		err = p.guard(p.item, func() { expand(dst, src) })
		runtime.KeepAlive(p) // until here its memory is mapped
	}
	return p.label(i), err
}

func expand(dst []float32, src []uint8) {
	for j, b := range src {
		dst[j] = fromByte[b]
	}
}

func checkRead(i, count, length, want int) {
	if i < 0 || i >= count {
		panic(fmt.Sprintf("datasets: item %d of %d", i, count))
	}
	if length != want {
		panic(fmt.Sprintf("datasets: room for %d values, an item has %d", length, want))
	}
}

// label is that of item i, or -1.
func (p *pictures) label(i int) int {
	if p.labels == nil {
		return -1
	}
	return int(p.labels[i])
}
