package datasets

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	parquetformat "github.com/parquet-go/parquet-go/format"
)

// openParquetTable opens a Parquet file without pictures.
func openParquetTable(ctx context.Context, file string, o Options, lim limits, progress func(done, total int)) (Set, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, cause(err))
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, cancellable{ctx, f}); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, cause(err))
	}
	t := &tabular{lim: lim}
	sum.Sum(t.sum[:0])
	t.told = func(rows int) { progress(rows, int(t.expected)) }
	if err := t.readParquet(ctx, f, info.Size()); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return t.open(file, o)
}

// readParquet reads all rows. What comes before damage stays.
func (t *tabular) readParquet(ctx context.Context, r io.ReaderAt, size int64) error {
	f, err := openParquetFile(r, size)
	if err != nil {
		return err
	}
	t.expected = f.NumRows()
	_, err = guarded(func() (struct{}, error) {
		var names []string
		var columns []parquet.LeafColumn
		for _, leaf := range f.Schema().Columns() {
			column, _ := f.Schema().Lookup(leaf...)
			names, columns = append(names, strings.Join(leaf, ".")), append(columns, column)
		}
		if err := t.setNames(names); err != nil {
			return struct{}{}, err
		}
		for _, group := range f.RowGroups() {
			if err := t.readGroup(ctx, group, columns); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && t.rows == 0:
		return fmt.Errorf("%w (%w)", errParquet, err)
	case err != nil:
		t.skip(fmt.Sprintf("row %d", t.rows+1), "from here on it cannot be read: "+err.Error())
	}
	return nil
}

func (t *tabular) readGroup(ctx context.Context, group parquet.RowGroup, columns []parquet.LeafColumn) error {
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
					cell, word := parquetCell(v, columns[k].Node.Type())
					if cells[k] != "" { // a list is one cell
						cell = cells[k] + " " + cell
					}
					cells[k], text[k] = cell, word || columns[k].MaxRepetitionLevel > 0
				}
			}
			if err := t.add(fmt.Sprintf("row %d", t.rows+1), cells, text); err != nil {
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

// parquetCell is a value as a cell, and whether it is text.
func parquetCell(v parquet.Value, kind parquet.Type) (cell string, text bool) {
	switch v.Kind() {
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'g', -1, 32), false
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'g', -1, 64), false
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return v.String(), true
	case parquet.Int32:
		if _, ok := logical(kind).(*parquetformat.DateType); ok {
			return time.Unix(int64(v.Int32())*86400, 0).UTC().Format("2006-01-02"), false
		}
	case parquet.Int64:
		if l, ok := logical(kind).(*parquetformat.TimestampType); ok {
			at := time.UnixMilli(v.Int64())
			switch l.Unit.Value.(type) {
			case *parquetformat.MicroSeconds:
				at = time.UnixMicro(v.Int64())
			case *parquetformat.NanoSeconds:
				at = time.Unix(0, v.Int64())
			}
			return at.UTC().Format("2006-01-02 15:04:05"), false
		}
	}
	return v.String(), false
}

func logical(kind parquet.Type) parquetformat.LogicalTypeValue {
	if l := kind.LogicalType(); l != nil {
		return l.Value
	}
	return nil
}
