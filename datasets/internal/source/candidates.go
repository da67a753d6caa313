package source

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"iter"

	"ganvas/datasets/internal/cache"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
)

// candidate is an entry on its way to an item.
type candidate struct {
	*files.Entry
	header *picture.Header // shared by those that have the same
	sum    [32]byte
	err    error // why it was left out
	partly error // why fewer items were read than it promises
	first  int   // of the items that it promises, among those of all
	items  int   // that it promises
	got    int   // that were read
	alpha  bool  // it has transparent pixels
	// What its prepared items have: colours, pixels that let something through.
	coloured, translucent bool
	unsteady              bool         // it was written to while it was read
	peak                  prepare.Peak // the brightest value of its pictures
}

// examine looks at the beginning of every entry. Most files of a set have the same header, which is
// kept once.
func (r *reading) examine(ctx context.Context, all []candidate) error {
	known := make([]map[picture.Header]*picture.Header, work.Workers())
	return work.Parallel(ctx, len(all), func() { r.begun++; r.tell() }, func(w, i int) {
		c := &all[i]
		c.Entry = &r.list.Entries[i]
		h, err := picture.Examine(*c.Entry, r.o.Cell, r.lim)
		if c.err = err; err != nil {
			return
		}
		if c.items = h.Frames; h.Cells == nil {
			c.items = (h.Frames-1)/max(1, r.o.Stride) + 1
		}
		if known[w] == nil {
			known[w] = make(map[picture.Header]*picture.Header)
		}
		if known[w][h] == nil && len(known[w]) < 1000 {
			known[w][h] = &h
		}
		c.header = cmp.Or(known[w][h], &h)
	})
}

// decode reads the whole of a candidate into the slots of its items.
func (c *candidate) decode(to *cache.Slots, p *prepare.Preparer, o dataset.Options, lim dataset.Limits) {
	data, err := c.SteadyContents(lim)
	if c.unsteady = errors.Is(err, files.ErrChanged); err != nil && !c.unsteady {
		c.err = err
		return
	}
	c.sum, c.Size = sha256.Sum256(data), int64(len(data))
	h := *c.header
	if h.Orient(data); h != *c.header { // the whole file may say more than its beginning did
		c.header = &h
	}
	if c.header.Frames > 1 {
		c.decodeFrames(data, to, p, o, lim)
		return
	}
	img, err := picture.DecodeWith(&p.JPEG, data, lim)
	if err != nil {
		c.err = err
		return
	}
	_, c.err = work.Guarded(func() (image.Image, error) {
		c.prepare(img, to, p)
		return nil, nil
	})
}

// decodeFrames is decode for a file of several items. What can be read of it stays.
func (c *candidate) decodeFrames(data []byte, to *cache.Slots, p *prepare.Preparer, o dataset.Options, lim dataset.Limits) {
	err := picture.EachFrame(data, *c.header, lim, func(i int, img image.Image) bool {
		if i%max(1, o.Stride) == 0 {
			c.prepare(img, to, p)
		}
		return c.got < c.items
	})
	switch {
	case c.got > 0:
		c.partly = err
	case err != nil:
		c.err = err
	default:
		c.err = errors.New("nothing to be seen in it")
	}
}

// prepare makes a picture the next item of a candidate.
func (c *candidate) prepare(img image.Image, to *cache.Slots, p *prepare.Preparer) {
	c.alpha = c.alpha || !prepare.IsOpaque(img)
	cell := to.Room(c.first+c.got, &p.Cell)
	img = prepare.Stretched(img, p.White)
	p.Do(cell, img)
	c.peak.Add(img, p)
	if p.Channels == 4 {
		c.translucent = c.translucent || translucent(cell)
	}
	if p.Channels >= 3 {
		c.coloured = c.coloured || coloured(cell, p.Channels)
	}
	to.Put(c.first+c.got, cell)
	c.got++
}

// forget undoes decode.
func (c *candidate) forget() {
	c.err, c.partly, c.got, c.alpha, c.coloured, c.translucent, c.peak = nil, nil, 0, false, false, false, prepare.Peak{}
}

// sift returns the candidates without an error, in the memory of all; the others become skipped, or
// are only counted where nobody would take them for pictures.
func sift(l *files.Listing, all []candidate) []candidate {
	good := all[:0]
	for _, c := range all {
		switch {
		case c.err == nil:
			good = append(good, c)
			if pages := new(picture.PagesError); errors.As(c.partly, &pages) {
				l.Skip(c.Name, pages.Error())
			} else if c.partly != nil {
				l.Skip(c.Name, fmt.Sprintf("only the first %s: %s", wording.Counted(c.got, "item", "items"), wording.Reason(c.partly)))
			}
		case errors.Is(c.err, files.ErrNotPicture) && !c.Promised():
			l.Other(c.Name)
		case errors.Is(c.err, files.ErrEmpty) && !c.Promised():
			l.Others++
		default:
			if known := new(files.UnreadError); errors.As(c.err, &known) {
				l.Told++
			}
			l.Skip(c.Name, wording.Reason(c.err))
		}
	}
	return good
}

// entriesOf returns the files of candidates.
func entriesOf(all []candidate) []*files.Entry {
	out := make([]*files.Entry, len(all))
	for i := range all {
		out[i] = all[i].Entry
	}
	return out
}

// inputs tells of each candidate what its preparation depends on.
func inputs(all []candidate) iter.Seq[prepare.Input] {
	return func(yield func(prepare.Input) bool) {
		for i := range all {
			h := all[i].header
			if !yield(prepare.Input{W: h.W, H: h.H, Channels: h.Channels, Alpha: all[i].alpha}) {
				return
			}
		}
	}
}

// runs tells where the items of each candidate lie: the first one, and how many there are.
func runs(good []candidate) iter.Seq2[int, int] {
	return func(yield func(first, n int) bool) {
		for i := range good {
			if !yield(good[i].first, good[i].got) {
				return
			}
		}
	}
}
