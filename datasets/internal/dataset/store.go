package dataset

import (
	"fmt"
	"runtime"
)

// PictureSet is a set whose prepared items lie in memory as bytes. Whoever makes one may change its
// fields until others read it.
type PictureSet struct {
	About  Info        // what Info returns
	Item   int         // bytes of an item
	Data   []uint8     // Count items, one after the other
	Labels []int32     // index into About.Labels or -1; nil: none
	Ensure func(i int) // makes sure that item i is in Data; nil: it is

	Guard   func(n int, read func()) error // reads n bytes of data where that may fail; nil: it is in memory
	Origins *Origins                       // by item; nil: not known
	Bare    []string                       // notes, where nobody wants the labels
}

// NewPictureSet returns a set of pictures whose items are all in data.
func NewPictureSet(info Info, data []uint8, labels []int32) *PictureSet {
	return &PictureSet{About: info, Item: info.Shape[0] * info.Shape[1] * info.Shape[2], Data: data, Labels: labels}
}

// DropLabels makes a set one without labels.
func (p *PictureSet) DropLabels() {
	p.About.Labels, p.About.Attributes, p.About.Attribute, p.Labels, p.About.Notes = nil, nil, "", nil, p.Bare
}

// Info says what the set is.
func (p *PictureSet) Info() Info { return p.About }

// Len returns the number of pictures.
func (p *PictureSet) Len() int { return p.About.Count }

// Read writes picture i to dst as (H,W,C) values in [-1,1] and returns its label or -1. What is
// lost reads as grey; see TryRead.
func (p *PictureSet) Read(i int, dst []float32) int {
	label, err := p.TryRead(i, dst)
	if err != nil {
		clear(dst)
	}
	return label
}

// TryRead is Read, but for an error where the file of a kept set cannot be read any more. dst is
// then undefined.
func (p *PictureSet) TryRead(i int, dst []float32) (label int, err error) {
	CheckRead(i, p.About.Count, len(dst), p.Item)
	if p.Ensure != nil {
		p.Ensure(i)
	}
	src := p.Data[i*p.Item : (i+1)*p.Item]
	if p.Guard == nil {
		expand(dst, src)
	} else {
		err = p.Guard(p.Item, func() { expand(dst, src) })
		runtime.KeepAlive(p) // until here its memory is mapped
	}
	return p.Label(i), err
}

func expand(dst []float32, src []uint8) {
	for j, b := range src {
		dst[j] = FromByte[b]
	}
}

// CheckRead panics unless i is one of count items and there is room for the values of one.
func CheckRead(i, count, length, want int) {
	if i < 0 || i >= count {
		panic(fmt.Sprintf("datasets: item %d of %d", i, count))
	}
	if length != want {
		panic(fmt.Sprintf("datasets: room for %d values, an item has %d", length, want))
	}
}

// Label is that of item i, or -1.
func (p *PictureSet) Label(i int) int {
	if p.Labels == nil {
		return -1
	}
	return int(p.Labels[i])
}
