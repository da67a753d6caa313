package table

import (
	"io"
	"math"
	"os"
)

// toldRows is after how many rows it is told how many were read.
const toldRows = 2000

// rowsOf returns a function that is told how many rows were read of a file, and tells progress of
// them, and of how many there are in about: as many as bytes are left, to two digits.
func rowsOf(f *os.File, progress func(done, total int)) func(rows int) {
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		size = info.Size()
	}
	return func(rows int) {
		at, err := f.Seek(0, io.SeekCurrent)
		if err != nil || at <= 0 || size <= 0 {
			progress(rows, 0)
			return
		}
		total := float64(rows) * float64(size) / float64(at)
		unit := math.Pow(10, max(0, math.Floor(math.Log10(total))-1))
		progress(rows, max(rows, int(math.Round(total/unit)*unit)))
	}
}
