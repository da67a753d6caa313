package datasets

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// What pandas finds in a table is found, however the table is written.
func TestTablesAsPandas(t *testing.T) {
	var want struct {
		Rows    int
		Columns []struct {
			Name              string
			Missing, Distinct int
			Min, Max, Mean    *float64
			Counts            map[string]int
		}
	}
	datatest.Must(t, json.Unmarshal(datatest.Read(t, "tables", "people.expected.json"), &want))
	types := []string{"integer", "number", "category", "boolean", "date", "text", "integer", "empty"}
	for _, name := range []string{"people.csv", "german.csv", "utf16.tsv", "latin.txt", "people.jsonl", "people.json", "people.parquet"} {
		set, err := Open(context.Background(), "testdata/tables/"+name, Options{Tables: true}, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		info := set.Info()
		if info.Kind != Table || info.Count != want.Rows || len(info.Columns) != len(want.Columns) || len(info.Skipped) > 0 || len(info.Head) != 20 {
			t.Errorf("%s: %v of %d rows, %d columns, skipped %v; want %d rows, %d columns", name, info.Kind, info.Count, len(info.Columns), info.Skipped, want.Rows, len(want.Columns))
			continue
		}
		for i, c := range info.Columns {
			w := want.Columns[i]
			if c.Name != w.Name || c.Type != types[i] || c.Missing != w.Missing || c.Distinct != w.Distinct || c.Bad != 0 {
				t.Errorf("%s: %+v, want %+v of type %s", name, c, w, types[i])
			}
			if w.Min != nil && (c.Min != *w.Min || c.Max != *w.Max || math.Abs(c.Mean-*w.Mean) > 1e-9) {
				t.Errorf("%s: %s from %v to %v around %v, want from %v to %v around %v", name, c.Name, c.Min, c.Max, c.Mean, *w.Min, *w.Max, *w.Mean)
			}
			for _, k := range c.Categories {
				n, ok := w.Counts[k.Name]
				if !ok {
					n = w.Counts[strings.ToUpper(k.Name[:1])+k.Name[1:]] // JSON's true is pandas's True
				}
				if n != k.Count {
					t.Errorf("%s: %s is %q %d times, want %d", name, c.Name, k.Name, k.Count, n)
				}
			}
		}
		if got := info.Head[0][5]; got != "a person, number 0; called Zoë 0" {
			t.Errorf("%s: text %q", name, got)
		}
		if _, err := Open(context.Background(), "testdata/tables/"+name, Options{}, nil); err == nil || !strings.Contains(err.Error(), "only points can be trained on") {
			t.Errorf("%s: %v, want that it cannot be trained on", name, err)
		}
	}
}

// The same points, divided by whatever, compressed or not, and from columns of Parquet.
func TestPointsInAllForms(t *testing.T) {
	raw := datatest.Read(t, "tables", "points.f64")
	want := make([]float64, len(raw)/8)
	if _, err := binary.Decode(raw, binary.LittleEndian, want); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/tables/points*")
	files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, ".f64") })
	if len(files) != 12 {
		t.Errorf("%d files, want 12", len(files))
	}
	for _, file := range files {
		set, err := Open(context.Background(), file, Options{}, nil)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if info := set.Info(); info.Kind != Points || info.Count != 30 || len(info.Skipped) > 0 {
			t.Errorf("%s: %+v, want 30 points", file, info)
			continue
		}
		scale, offset := set.(Affine).Affine()
		var xy [2]float32
		for i := range 30 {
			set.Read(i, xy[:])
			for k := range 2 {
				if got := float64(xy[k])*scale[k] + offset[k]; math.Abs(got-want[2*i+k]) > 1e-4 {
					t.Errorf("%s: point %d is %v on axis %d, want %v", file, i, got, k, want[2*i+k])
				}
			}
		}
	}
}

func TestJSONForms(t *testing.T) {
	tests := []struct {
		name, text string
		n          int
		want       string
	}{
		{"objects", "{\"x\":1,\"y\":2}\n{\"y\":3,\"x\":4}\n", 2, ""},
		{"arrays", "[1,2]\n[3,4]\n[5,6]\n", 3, ""},
		{"one array", "[[1,2],\n[3,4]]", 2, ""},
		{"bad line", "{\"x\":1,\"y\":2}\n{\"x\":\n{\"x\":3,\"y\":4}\n", 2, "points.jsonl line 2: not JSON: correct or delete it"},
		{"null", "{\"x\":1,\"y\":2}\n{\"x\":null,\"y\":1}\n{\"x\":3,\"y\":4}\n", 2, "line 2, column 1: it is empty"},
		{"cut array", "[[1,2],[3,4],[5,", 2, "item 3: from here on: damaged JSON"},
		{"text", "{\"x\":\"1\",\"y\":\"2\"}\n{\"x\":\"3\",\"y\":\"4\"}\n", 0, "0 of them of numbers"},
		{"nested", "{\"x\":{\"a\":[1]},\"y\":2}\n{\"x\":3}\n", 0, "a table of 2 columns (x, y)"},
		{"empty", "{}\n", 0, "a table of 0 columns"},
	}
	for _, tt := range tests {
		file := filepath.Join(t.TempDir(), "points.jsonl")
		datatest.Must(t, os.WriteFile(file, []byte(tt.text), 0o644))
		set, err := Open(context.Background(), file, Options{}, nil)
		if tt.n == 0 {
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var skipped string
		for _, s := range set.Info().Skipped {
			skipped += s.Path + ": " + s.Reason
		}
		if set.Len() != tt.n || (skipped == "") != (tt.want == "") || !strings.Contains(skipped, tt.want) {
			t.Errorf("%s: %d points, skipped %q, want %d and %q", tt.name, set.Len(), skipped, tt.n, tt.want)
		}
	}
}

// While a table is read it is told how many rows there are so far, and in about how many in all, of
// packed files too.
func TestTableProgress(t *testing.T) {
	const rows = 300_000
	var text bytes.Buffer
	for i := range rows {
		fmt.Fprintf(&text, "%d,%d\n", i, i*i%1000)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(text.Bytes())
	datatest.Must(t, err)
	datatest.Must(t, z.Close())
	dir := datatest.Tree(t, map[string][]byte{"a.csv": text.Bytes(), "a.csv.gz": packed.Bytes()})
	for _, name := range []string{"a.csv", "a.csv.gz"} {
		last, times := 0, 0
		_, err := Open(context.Background(), filepath.Join(dir, name), Options{}, func(done, total int) {
			if done <= last || done > total || done > rows/2 && (total < rows*8/10 || total > rows*12/10) { // buffers read ahead
				t.Errorf("%s: %d rows of %d after %d; there are %d", name, done, total, last, rows)
			}
			last = done
			times++
		})
		datatest.Must(t, err)
		if times < 10 || last < rows*9/10 {
			t.Errorf("%s: told %d times, last of %d rows", name, times, last)
		}
	}
}
