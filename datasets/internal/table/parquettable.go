package table

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/parquet-go/parquet-go"
	parquetformat "github.com/parquet-go/parquet-go/format"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/work"
	"ganvas/engine/wholefile"
)

// OpenParquetTable opens a Parquet file without pictures.
func OpenParquetTable(ctx context.Context, file string, o dataset.Options, lim dataset.Limits, progress func(done, total int)) (dataset.Set, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, wholefile.Cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, wholefile.Cause(err))
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, files.Cancellable{Ctx: ctx, Reader: f}); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, wholefile.Cause(err))
	}
	read := func(ctx context.Context, t *Table) error { return t.ReadParquet(ctx, f, info.Size()) }
	t := &Table{Lim: lim, exact: true, headed: true}
	sum.Sum(t.sum[:0])
	t.told = func(rows int) { progress(rows, int(t.expected)) }
	if err := read(ctx, t); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return t.open(ctx, file, o, read)
}

// ReadParquet reads all rows. What comes before damage stays.
func (t *Table) ReadParquet(ctx context.Context, r io.ReaderAt, size int64) error {
	f, err := OpenParquetFile(r, size)
	if err != nil {
		return err
	}
	t.expected = f.NumRows()
	_, err = work.Guarded(func() (struct{}, error) {
		var names []string
		var columns []parquet.LeafColumn
		for _, leaf := range f.Schema().Columns() {
			column, _ := f.Schema().Lookup(leaf...)
			names, columns = append(names, strings.Join(leaf, ".")), append(columns, column)
		}
		if err := t.setNames(names); err != nil {
			return struct{}{}, err
		}
		types := LeafTypes(f, columns)
		for _, group := range f.RowGroups() {
			if err := t.readGroup(ctx, group, columns, types); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && t.rows == 0:
		return fmt.Errorf("%w (%w)", ErrParquet, err)
	case err != nil:
		t.skip(fmt.Sprintf("row %d", t.rows+1), "from here on it cannot be read: "+err.Error())
	}
	return nil
}

func (t *Table) readGroup(ctx context.Context, group parquet.RowGroup, columns []parquet.LeafColumn, types []parquetformat.LogicalTypeValue) error {
	rows := group.Rows()
	defer rows.Close()
	var buf [64]parquet.Row
	cells, text := make([]string, len(columns)), make([]bool, len(columns))
	for ctx.Err() == nil {
		n, err := rows.ReadRows(buf[:])
		for _, row := range buf[:n] {
			clear(cells)
			for _, v := range row {
				if k := v.Column(); k >= 0 && k < len(cells) && !v.IsNull() {
					cell, word := ParquetCell(v, types[k])
					if cells[k] != "" { // a list is one cell
						cell = cells[k] + " " + cell
					}
					cells[k], text[k] = cell, word || columns[k].MaxRepetitionLevel > 0
				}
			}
			if err := t.add(rowPlace{"row", t.rows + 1}, cells, text); err != nil {
				return err
			}
		}
		if err == io.EOF || err == nil && n == 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
