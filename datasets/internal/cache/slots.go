package cache

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"os"
	"sync"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
	"ganvas/engine/wholefile"
)

// Slots are where prepared items go on their way to a set: into memory, or, where there are many,
// into a file in the cache, so that a million of them need no memory.
type Slots struct {
	item     int // bytes of an item
	channels int
	data     []uint8  // of all items; nil: in file
	file     *os.File // in the cache, without its name yet
	keep     *Keeping
	note     string // why they are not in the cache although they should be

	mu  sync.Mutex
	err error // the first of those of file
}

// SlotShape is how many items there are, and the side and channels of each.
type SlotShape struct{ Count, Side, Channels int }

// item is how many bytes one has.
func (s SlotShape) item() int { return s.Side * s.Side * s.Channels }

// Prepared is what a set is made of whose items are in slots.
type Prepared struct {
	Info    dataset.Info
	Bare    []string // notes, where nobody wants its labels
	Labels  []int32
	Origins *dataset.Origins
	Runs    iter.Seq2[int, int] // where the items lie: the first of some that follow each other, and how many
}

// SlotsInMemory returns slots in memory; note says why they are not in the cache, if they should be.
func SlotsInMemory(shape SlotShape, note string) *Slots {
	return &Slots{item: shape.item(), channels: shape.Channels, data: make([]uint8, shape.Count*shape.item()), note: note}
}

// Room returns where to prepare item i. In memory this is its place; else it is the caller's own
// room, which grows to it.
func (c *Slots) Room(i int, own *[]uint8) []uint8 {
	if c.file == nil {
		return c.data[i*c.item : (i+1)*c.item]
	}
	if len(*own) != c.item {
		*own = make([]uint8, c.item)
	}
	return *own
}

// Put takes item i, which was prepared in its room.
func (c *Slots) Put(i int, cell []uint8) {
	if c.file == nil {
		return
	}
	if _, err := c.file.WriteAt(cell, int64(i)*int64(c.item)); err != nil {
		c.fail(err)
	}
}

func (c *Slots) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.err = err
	}
}

// Failed returns why the file can take no more, or nil.
func (c *Slots) Failed() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// InMemory returns slots in memory in place of those whose file has failed.
func (c *Slots) InMemory(what string, shape SlotShape, lim dataset.Limits) (*Slots, error) {
	err := c.Failed()
	c.Discard()
	if full := lim.CheckMemory(what, shape.Count, shape.Side, shape.Channels); full != nil {
		return nil, fmt.Errorf("read %s: its pictures do not fit into memory, and cannot be kept in %s: %w: make room there", what, c.keep.cache.dir, wholefile.Cause(err))
	}
	return SlotsInMemory(shape, "not kept in the cache: "+wording.Reason(err)), nil
}

// Discard removes the file, unless it became a set.
func (c *Slots) Discard() {
	if c.file != nil {
		c.file.Close()
		os.Remove(c.file.Name())
		c.file = nil
	}
}

// Set makes a set of what was prepared, without the gaps that failed files left, and with as many
// channels as its info says.
func (c *Slots) Set(of Prepared) (*dataset.PictureSet, error) {
	info := of.Info
	channels := info.Shape[2]
	item := c.item / c.channels * channels
	if c.file != nil {
		set, err := c.setInFile(of, item)
		if err == nil {
			return set, nil
		}
		// What is in the file can still be read, most likely: the disk may be full.
		if int64(info.Count)*int64(item) > dataset.StandardLimits.Memory {
			return nil, fmt.Errorf("keep %s: %w: make room in %s", info.Name, wholefile.Cause(err), c.keep.cache.dir)
		}
		c.note = "not kept in the cache: " + wording.Reason(err)
		if c.data, err = c.readBack(of, item); err != nil {
			return nil, fmt.Errorf("read %s in the cache: %w", info.Name, wholefile.Cause(err))
		}
	} else {
		n := 0
		for first, count := range of.Runs {
			for k := first; k < first+count; k++ {
				narrowed(c.data[n:n+item], c.data[k*c.item:(k+1)*c.item], c.channels, channels)
				n += item
			}
		}
		c.data = c.data[:n]
	}
	if c.note != "" {
		info.Notes = append(info.Notes, c.note)
		of.Bare = append(of.Bare, c.note)
	}
	set := dataset.NewPictureSet(info, c.data, of.Labels)
	set.Origins, set.Bare = of.Origins, of.Bare
	return set, nil
}

// setInFile gives the file its final form and opens it.
func (c *Slots) setInFile(of Prepared, item int) (*dataset.PictureSet, error) {
	end := 0
	for first, count := range of.Runs {
		end = first + count
	}
	if item != c.item || end != of.Info.Count {
		if err := c.squeeze(of, item); err != nil {
			return nil, err
		}
	}
	set, err := c.keep.finish(c.file, of)
	if err == nil {
		c.file = nil
	}
	return set, err
}

// squeeze copies the items to another file, with fewer bytes each and without gaps.
func (c *Slots) squeeze(of Prepared, item int) error {
	to, err := c.keep.cache.create()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(to, 1<<20)
	err = c.each(of.Runs, item, func(cell []uint8) error {
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
	c.Discard()
	c.file, c.item = to, item
	return nil
}

// readBack returns the items from the file.
func (c *Slots) readBack(of Prepared, item int) ([]uint8, error) {
	data := make([]uint8, 0, of.Info.Count*item)
	err := c.each(of.Runs, item, func(cell []uint8) error {
		data = append(data, cell...)
		return nil
	})
	return data, err
}

// each calls f with every item in the file, made as narrow as item bytes.
func (c *Slots) each(runs iter.Seq2[int, int], item int, f func(cell []uint8) error) error {
	side := c.item / c.channels
	r := bufio.NewReaderSize(io.NewSectionReader(c.file, 0, 1<<62), 1<<20)
	cell := make([]uint8, c.item)
	at := 0
	for first, count := range runs {
		if _, err := r.Discard((first - at) * c.item); err != nil {
			return err
		}
		for range count {
			if _, err := io.ReadFull(r, cell); err != nil {
				return err
			}
			narrowed(cell, cell, c.channels, item/side)
			if err := f(cell[:item]); err != nil {
				return err
			}
		}
		at = first + count
	}
	return nil
}

// narrowed copies pixels of some channels to dst with fewer: the first ones. Both may begin at the
// same place.
func narrowed(dst, src []uint8, from, to int) {
	if from == to {
		copy(dst, src)
		return
	}
	for n := range len(src) / from {
		copy(dst[n*to:n*to+to], src[n*from:n*from+to])
	}
}
