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

func TestSizes(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int64
	}{{"0", 0}, {"17", 17}, {"500MB", 5e8}, {"1.5 gb", 15e8}, {"2kB", 2000}, {"3 TB", 3e12}, {"12B", 12}} {
		if got, err := parseSize(tt.text); err != nil || got != tt.want {
			t.Errorf("%q is %d (%v), want %d", tt.text, got, err, tt.want)
		}
	}
	for _, text := range []string{"", "x", "-1", "1ZB", "GB", "NaN", "1e300TB"} {
		if got, err := parseSize(text); err == nil {
			t.Errorf("%q is %d, want an error", text, got)
		}
	}
	for bytes, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_960: "1.0 MB", 21_474_836_480: "21.5 GB"} {
		if got := sizeText(bytes); got != want {
			t.Errorf("%d bytes are %q, want %q", bytes, got, want)
		}
	}
}

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
