package cli

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What was decoded once is kept, can be limited and removed, and changes nothing of what is said.
func TestDataCache(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	dir := t.TempDir()
	for i := range 2100 {
		img := image.NewGray(image.Rect(0, 0, 5, 5))
		img.Set(i%5, i/5%5, color.Gray{Y: uint8(i)})
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.png", i)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first := must(t, "data", dir, "--json")
	kept := decode(t, must(t, "data", "--cache", "--json"))
	if kept["sets"] != 1.0 || kept["bytes"].(float64) < 2100*25 || kept["limit"] != float64(20<<30) {
		t.Errorf("the cache holds %v", kept)
	}
	if again := must(t, "data", dir, "--json"); again != first {
		t.Errorf("from the cache:\n%s\nwant\n%s", again, first)
	}
	limited := decode(t, must(t, "data", "--cache-limit", "1kB", "--json"))
	if limited["sets"] != 0.0 || limited["limit"] != 1000.0 || limited["freed"] != kept["bytes"] {
		t.Errorf("after limiting it holds %v", limited)
	}
	must(t, "data", "--cache-limit", "1GB")
	must(t, "data", dir)
	if text := must(t, "data", "--clear-cache"); !strings.Contains(text, "freed") || !strings.Contains(text, "1.0 GB") {
		t.Errorf("clearing says %q", text)
	}
	for _, args := range [][]string{{"data"}, {"data", dir, "--clear-cache"}, {"data", "--cache-limit", "much"}} {
		if r := run(t, args...); r.status != exitUsage {
			t.Errorf("%v: status %d, want %d", args, r.status, exitUsage)
		}
	}
}
