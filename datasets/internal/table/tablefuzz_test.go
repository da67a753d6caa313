package table

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// Whatever bytes come, reading them ends in points, in a table or in an error, and points are
// finite.
func FuzzTable(f *testing.F) {
	for _, pattern := range []string{datatest.File("points/*.?sv"), datatest.File("tables/*")} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			if !strings.HasSuffix(file, ".gz") && !strings.HasSuffix(file, ".parquet") {
				f.Add(data[:min(len(data), 400)])
			}
		}
	}
	for _, s := range []string{"1,2\n3,4", "a;b\n1;2\n1;2\n", "\"", "1\t2\n#\n3\t4\n", "1e308,1\n-1e308,2\n", "1,1e-320\n1,2e-320\n", "[[1,2],[3,4]]", "{\"a\":[{}]}"} {
		f.Add([]byte(s))
	}
	lim := dataset.StandardLimits
	lim.Memory, lim.Columns = 1<<20, 100
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func(ctx context.Context, t *Table) error { return t.readText(ctx, bytes.NewReader(data), "x") }
		table := &Table{Lim: lim}
		if read(context.Background(), table) != nil {
			return
		}
		set, err := table.open(context.Background(), "x", dataset.Options{Tables: true}, read)
		if err != nil {
			return
		}
		info := set.Info()
		for _, c := range info.Columns {
			if c.Missing < 0 || c.Missing > info.Count || c.Bad < 0 || c.Bad > info.Count {
				t.Errorf("%+v of %d rows", c, info.Count)
			}
		}
		if info.Kind != dataset.Points {
			return
		}
		var xy [2]float32
		for i := range set.Len() {
			set.Read(i, xy[:])
			if s := float64(xy[0]) + float64(xy[1]); math.IsNaN(s) || math.IsInf(s, 0) {
				t.Errorf("point %d is %v", i, xy)
			}
		}
	})
}

// Whatever bytes come, rows of Parquet are counted or refused.
func FuzzParquetTable(f *testing.F) {
	for _, name := range []string{"tables/people.parquet", "tables/points.parquet", "parquet/holes.parquet"} {
		data, err := os.ReadFile(datatest.File(name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := dataset.StandardLimits
	lim.Memory, lim.Columns = 1<<20, 100
	f.Fuzz(func(_ *testing.T, data []byte) {
		read := func(ctx context.Context, t *Table) error {
			return t.ReadParquet(ctx, bytes.NewReader(data), int64(len(data)))
		}
		table := &Table{Lim: lim, exact: true, headed: true}
		if read(context.Background(), table) == nil {
			table.open(context.Background(), "x", dataset.Options{Tables: true}, read)
		}
	})
}
