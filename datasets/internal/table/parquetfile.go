package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"ganvas/datasets/internal/work"
)

// ErrParquet says that a Parquet file cannot be read at all.
var ErrParquet = errors.New("the Parquet file is truncated or damaged: download or copy it again")

// OpenParquetFile reads the footer of a Parquet file.
func OpenParquetFile(r io.ReaderAt, size int64) (*parquet.File, error) {
	// The library makes room for as much of a footer as the file claims to have.
	var end [8]byte
	if _, err := r.ReadAt(end[:], max(0, size-8)); err != nil && err != io.EOF || size < 12 || string(end[4:]) != "PAR1" || int64(binary.LittleEndian.Uint32(end[:])) > size-12 {
		return nil, ErrParquet
	}
	f, err := work.Guarded(func() (*parquet.File, error) {
		return parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(64<<10))
	})
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrParquet, err)
	}
	return f, nil
}
