package picture

import (
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// Wherever a picture's orientation stands, it is turned as Pillow turns it; so are the pages of
// a TIFF.
func TestTurnedAsPillow(t *testing.T) {
	tolerance := map[string]int{".jpg": 2}
	files, err := filepath.Glob(datatest.File("odd/*.rgba"))
	if err != nil || len(files) != 9 {
		t.Fatalf("%d golden files, want 9 (%v)", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".rgba")
		want := datatest.Read(t, "odd", filepath.Base(file))
		got, _ := framesOf(t, name, dataset.Options{})
		if len(got) != len(want) || datatest.Difference(got, want) > tolerance[filepath.Ext(name)] {
			t.Errorf("%s: %d bytes, want %d; differ by %d", name, len(got), len(want), datatest.Difference(got, want[:len(got)]))
		}
	}
}
