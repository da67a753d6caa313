package datasets

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

// slotShape is how many items there are, and the side and channels of each.
type slotShape struct{ count, side, channels int }

// item is how many bytes one has.
func (s slotShape) item() int { return s.side * s.side * s.channels }

// prepared is what a set is made of whose items are in slots.
type prepared struct {
	info    dataset.Info
	bare    []string // notes, where nobody wants its labels
	labels  []int32
	origins *dataset.Origins
	runs    iter.Seq2[int, int] // where the items lie: the first of some that follow each other, and how many
}

func slotsInMemory(shape slotShape, note string) *slots {
	return &slots{item: shape.item(), channels: shape.channels, data: make([]uint8, shape.count*shape.item()), note: note}
}

// room returns where to prepare item i. In memory this is its place; else it is the caller's own
// room, which grows to it.
func (c *slots) room(i int, own *[]uint8) []uint8 {
	if c.file == nil {
		return c.data[i*c.item : (i+1)*c.item]
	}
	if len(*own) != c.item {
		*own = make([]uint8, c.item)
	}
	return *own
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

// files.InMemory returns slots in memory in place of those whose file has failed.
func (c *slots) inMemory(what string, shape slotShape, lim dataset.Limits) (*slots, error) {
	err := c.failed()
	c.discard()
	if full := lim.CheckMemory(what, shape.count, shape.side, shape.channels); full != nil {
		return nil, fmt.Errorf("read %s: its pictures do not fit into memory, and cannot be kept in %s: %w: make room there", what, c.keep.cache.dir, wholefile.Cause(err))
	}
	return slotsInMemory(shape, "not kept in the cache: "+wording.Reason(err)), nil
}

// discard removes the file, unless it became a set.
func (c *slots) discard() {
	if c.file != nil {
		c.file.Close()
		os.Remove(c.file.Name())
		c.file = nil
	}
}

// set makes a set of what was prepared, without the gaps that failed files left, and with as many
// channels as its info says.
func (c *slots) set(of prepared) (*dataset.PictureSet, error) {
	info := of.info
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
		for first, count := range of.runs {
			for k := first; k < first+count; k++ {
				narrowed(c.data[n:n+item], c.data[k*c.item:(k+1)*c.item], c.channels, channels)
				n += item
			}
		}
		c.data = c.data[:n]
	}
	if c.note != "" {
		info.Notes = append(info.Notes, c.note)
		of.bare = append(of.bare, c.note)
	}
	set := dataset.NewPictureSet(info, c.data, of.labels)
	set.Origins, set.Bare = of.origins, of.bare
	return set, nil
}

// setInFile gives the file its final form and opens it.
func (c *slots) setInFile(of prepared, item int) (*dataset.PictureSet, error) {
	end := 0
	for first, count := range of.runs {
		end = first + count
	}
	if item != c.item || end != of.info.Count {
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
func (c *slots) squeeze(of prepared, item int) error {
	to, err := c.keep.cache.create()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(to, 1<<20)
	err = c.each(of.runs, item, func(cell []uint8) error {
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

// readBack returns the items from the file.
func (c *slots) readBack(of prepared, item int) ([]uint8, error) {
	data := make([]uint8, 0, of.info.Count*item)
	err := c.each(of.runs, item, func(cell []uint8) error {
		data = append(data, cell...)
		return nil
	})
	return data, err
}

// each calls f with every item in the file, made as narrow as item bytes.
func (c *slots) each(runs iter.Seq2[int, int], item int, f func(cell []uint8) error) error {
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
