package datasets

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// What is found is counted before it is known how much there is; then pictures are.
func TestProgress(t *testing.T) {
	var told [][2]int
	tell := func(done, total int) { told = append(told, [2]int{done, total}) }
	files := make(map[string][]byte)
	for i := range 20 {
		files[fmt.Sprintf("%d/%d.png", i%4, i)] = datatest.Red
	}
	for _, source := range []string{datatest.Tree(t, files), datatest.Zipped(t, files)} {
		told = nil
		_, err := Open(context.Background(), source, Options{}, tell)
		datatest.Must(t, err)
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
}
