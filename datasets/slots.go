package datasets

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sync"

	"ganvas/engine/wholefile"
)

// slots are where prepared items go on their way to a set: into memory, or, where there are many,
// into a file in the cache, so that a million of them need no memory.
type slots struct {
	item     int // bytes of an item
	channels int
	data     []uint8  // of all items; nil: in file
	file     *os.File // in the cache, without its name yet
	keep     *keeping
	note     string // why they are not in the cache although they should be

	mu  sync.Mutex
	err error // the first of those of file
}

// room returns where to prepare item i. In memory this is its place; else it is the preparer's own.
func (c *slots) room(i int, p *preparer) []uint8 {
	if c.file == nil {
		return c.data[i*c.item : (i+1)*c.item]
	}
	if len(p.cell) != c.item {
		p.cell = make([]uint8, c.item)
	}
	return p.cell
}

// put takes item i, which was prepared in its room.
func (c *slots) put(i int, cell []uint8) {
	if c.file == nil {
		return
	}
	if _, err := c.file.WriteAt(cell, int64(i)*int64(c.item)); err != nil {
		c.fail(err)
	}
}

func (c *slots) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.err = err
	}
}

// failed returns why the file can take no more, or nil.
func (c *slots) failed() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// inMemory returns slots in memory in place of those whose file has failed.
func (c *slots) inMemory(what string, count, size, channels int, lim limits) (*slots, error) {
	err := c.failed()
	c.discard()
	if full := lim.checkMemory(what, count, size, channels); full != nil {
		return c, fmt.Errorf("read %s: its pictures do not fit into memory, and cannot be kept in %s: %w: make room there", what, c.keep.cache.dir, wholefile.Cause(err))
	}
	note := "not kept in the cache: " + reason(err)
	return &slots{item: c.item, channels: channels, data: make([]uint8, count*c.item), note: note}, nil
}

// discard removes the file, unless it became a set.
func (c *slots) discard() {
	if c.file != nil {
		c.file.Close()
		os.Remove(c.file.Name())
		c.file = nil
	}
}

// set makes a set of the items of good, without the gaps that failed candidates left, and with as
// many channels as info says. bare are the notes on it without its labels.
func (c *slots) set(info Info, bare []string, good []candidate, labels []int32) (*pictures, error) {
	channels := info.Shape[2]
	item := c.item / c.channels * channels
	if c.file != nil {
		set, err := c.setInFile(info, bare, good, labels, item)
		if err == nil {
			return set, nil
		}
		// What is in the file can still be read, most likely: the disk may be full.
		if int64(info.Count)*int64(item) > standardLimits.memory {
			return nil, fmt.Errorf("keep %s: %w: make room in %s", info.Name, wholefile.Cause(err), c.keep.cache.dir)
		}
		c.note = "not kept in the cache: " + reason(err)
		if c.data, err = c.readBack(good, item); err != nil {
			return nil, fmt.Errorf("read %s in the cache: %w", info.Name, wholefile.Cause(err))
		}
	} else {
		n := 0
		for i := range good {
			for k := range good[i].got {
				at := (good[i].first + k) * c.item
				narrowed(c.data[n:n+item], c.data[at:at+c.item], c.channels, channels)
				n += item
			}
		}
		c.data = c.data[:n]
	}
	if c.note != "" {
		info.Notes = append(info.Notes, c.note)
		bare = append(bare, c.note)
	}
	set := newPictures(info, c.data, labels)
	set.origins, set.bare = originsOf(good), bare
	return set, nil
}

// setInFile gives the file its final form and opens it.
func (c *slots) setInFile(info Info, bare []string, good []candidate, labels []int32, item int) (*pictures, error) {
	last := &good[len(good)-1]
	if item != c.item || last.first+last.got != info.Count {
		if err := c.squeeze(good, item); err != nil {
			return nil, err
		}
	}
	set, err := c.keep.finish(c.file, keptInfo{info, bare}, labels, originsOf(good))
	if err == nil {
		c.file = nil
	}
	return set, err
}

// squeeze copies the items of good to another file, with fewer bytes each and without gaps.
func (c *slots) squeeze(good []candidate, item int) error {
	to, err := c.keep.cache.create()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(to, 1<<20)
	err = c.each(good, item, func(cell []uint8) error {
		_, err := w.Write(cell)
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		to.Close()
		os.Remove(to.Name())
		return err
	}
	c.discard()
	c.file, c.item = to, item
	return nil
}

// readBack returns the items of good from the file.
func (c *slots) readBack(good []candidate, item int) ([]uint8, error) {
	data := make([]uint8, 0, itemsRead(good)*item)
	err := c.each(good, item, func(cell []uint8) error {
		data = append(data, cell...)
		return nil
	})
	return data, err
}

// each calls f with every item of good in the file, made as narrow as item bytes.
func (c *slots) each(good []candidate, item int, f func(cell []uint8) error) error {
	side := c.item / c.channels
	r := bufio.NewReaderSize(io.NewSectionReader(c.file, 0, 1<<62), 1<<20)
	cell := make([]uint8, c.item)
	at := 0
	for i := range good {
		if _, err := r.Discard((good[i].first - at) * c.item); err != nil {
			return err
		}
		for range good[i].got {
			if _, err := io.ReadFull(r, cell); err != nil {
				return err
			}
			narrowed(cell, cell, c.channels, item/side)
			if err := f(cell[:item]); err != nil {
				return err
			}
		}
		at = good[i].first + good[i].got
	}
	return nil
}
