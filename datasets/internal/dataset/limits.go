package dataset

import (
	"fmt"

	"ganvas/datasets/internal/wording"
	"ganvas/engine/memory"
)

const (
	MinSide  = 4    // a picture with fewer pixels a side teaches a network nothing
	MaxSide  = 4096 // of a prepared picture
	MinItems = 2    // of a set
)

// Darkest is what pictures are black to the eye in which no byte reaches it: they do not use the
// range that their format has.
const Darkest = 64

// PictureFormats are those that are read, for sentences.
const PictureFormats = "PNG, JPEG, GIF, BMP, TIFF or WebP"

// Limits bound what a source may ask of the machine.
type Limits struct {
	Memory         int64 // bytes of prepared items
	Pixels         int64 // of one picture, or all frames of one, before it is prepared
	File           int64 // bytes of one picture's file
	Files          int   // in a folder and all below it
	Depth          int   // of folders in folders
	ArchiveEntries int   // in one archive and those inside it
	ArchiveBytes   int64 // that one archive unpacks to
	Ratio          int64 // of what an archive unpacks to and its own size, beyond the first megabytes
	Nesting        int   // archives in archives
	Columns        int   // of a table
	Line           int64 // bytes of one line of a text, or of one row of a table
	Document       int64 // bytes of one object of JSON that is looked at as a whole
	Labels         int64 // bytes of a table of labels
}

// StandardLimits are those of the program.
var StandardLimits = Limits{
	Memory:         4 << 30,
	Pixels:         100e6,
	File:           512 << 20,
	Files:          10_000_000,
	Depth:          64,
	ArchiveEntries: 1_000_000,
	ArchiveBytes:   64 << 30,
	Ratio:          1000, // deflate reaches 1,032 at best
	Nesting:        2,
	Columns:        10_000,
	Line:           16 << 20,
	Document:       64 << 20,
	Labels:         128 << 20,
}

// CheckMemory refuses count items of side×side×channels bytes when they pass the limit, or what
// memory is free, and says what would fit.
func (l Limits) CheckMemory(name string, count, side, channels int) error {
	need := int64(count) * int64(side) * int64(side) * int64(channels)
	most, what := l.Memory, fmt.Sprintf("over the limit of %.1f GB", float64(l.Memory)/(1<<30))
	free, err := memory.Free()
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if free < most {
		most, what = free, fmt.Sprintf("and %.1f GB are free", float64(free)/(1<<30))
	}
	if need <= most {
		return nil
	}
	fits := side
	for fits > MinSide && int64(count)*int64(fits)*int64(fits)*int64(channels) > most {
		fits--
	}
	return fmt.Errorf("read %s: %s pictures of %d×%d with %d channels take %.1f GB of memory, %s: choose a size of %d or less, fewer channels, or fewer pictures",
		name, wording.Thousands(count), side, side, channels, float64(need)/(1<<30), what, fits)
}
