package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ganvas/engine/eta"
)

// Every file of datasets/testdata that a tool made is told in one JSON document: what it is, how
// much, of what shape, with which labels, and that nothing of it was left out. That its values are
// those of the tool, the tests of package datasets show.
func TestDataOfAllKinds(t *testing.T) {
	const testdata = "../../datasets/testdata/"
	tests := []struct {
		pattern, kind string
		files, count  int
		shape         string
		labels        int
	}{
		{"holiday.zip", "pictures", 1, 6, "8×8×3", 2},
		{"archives/pets.*", "pictures", 7, 6, "8×8×3", 2}, // tar, gz, bz2, xz, zst, lz4, 7z
		{"archives/loose.7z", "pictures", 1, 6, "8×8×3", 2},
		{"archives/nested.zip", "pictures", 1, 6, "8×8×3", 2},
		{"arrays/numbers.npz", "pictures", 1, 5, "8×8×1", 3},
		{"arrays/words.npz", "pictures", 1, 4, "7×7×3", 3},
		{"arrays/onehot.npz", "pictures", 1, 5, "8×8×1", 3},
		{"arrays/unnamed.npz", "pictures", 1, 5, "8×8×1", 5},
		{"arrays/nhw-*.npy", "pictures", 4, 5, "8×8×1", 0},
		{"arrays/flat-u1.npy", "pictures", 1, 5, "8×8×1", 0},
		{"arrays/odd-f4.npy", "pictures", 1, 4, "6×6×1", 0},
		{"arrays/big-endian-i4.npy", "pictures", 1, 5, "8×8×1", 0},
		{"arrays/n[hc]*-f[48].npy", "pictures", 2, 4, "7×7×3", 0},
		{"arrays/fortran-u1.npy", "pictures", 1, 4, "7×7×3", 0},
		{"arrays/hole-f4.npy", "pictures", 1, 3, "7×7×3", 0},
		{"arrays/points.npy", "points", 1, 40, "2", 0},
		{"arrays/cifar-10-*", "pictures", 2, 5, "32×32×3", 4},
		{"arrays/cifar-100-*", "pictures", 1, 5, "32×32×3", 4},
		{"arrays/train.bin", "pictures", 1, 5, "32×32×3", 4},
		{"idx/*-images-*", "pictures", 2, 12, "8×8×1", 3},
		{"idx/alone.idx3-ubyte", "pictures", 1, 3, "6×6×1", 0},
		{"parquet/[hz][us]*.parquet", "pictures", 2, 6, "8×8×3", 2},
		{"parquet/holes.parquet", "pictures", 1, 4, "8×8×3", 2},
		{"frames/d?b?.png", "pictures", 6, 5, "", 0},
		{"frames/rgb.apng", "pictures", 1, 4, "12×12×3", 0},
		{"frames/ffmpeg.apng", "pictures", 1, 6, "24×24×3", 0},
		{"frames/hidden.png", "pictures", 1, 4, "12×12×4", 0},
		{"frames/palette.png", "pictures", 1, 4, "12×12×3", 0},
		{"frames/d?.gif", "pictures", 3, 5, "12×12×4", 0},
		{"frames/rgb.gif", "pictures", 1, 4, "12×12×3", 0},
		{"frames/magick.gif", "pictures", 1, 5, "12×12×4", 0},
		{"frames/moving.webp", "pictures", 1, 5, "12×12×4", 0},
		{"frames/lossy.webp", "pictures", 1, 4, "12×12×3", 0},
		{"frames/parts.webp", "pictures", 1, 5, "10×10×4", 0},
		{"frames/[pv][li]*.avi", "pictures", 2, 6, "24×24×3", 0},
		{"frames/sprites_8x8.png", "pictures", 1, 10, "8×8×3", 0},
		{"tables/points*", "points", 12, 30, "2", 0},
		{"points/*.?sv", "points", 3, 200, "2", 0},
		{"tables/people*", "table", 4, 40, "8", 0}, // csv, json, jsonl, parquet
		{"tables/german.csv", "table", 1, 40, "8", 0},
		{"tables/utf16.tsv", "table", 1, 40, "8", 0},
		{"tables/latin.txt", "table", 1, 40, "8", 0},
		{"labels/table", "pictures", 1, 6, "8×8×3", 3},
		{"labels/celeba", "pictures", 1, 6, "8×8×3", 2},
	}
	for _, tt := range tests {
		files, err := filepath.Glob(testdata + tt.pattern)
		files = slices.DeleteFunc(files, func(f string) bool {
			return slices.Contains([]string{".u8", ".f64", ".rgba", ".expected.json"}, filepath.Ext(f)) || strings.HasSuffix(f, ".expected.json")
		})
		if err != nil || len(files) != tt.files {
			t.Errorf("%s: %q, want %d files", tt.pattern, files, tt.files)
		}
		for _, file := range files {
			tellsData(t, file, tt.kind, tt.count, tt.shape, tt.labels)
		}
	}
	text := must(t, "data", "../../datasets/testdata/tables/people.csv")
	for _, want := range []string{"column id", "integer from 1000 to 1039, mean 1019.5", "2 columns have one value throughout: same, nothing", "2 missing"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s, want %q in it", text, want)
		}
	}
}

// tellsData checks what the JSON of a source says.
func tellsData(t *testing.T, file, kind string, count int, shape string, labels int) {
	t.Helper()
	doc := decode(t, must(t, "data", file, "--json"))
	var sides []string
	for _, n := range doc["shape"].([]any) {
		sides = append(sides, fmt.Sprint(n))
	}
	got, words, skipped := strings.Join(sides, "×"), doc["labels"].([]any), doc["skipped"].([]any)
	if doc["kind"] != kind || doc["count"] != float64(count) || shape != "" && got != shape || len(words) != labels {
		t.Errorf("%s: kind %v, count %v, shape %s, labels %v; want %s, %d, %s, %d labels", file, doc["kind"], doc["count"], got, words, kind, count, shape, labels)
	}
	if holes := strings.Contains(file, "hole") || strings.HasSuffix(file, "nested.zip") || strings.HasSuffix(file, "holiday.zip"); len(skipped) > 0 != holes {
		t.Errorf("%s: skipped %v", file, skipped)
	}
	if kind == "table" {
		columns, head := doc["columns"].([]any), doc["head"].([]any)
		if len(columns) != 8 || len(head) != 20 {
			t.Errorf("%s: %d columns and %d rows of head, want 8 and 20", file, len(columns), len(head))
		}
	}
}

// What a recipe's stride, cell and attribute do can be tried.
func TestDataOptions(t *testing.T) {
	const testdata = "../../datasets/testdata/"
	for _, tt := range []struct {
		args  []string
		count float64
		note  string
	}{
		{[]string{"frames/video.avi", "--stride", "3"}, 2, "one in 3"},
		{[]string{"frames/rgb.gif", "--stride", "2"}, 2, "one in 2"},
		{[]string{"frames/sprites_8x8.png", "--cell", "12"}, 4, "4 cells of 12×12"},
		{[]string{"labels/celeba", "--attribute", "Young"}, 6, "the column Young of list_attr_celeba.txt"},
	} {
		doc := decode(t, must(t, append([]string{"data", "--json", testdata + tt.args[0]}, tt.args[1:]...)...))
		if notes := fmt.Sprint(doc["notes"]); doc["count"] != tt.count || !strings.Contains(notes, tt.note) {
			t.Errorf("%v: %v items, %s; want %v and %q", tt.args, doc["count"], notes, tt.count, tt.note)
		}
	}
}

// A folder of all still pictures of a format tells as many as there are, and leaves none out.
func TestDataOfStills(t *testing.T) {
	for ending, count := range map[string]int{".png": 14, ".jpg": 10, ".gif": 6, ".webp": 5, ".bmp": 7, ".tif": 17, ".tiff": 1} { // one TIFF has two pages
		files, err := filepath.Glob("../../datasets/testdata/pictures/*" + ending)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		for i, file := range append(files, files[len(files)-1]) { // one of them twice, since one alone is too few
			data, err := os.ReadFile(file)
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, fmt.Sprint(i)+ending), data, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		doc := decode(t, must(t, "data", dir, "--json"))
		if skipped := doc["skipped"].([]any); doc["count"] != float64(count+1) || len(skipped) > 0 {
			t.Errorf("%s: %v pictures of %d files, skipped %v; want %d and none", ending, doc["count"], len(files)+1, skipped, count+1)
		}
	}
}

// Reading says how many files were found, and for how long it has looked, before it knows how many
// there are; then how many are done.
func TestReadingProgress(t *testing.T) {
	began := time.Now().Add(-90 * time.Second)
	p := &progress{what: "read pets", unit: "item", started: began, eta: eta.New(began, 0)}
	p.read(1200, 0)
	if got, want := p.text(), "1,200 files found, 1 min 30 s"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	p.read(300, 1200)
	if got, want := p.text(), "item 300 of 1,200 (25 %), "; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, " left") {
		t.Errorf("%q, want %q and the time left", got, want)
	}
}
