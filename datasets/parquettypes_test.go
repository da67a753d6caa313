package datasets

import (
	"context"
	"encoding/json"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/wording"
)

// Every kind of value is what pyarrow reads, however the file stores it.
func TestParquetTypes(t *testing.T) {
	var want []struct {
		Name  string
		Cells []string
	}
	datatest.Must(t, json.Unmarshal(datatest.Read(t, "parquet", "types.expected.json"), &want))
	types := map[string]string{
		"whole": "integer", "u8": "integer", "u16": "integer", "u32": "integer", "u64": "integer", "i8": "integer", "i64": "integer",
		"flag": "boolean", "date": "date", "seconds": "date", "micros": "date", "nanos": "date", "time": "text", "bytes": "text", "words": "category", "uuid": "text",
	}
	for _, name := range []string{"types.parquet", "types-integers.parquet", "types-int96.parquet"} {
		set, err := Open(context.Background(), "testdata/parquet/"+name, Options{Tables: true}, nil)
		datatest.Must(t, err)
		info := set.Info()
		if info.Count != 30 || len(info.Columns) != len(want) || len(info.Skipped) > 0 {
			t.Errorf("%s: %d rows of %d columns, skipped %v; want 30 of %d", name, info.Count, len(info.Columns), info.Skipped, len(want))
			continue
		}
		for k, w := range want {
			c := info.Columns[k]
			kind := types[w.Name]
			if kind == "" {
				kind = "number"
			}
			if c.Name != w.Name || c.Type != kind || c.Bad+c.Missing > 0 {
				t.Errorf("%s: %+v, want %s, %s", name, c, w.Name, kind)
			}
			for i, cell := range w.Cells {
				got := info.Head[i][k]
				x, errX := strconv.ParseFloat(got, 64)
				y, errY := strconv.ParseFloat(cell, 64)
				if got != wording.Shortened(cell) && (errX != nil || errY != nil || math.Abs(x-y) > 1e-7*math.Abs(y)) {
					t.Errorf("%s: row %d of %s is %q, want %q", name, i, w.Name, got, cell)
				}
			}
		}
	}
}

// Two columns of decimals are points with the numbers that they stand for; the index that pandas
// writes is none of them.
func TestParquetPoints(t *testing.T) {
	type row struct {
		X     int64  `parquet:"x,decimal(2:18)"`
		Y     uint32 `parquet:"y"`
		Index int64  `parquet:"__index_level_0__"`
	}
	file := filepath.Join(t.TempDir(), "points.parquet")
	datatest.Must(t, parquet.WriteFile(file, []row{{150, 4_000_000_000, 3}, {-325, 4_000_000_010, 5}, {700, 4_000_000_020, 6}}))
	set, err := Open(context.Background(), file, Options{}, nil)
	datatest.Must(t, err)
	if x, y := original(set, 1); set.Len() != 3 || math.Abs(x+3.25) > 1e-6 || math.Abs(y-4_000_000_010) > 1e-3 {
		t.Errorf("%d points, the second %v, %v; want -3.25, 4000000010 (%v)", set.Len(), x, y, set.Info().Notes)
	}
	if !strings.Contains(strings.Join(set.Info().Notes, ";"), "numbers the rows was left out") {
		t.Errorf("%v", set.Info().Notes)
	}
}
