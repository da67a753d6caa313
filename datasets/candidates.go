package datasets

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
)

// candidate is an entry on its way to an item.
type candidate struct {
	*entry
	header *header // shared by those that have the same
	sum    [32]byte
	err    error // why it was left out
	partly error // why fewer items were read than it promises
	first  int   // of the items that it promises, among those of all
	items  int   // that it promises
	got    int   // that were read
	alpha  bool  // it has transparent pixels
	// What its prepared items have: colours, pixels that let something through.
	coloured, translucent bool
	unsteady              bool // it was written to while it was read
	peak                  peak // the brightest value of its pictures
}

// decodeWork is how many times as long as looking at what a picture is it takes to decode it, in
// about.
const decodeWork = 8

// readListing reads all pictures of a listing in two passes: what they are, which decides the
// shape, then what they show. what names the sources in errors.
func readListing(ctx context.Context, list *listing, what string, o Options, lim limits, progress func(done, total int)) (*pictures, error) {
	slices.SortStableFunc(list.entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	all := make([]candidate, len(list.entries))
	begun, done, total := 0, 0, len(all)
	tell := func() { progress((begun+decodeWork*done)/(1+decodeWork), total) }
	if err := list.examine(ctx, all, func() { begun++; tell() }, o, lim); err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	good := list.sift(all)
	count := place(good)
	if err := enough(list, count, what); err != nil {
		return nil, err
	}
	size, channels := shapeOf(good, o)
	to, err := list.keep.room(what, count, size, channels, list, lim)
	if err != nil {
		return nil, err
	}
	defer func() { to.discard() }()
	done = total - len(good) // what was sifted out is done
	step := func() { done++; tell() }
	for {
		if err := list.decode(ctx, good, to, step, size, channels, o, lim); err != nil {
			return nil, fmt.Errorf("read %s: %w", what, err)
		}
		if to.failed() != nil {
			done = total - len(good)
			if to, err = to.inMemory(what, count, size, channels, lim); err != nil {
				return nil, err
			}
		} else if list.white != 0 || !list.stretches(good) {
			break
		} else {
			step = func() {} // all are done once more, and were told already
		}
		for i := range good {
			good[i].forget()
		}
	}
	good = list.sift(good)
	count = itemsRead(good)
	if err := enough(list, count, what); err != nil {
		return nil, err
	}
	if o.Channels == 0 {
		channels = narrowest(good, channels)
	}
	info := Info{Kind: Pictures, White: list.white, Count: count, Shape: []int{size, size, channels}, Skipped: list.skipped, Fingerprint: fingerprint(good)}
	info.setParts(good)
	info.Notes = notes(good, list, info, o)
	labels, names, err := list.classify(ctx, good, o, lim)
	if err != nil && ctx.Err() == nil && list.unlabelled {
		labels, names, err = nil, nil, nil
	}
	if err != nil {
		return nil, err
	}
	bare := info.Notes
	info.Labels, info.Attributes, info.Attribute = names, list.attributes, list.attribute
	info.Notes = notes(good, list, info, o)
	return to.set(info, bare, good, perItem(good, labels))
}

// examine looks at the beginning of every entry. Most files of a set have the same header, which is
// kept once.
func (l *listing) examine(ctx context.Context, all []candidate, step func(), o Options, lim limits) error {
	known := make([]map[header]*header, workers())
	return inParallel(ctx, len(all), step, func(w, i int) {
		c := &all[i]
		c.entry = &l.entries[i]
		h, err := examine(*c.entry, o, lim)
		if c.err = err; err != nil {
			return
		}
		if c.items = h.frames; h.cells == nil {
			c.items = (h.frames-1)/max(1, o.Stride) + 1
		}
		if known[w] == nil {
			known[w] = make(map[header]*header)
		}
		if known[w][h] == nil && len(known[w]) < 1000 {
			known[w][h] = &h
		}
		c.header = cmp.Or(known[w][h], &h)
	})
}

// decode reads all candidates into slots.
func (l *listing) decode(ctx context.Context, good []candidate, to *slots, step func(), size, channels int, o Options, lim limits) error {
	preparers := make([]*preparer, workers())
	return inParallel(ctx, len(good), step, func(w, i int) {
		if preparers[w] == nil {
			preparers[w] = newPreparer(size, channels, o)
			preparers[w].white, preparers[w].seen = l.white, &l.bright
		}
		if to.failed() != nil {
			return
		}
		good[i].decode(to, preparers[w], o, lim)
		if good[i].unsteady {
			l.keep.distrust()
		}
	})
}

// decode reads the whole of a candidate into the slots of its items.
func (c *candidate) decode(to *slots, p *preparer, o Options, lim limits) {
	data, err := c.steadyContents(lim)
	if c.unsteady = errors.Is(err, errChanged); err != nil && !c.unsteady {
		c.err = err
		return
	}
	c.sum, c.size = sha256.Sum256(data), int64(len(data))
	h := *c.header
	if h.orient(data); h != *c.header { // the whole file may say more than its beginning did
		c.header = &h
	}
	if c.header.frames > 1 {
		c.decodeFrames(data, to, p, o, lim)
		return
	}
	img, err := decodeWith(&p.jpeg, data, lim)
	if err != nil {
		c.err = err
		return
	}
	_, c.err = guarded(func() (image.Image, error) {
		c.prepare(img, to, p)
		return nil, nil
	})
}

// decodeFrames is decode for a file of several items. What can be read of it stays.
func (c *candidate) decodeFrames(data []byte, to *slots, p *preparer, o Options, lim limits) {
	err := eachFrame(data, *c.header, lim, func(i int, img image.Image) bool {
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
func (c *candidate) prepare(img image.Image, to *slots, p *preparer) {
	c.alpha = c.alpha || !isOpaque(img)
	cell := to.room(c.first+c.got, p)
	img = stretched(img, p.white)
	p.do(cell, img)
	c.peak.add(img, p)
	if p.channels == 4 {
		c.translucent = c.translucent || translucent(cell)
	}
	if p.channels >= 3 {
		c.coloured = c.coloured || coloured(cell, p.channels)
	}
	to.put(c.first+c.got, cell)
	c.got++
}

// forget undoes decode.
func (c *candidate) forget() {
	c.err, c.partly, c.got, c.alpha, c.coloured, c.translucent, c.peak = nil, nil, 0, false, false, false, peak{}
}

// sift returns the candidates without an error, in the memory of all; the others become skipped, or
// are only counted where nobody would take them for pictures.
func (l *listing) sift(all []candidate) []candidate {
	good := all[:0]
	for _, c := range all {
		switch {
		case c.err == nil:
			good = append(good, c)
			if pages := new(errPages); errors.As(c.partly, &pages) {
				l.skip(c.name, pages.Error())
			} else if c.partly != nil {
				l.skip(c.name, fmt.Sprintf("only the first %s: %s", counted(c.got, "item", "items"), reason(c.partly)))
			}
		case errors.Is(c.err, errNotPicture) && !c.promised():
			l.other(c.name)
		case errors.Is(c.err, errEmpty) && !c.promised():
			l.others++
		default:
			if known := new(unreadError); errors.As(c.err, &known) {
				l.told++
			}
			l.skip(c.name, reason(c.err))
		}
	}
	return good
}
