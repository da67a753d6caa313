package datasets

import (
	"fmt"

	"ganvas/datasets/internal/wording"
	"ganvas/engine/memory"
)

const (
	minSide   = 4    // a picture with fewer pixels a side teaches a network nothing
	maxSide   = 4096 // of a prepared picture
	minItems  = 2
	formatsOf = "PNG, JPEG, GIF, BMP, TIFF or WebP"
)

// limits bound what a source may ask of the machine.
type limits struct {
	memory         int64 // bytes of prepared items
	pixels         int64 // of one picture, or all frames of one, before it is prepared
	file           int64 // bytes of one picture's file
	files          int   // in a folder and all below it
	depth          int   // of folders in folders
	archiveEntries int   // in one archive and those inside it
	archiveBytes   int64 // that one archive unpacks to
	ratio          int64 // of what an archive unpacks to and its own size, beyond the first freeUnpacking bytes
	nesting        int   // archives in archives
	columns        int   // of a table
	line           int64 // bytes of one line of a text, or of one row of a table
	document       int64 // bytes of one object of JSON that is looked at as a whole
	labels         int64 // bytes of a table of labels
}

var standardLimits = limits{
	memory:         4 << 30,
	pixels:         100e6,
	file:           512 << 20,
	files:          10_000_000,
	depth:          64,
	archiveEntries: 1_000_000,
	archiveBytes:   64 << 30,
	ratio:          1000, // deflate reaches 1,032 at best
	nesting:        2,
	columns:        10_000,
	line:           16 << 20,
	document:       64 << 20,
	labels:         128 << 20,
}

// checkMemory refuses count items of side×side×channels bytes when they pass the limit, or what
// memory is free, and says what would fit.
func (l limits) checkMemory(name string, count, side, channels int) error {
	need := int64(count) * int64(side) * int64(side) * int64(channels)
	most, what := l.memory, fmt.Sprintf("over the limit of %.1f GB", float64(l.memory)/(1<<30))
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
	for fits > minSide && int64(count)*int64(fits)*int64(fits)*int64(channels) > most {
		fits--
	}
	return fmt.Errorf("read %s: %s pictures of %d×%d with %d channels take %.1f GB of memory, %s: choose a size of %d or less, fewer channels, or fewer pictures",
		name, wording.Thousands(count), side, side, channels, float64(need)/(1<<30), what, fits)
}
