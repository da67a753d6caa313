package datasets

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is found is counted before it is known how much there is; then pictures are, and of a table lines.
func TestProgress(t *testing.T) {
	var told [][2]int
	tell := func(done, total int) { told = append(told, [2]int{done, total}) }
	files := make(map[string][]byte)
	for i := range 20 {
		files[fmt.Sprintf("%d/%d.png", i%4, i)] = red
	}
	for _, source := range []string{tree(t, files), zipped(t, files)} {
		told = nil
		_, err := Open(context.Background(), source, Options{}, tell)
		must(t, err)
		k := 0
		for ; k < len(told) && told[k][1] == 0; k++ {
			if k > 0 && told[k][0] <= told[k-1][0] {
				t.Errorf("%s: %v, want a count that grows", filepath.Base(source), told[:k+1])
			}
		}
		if k < 2 || told[k-1][0] != 20 || told[k] != [2]int{0, 20} || told[len(told)-1] != [2]int{20, 20} {
			t.Errorf("%s: %v, want 20 found, then 0 to 20 of 20", filepath.Base(source), told)
		}
	}
	lines := "x,y\n" + strings.Repeat("0.25,0.75\n0.5,1.5\n", 50_000)
	for name, data := range map[string][]byte{"a.csv": []byte(lines), "a.csv.gz": gzipped(lines)} {
		file := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(file, data, 0o644))
		told = nil
		_, err := Open(context.Background(), file, Options{}, tell)
		must(t, err)
		before := 0
		for _, n := range told {
			if n[0] < before || n[1] < n[0] {
				t.Fatalf("%s: %v after %d", name, n, before)
			}
			before = n[0]
		}
		if last := told[len(told)-1]; len(told) < 10 || last != [2]int{bytes.Count([]byte(lines), []byte("\n")), 100_001} {
			t.Errorf("%s: told %d times, at last %v; want 100,001 of 100,001", name, len(told), last)
		}
		if half := told[len(told)/2]; name == "a.csv" && (half[1] < 90_000 || half[1] > 110_000) {
			t.Errorf("%s: half way %v, want about 100,001 in all", name, half)
		}
	}
}
