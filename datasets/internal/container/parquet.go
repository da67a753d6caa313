// Package container unfolds files that hold many pictures: Parquet files, and videos of Motion
// JPEG.
package container

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/parquet-go/parquet-go"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/table"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
	"ganvas/engine/wholefile"
)

// ParquetPictures says whether a Parquet file holds pictures; else it is a table.
func ParquetPictures(file string) (bool, error) {
	f, err := os.Open(file)
	if err != nil {
		return false, wholefile.Cause(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, wholefile.Cause(err)
	}
	p, err := table.OpenParquetFile(f, info.Size())
	if err != nil {
		return false, err
	}
	return work.Guarded(func() (bool, error) { return pictureColumnsOf(p) != nil, nil })
}

// addParquet lists the pictures of a Parquet file, which lie in the spool from then on. Rows that
// cannot be read are skipped.
func addParquet(ctx context.Context, l *files.Listing, name string, r io.ReaderAt, size int64, lim dataset.Limits) error {
	f, err := table.OpenParquetFile(r, size)
	if err != nil {
		return err
	}
	columns, err := work.Guarded(func() (*pictureColumns, error) { return pictureColumnsOf(f), nil })
	if err != nil || columns == nil {
		l.Other(name)
		if err == nil {
			l.Tables = append(l.Tables, files.Entry{Name: name, Size: size, Opener: files.OpenFunc(files.SectionOf(r, 0, size))})
		}
		return err
	}
	if len(columns.others) > 0 {
		l.Said = append(l.Said, fmt.Sprintf("pictures from %s of %s; those of %s were left out", columns.picture, path.Base(name), wording.Listed(columns.others)))
	}
	labels, err := columns.readLabels(ctx, f)
	if err != nil {
		l.Skip(name, "its column "+columns.label+" cannot be read: no labels: "+wording.Reason(err))
		labels = nil
	}
	budget := min(lim.ArchiveBytes, max(files.FreeUnpacking, size*lim.Ratio))
	row := 0
	err = eachValue(ctx, f, columns.pictures, func(v parquet.Value) error {
		at := fmt.Sprintf("%s#%08d", name, row)
		row++
		switch {
		case row > lim.ArchiveEntries:
			return fmt.Errorf("more than %s rows: %w", wording.Thousands(lim.ArchiveEntries), files.ErrStop)
		case v.IsNull():
			l.Skip(at, "no picture in this row")
			return nil
		}
		data := v.ByteArray()
		if budget -= int64(len(data)); budget < 0 {
			return files.ErrFull
		}
		part, err := l.Spool(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return err
		}
		e := files.Entry{Name: at, Size: part.Size(), Opener: files.OpenFunc(files.SectionOf(part, 0, part.Size())), Picture: true}
		if row <= len(labels) {
			e.Label, e.From = labels[row-1], "the column "+columns.label
		}
		l.Entries = append(l.Entries, e)
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && row == 0:
		return fmt.Errorf("%w (%w)", table.ErrParquet, err)
	case err != nil:
		l.Skip(fmt.Sprintf("%s#%08d", name, row), "from here on it cannot be read: "+wording.Reason(err))
	}
	return nil
}

// eachValue calls do with all values of a column in the order of the rows. What do keeps of a value
// it must copy.
func eachValue(ctx context.Context, f *parquet.File, column int, do func(parquet.Value) error) error {
	_, err := work.Guarded(func() (struct{}, error) {
		for _, group := range f.RowGroups() {
			if err := eachInGroup(ctx, group, column, do); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	return err
}

func eachInGroup(ctx context.Context, group parquet.RowGroup, column int, do func(parquet.Value) error) error {
	pages := group.ColumnChunks()[column].Pages()
	defer pages.Close()
	var values [64]parquet.Value
	for {
		page, err := pages.ReadPage()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for r := page.Values(); ; {
			n, err := r.ReadValues(values[:])
			for _, v := range values[:n] {
				if err := do(v); err != nil {
					return err
				}
			}
			if err == io.EOF || err == nil && n == 0 {
				break
			}
			if err != nil {
				return err
			}
		}
		parquet.Release(page)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// Expand replaces files that hold many pictures, Parquet files and videos, by what they hold: every
// stride-th frame of a video.
func Expand(ctx context.Context, l *files.Listing, stride int, lim dataset.Limits) error {
	whole := l.Entries
	l.Entries = make([]files.Entry, 0, len(whole))
	for _, e := range whole {
		var add func(name string, r io.ReaderAt, size int64) error
		switch ext := strings.ToLower(path.Ext(e.Name)); {
		case ext == ".parquet", e.Kind == files.Parquet:
			add = func(name string, r io.ReaderAt, size int64) error { return addParquet(ctx, l, name, r, size, lim) }
		case ext == ".avi", e.Kind == files.Video:
			add = func(name string, r io.ReaderAt, size int64) error {
				return addAVI(ctx, l, video{name, r, size}, stride, lim)
			}
		default:
			l.Entries = append(l.Entries, e)
			continue
		}
		r, size, err := l.ReaderAt(e, lim)
		if err == nil {
			err = add(e.Name, r, size)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && e.Named && len(whole) == 1:
			return err
		case err != nil:
			l.Skip(e.Name, wording.Reason(err))
		}
	}
	return nil
}
