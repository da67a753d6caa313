package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// Every kind of data is told in one JSON document: what it is, how much, of what shape, with which labels.
func TestDataOfAllKinds(t *testing.T) {
	tests := []struct {
		path, kind string
		count      int
		labels     int
	}{
		{"archives/pets.tar.zst", "pictures", 6, 2},
		{"archives/pets.7z", "pictures", 6, 2},
		{"arrays/words.npz", "pictures", 4, 3},
		{"arrays/nchw-f8.npy", "pictures", 4, 0},
		{"arrays/cifar-10-binary.tar.gz", "pictures", 5, 4},
		{"arrays/points.npy", "points", 40, 0},
		{"idx/packed-images-idx3-ubyte.gz", "pictures", 12, 3},
		{"parquet/hub.parquet", "pictures", 6, 2},
		{"frames/rgb.gif", "pictures", 4, 0},
		{"frames/rgb.apng", "pictures", 4, 0},
		{"frames/video.avi", "pictures", 6, 0},
		{"frames/sprites_8x8.png", "pictures", 10, 0},
		{"tables/points.jsonl", "points", 30, 0},
		{"tables/people.parquet", "table", 40, 0},
		{"tables/utf16.tsv", "table", 40, 0},
	}
	for _, tt := range tests {
		doc := decode(t, must(t, "data", filepath.Join("../../datasets/testdata", tt.path), "--json"))
		labels, _ := doc["labels"].([]any)
		if doc["kind"] != tt.kind || doc["count"] != float64(tt.count) || len(labels) != tt.labels {
			t.Errorf("%s: kind %v, count %v, labels %v; want %s, %d, %d labels", tt.path, doc["kind"], doc["count"], labels, tt.kind, tt.count, tt.labels)
		}
		if tt.kind == "table" {
			columns, _ := doc["columns"].([]any)
			head, _ := doc["head"].([]any)
			if len(columns) != 8 || len(head) != 20 {
				t.Errorf("%s: %d columns and %d rows of head, want 8 and 20", tt.path, len(columns), len(head))
			}
		}
	}
	text := must(t, "data", "../../datasets/testdata/tables/people.csv")
	for _, want := range []string{"column id", "integer from 1000 to 1039, mean 1019.5", "2 columns have one value throughout: same, nothing", "2 missing"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s, want %q in it", text, want)
		}
	}
}
