package thumbs

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/recipe"
)

// TestEveryPreset holds that each preset with a gallery has a small picture, and nothing else has one.
func TestEveryPreset(t *testing.T) {
	left := make(map[string]bool)
	list, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		info, err := fs.Stat(files, f.Name())
		if err != nil || info.Size() > 8<<10 {
			t.Errorf("%s: %v, %d bytes, want at most 8 KiB", f.Name(), err, info.Size())
		}
		left[strings.TrimSuffix(strings.TrimSuffix(f.Name(), ".jpg"), ".png")] = true
	}
	for _, p := range recipe.Presets() {
		_, err := os.Stat(filepath.Join("..", "..", "..", "docs", "presets", p.Name+".png"))
		if img := Of(p.Name); err == nil && img == nil || img != nil && img.Bounds().Dy() != 96 {
			t.Errorf("%s: no picture 96 pixels high: run make generate", p.Name)
		}
		delete(left, p.Name)
	}
	if len(left) > 0 {
		t.Errorf("pictures of no preset: %v", left)
	}
}
