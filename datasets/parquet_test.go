package datasets

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// The pictures that pyarrow wrote, as the Hugging Face hub has them and as plain bytes, are read
// with their labels; rows without a readable picture are named.
func TestParquetPictures(t *testing.T) {
	all := datatest.Read(t, "parquet", "pictures.u8")
	tests := []struct {
		name    string
		labels  []string
		skipped []Skip
	}{
		{"hub.parquet", []string{"cat", "dog", "dog", "cat", "dog", "cat"}, nil},
		{"content.parquet", []string{"cat", "dog", "dog", "cat", "dog", "cat"}, nil}, // in a column of any name; another one of bytes has none
		{"zstd.parquet", []string{"cat", "dog", "dog", "cat", "dog", "cat"}, nil},
		{"holes.parquet", []string{"b", "a", "b", ""}, []Skip{{Path: "holes.parquet#00000003", Reason: "no picture in this row"}, {Path: "holes.parquet#00000004", Reason: "not a " + dataset.PictureFormats + " picture"}}},
	}
	for _, tt := range tests {
		set, err := Open(context.Background(), "testdata/parquet/"+tt.name, Options{}, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		want := all
		if tt.name == "holes.parquet" {
			want = slices.Concat(all[:3*192], all[5*192:])
		}
		got, labels := datatest.BytesOf(set)
		if info := set.Info(); !bytes.Equal(got, want) || !slices.Equal(labels, tt.labels) || !slices.Equal(info.Skipped, tt.skipped) || info.Name != tt.name {
			t.Errorf("%s: %d pictures labelled %v, skipped %v; want %v and %v and the same bytes", tt.name, info.Count, labels, info.Skipped, tt.labels, tt.skipped)
		}
	}
	// Several files of one set, as the hub cuts them, in a folder.
	dir := datatest.Tree(t, map[string][]byte{"data/train-0.parquet": datatest.Read(t, "parquet", "hub.parquet"), "data/train-1.parquet": datatest.Read(t, "parquet", "zstd.parquet"), "README.md": []byte("about")})
	set, err := Open(context.Background(), dir, Options{Labels: "none"}, nil)
	datatest.Must(t, err)
	if info := set.Info(); info.Count != 12 || len(info.Labels) != 0 {
		t.Errorf("%+v, want 12 pictures without labels", info)
	}
	for _, n := range []int{3, 100, 2000, 5000} {
		file := filepath.Join(datatest.Tree(t, map[string][]byte{"cut.parquet": datatest.Read(t, "parquet", "hub.parquet")[:n]}), "cut.parquet")
		if _, err := Open(context.Background(), file, Options{}, nil); err == nil || !strings.Contains(err.Error(), file) || n > 4 && !strings.Contains(err.Error(), "truncated or damaged: download or copy it again") {
			t.Errorf("the first %d bytes: %v, want that it is truncated", n, err)
		}
	}
}
